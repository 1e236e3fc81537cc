package io.github.dbops.migration.flyway;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.History;
import io.github.dbops.migration.MigrationEngine;
import io.github.dbops.migration.MigrationFiles;
import io.github.dbops.migration.Resolution;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import java.util.List;
import java.util.function.Consumer;

/**
 * Flyway's migrations, through Flyway's Java API; spec section 4. Always with Flyway's session-level lock: its default one
 * makes {@code CREATE INDEX CONCURRENTLY} wait for ever.
 */
public final class FlywayEngine implements MigrationEngine {

    private final MigrationFiles files;
    private final EngineTarget target;
    private final FlywaySettings asked;

    /**
     * An engine for one repository and one database.
     *
     * @param files the folder that is read where no location is set
     * @param target the database
     * @param settings what a Flyway user can set
     */
    public FlywayEngine(MigrationFiles files, EngineTarget target, FlywaySettings settings) {
        this.files = files;
        this.target = target;
        this.asked = settings;
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.dbops.problem.ProblemException (FLYWAY_REFUSED, SECRET_IN_PARAMETER, MIGRATIONS_REJECTED,
     *     MIGRATION_UNREADABLE)
     */
    @Override
    public History history() {
        return new HistoryReader(target, settings(), asked).history();
    }

    @Override
    public List<Problem> obstacles() {
        return new MigrateRun(target, settings(), asked).obstacles();
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.dbops.problem.ProblemException (as {@link #history}, LOCK_NOT_OBTAINED, HISTORY_HAS_FAILED,
     *     SCHEMA_NOT_EMPTY)
     */
    @Override
    public Deployment deploy(Consumer<History> review) {
        return new MigrateRun(target, settings(), asked).deploy(review);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.dbops.problem.ProblemException (as {@link #history}, LOCK_NOT_OBTAINED, MIGRATION_UNKNOWN,
     *     ALREADY_APPLIED, NEVER_APPLIED, NOT_FAILED, AUDIT_UNAVAILABLE)
     */
    @Override
    public List<Resolution> resolve(Resolution.Action action, List<String> names, Execution execution) {
        return new Resolver(target, settings(), asked).resolve(action, names, execution);
    }

    private EffectiveSettings settings() {
        return EffectiveSettings.read(asked, files, target.url().schema());
    }
}
