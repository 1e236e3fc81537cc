package io.github.dbops.migration.prisma;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.History;
import io.github.dbops.migration.MigrationEngine;
import io.github.dbops.migration.MigrationFiles;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.migration.Resolution;
import io.github.dbops.postgres.AdvisoryLock;
import io.github.dbops.postgres.Session;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Prisma Migrate's {@code status}, {@code deploy} and {@code resolve} without Node: the same folder, the same table, the
 * same lock, so that both tools can be used on one database in turn. Spec section 4.
 */
public final class PrismaEngine implements MigrationEngine {

    private final PrismaFiles files;
    private final EngineTarget target;
    private final PrismaExecution execution;

    /**
     * An engine.
     *
     * @param files where the migrations are
     * @param target the database
     * @param execution how scripts are sent where they do not say it themselves
     */
    public PrismaEngine(MigrationFiles files, EngineTarget target, PrismaExecution execution) {
        this.files = new PrismaFiles(files);
        this.target = target;
        this.execution = execution;
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.dbops.problem.ProblemException PROVIDER_MISMATCH, MIGRATION_UNREADABLE, HISTORY_MALFORMED
     */
    @Override
    public History history() {
        files.mustBeForPostgres();
        List<PrismaFile> all = files.all();
        try (Session session = target.connector().open(target.url())) {
            session.begin(Session.Transaction.READ_ONLY);
            Situation situation = Situation.read(all, session, target.url());
            Optional<String> holder =
                    situation.failed().isEmpty() ? Optional.empty() : AdvisoryLock.PRISMA.holder(session);
            List<String> warnings = warnings(situation);
            session.rollback();
            return new Verdicts(situation, holder).history(execution, warnings);
        }
    }

    private static List<String> warnings(Situation situation) {
        PendingOrder order = new PendingOrder(situation.pending());
        List<String> warnings = new ArrayList<>();
        order.warning().ifPresent(warnings::add);
        order.unclear().ifPresent(problem -> warnings.add(problem.what() + " " + problem.why()));
        return warnings;
    }

    @Override
    public List<Problem> obstacles() {
        try {
            files.mustBeForPostgres();
        } catch (ProblemException mismatch) {
            return mismatch.problems();
        }
        List<PrismaFile> all = files.all();
        try (Session session = target.connector().open(target.url())) {
            session.begin(Session.Transaction.READ_ONLY);
            Situation situation = Situation.read(all, session, target.url());
            boolean atWork = AdvisoryLock.PRISMA.holder(session).isPresent();
            List<PrismaRow> failed = situation.failed().stream()
                    .filter(row -> !atWork || row.logs().isPresent())
                    .toList();
            return new Obstacles(situation, session).all(failed);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @param review may be asked again where the connection is lost before anything is written
     * @throws io.github.dbops.problem.ProblemException PROVIDER_MISMATCH, MIGRATION_UNREADABLE, HISTORY_MALFORMED,
     *     SCHEMA_NOT_EMPTY, HISTORY_HAS_FAILED, MIGRATION_ORDER_UNCLEAR, LOCK_NOT_OBTAINED, TARGET_IS_STANDBY,
     *     POOLER_IN_THE_WAY
     */
    @Override
    public Deployment deploy(Consumer<History> review) {
        return new Deploy(files, target, execution, review).run();
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.dbops.problem.ProblemException PROVIDER_MISMATCH, MIGRATION_UNKNOWN, ALREADY_APPLIED,
     *     HISTORY_ABSENT, NEVER_APPLIED, NOT_FAILED, LOCK_NOT_OBTAINED, TARGET_IS_STANDBY, POOLER_IN_THE_WAY
     */
    @Override
    public List<Resolution> resolve(Resolution.Action action, List<String> names, Execution execution) {
        Resolve resolve = new Resolve(files, target, action, names);
        return execution == Execution.DRY_RUN ? resolve.dryRun() : resolve.apply();
    }
}
