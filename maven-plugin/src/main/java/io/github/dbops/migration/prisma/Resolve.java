package io.github.dbops.migration.prisma;

import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.Resolution;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Corrects the rows of some migrations, all or none, with Prisma's preconditions. */
final class Resolve {

    private final PrismaFiles files;
    private final EngineTarget target;
    private final Action action;
    private final List<String> names;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Map<String, String> ids = new HashMap<>();
    private Optional<Situation> first = Optional.empty();

    Resolve(PrismaFiles files, EngineTarget target, Action action, List<String> names) {
        this.files = files;
        this.target = target;
        this.action = action;
        this.names = names;
        names.forEach(name -> ids.put(name, UUID.randomUUID().toString()));
    }

    /** What would become of them; reads only, and takes no lock. */
    List<Resolution> dryRun() {
        checkProvider();
        try (Session session = target.connector().open(target.url())) {
            session.begin(Session.Transaction.READ_ONLY);
            Situation before = Situation.read(files.all(), session, target.url());
            check(before);
            session.rollback();
            return resolutions(before, before.with(rowsAfter(before)));
        }
    }

    /** Records it under the lock. */
    List<Resolution> apply() {
        checkProvider();
        try (LockedSession database = new LockedSession(target)) {
            for (int attempt = 1; ; attempt++) {
                try {
                    database.open();
                    return apply(database.session());
                } catch (SqlFailure failure) {
                    if (!failure.state().isConnectionFailure()
                            || attempt >= target.settings().connectAttempts()) {
                        throw failure;
                    }
                    target.progress().say("The connection was lost: " + failure.said() + ". Connecting anew.");
                }
            }
        }
    }

    private List<Resolution> apply(Session session) {
        Situation found = Situation.read(files.all(), session, target.url());
        if (first.isPresent() && isDoneAlready(found)) {
            return resolutions(first.get(), found);
        }
        check(found);
        first = first.or(() -> Optional.of(found));
        session.execute("BEGIN; SET LOCAL "
                + SessionState.waitForLocks(target.settings().lockTimeout()));
        try {
            write(session, found);
            Situation after = Situation.read(found.files(), session, target.url());
            session.commit();
            return resolutions(first.orElse(found), after);
        } catch (SqlFailure failure) {
            session.rollback();
            throw failure;
        }
    }

    /** The connection was lost at the commit, and the commit was not. */
    private boolean isDoneAlready(Situation found) {
        return action == Action.APPLIED
                && found.rows().stream().map(PrismaRow::id).anyMatch(ids::containsValue);
    }

    private void write(Session session, Situation found) {
        HistoryTable table = found.table()
                .orElseGet(() -> HistoryTable.create(
                        session,
                        found.schema()
                                .orElseThrow(() -> Obstacles.noSchema(session).exception())));
        for (String name : new LinkedHashSet<>(names)) {
            table.rollBack(session, name, now);
            if (action == Action.APPLIED) {
                table.insertApplied(session, appliedRow(found, name));
            }
        }
    }

    private List<PrismaRow> rowsAfter(Situation before) {
        List<PrismaRow> after = new ArrayList<>(before.rows().stream()
                .map(row -> row.isFailed() && names.contains(row.name()) ? row.rolledBack(now) : row)
                .toList());
        if (action == Action.APPLIED) {
            new LinkedHashSet<>(names).forEach(name -> after.add(appliedRow(before, name)));
        }
        return after;
    }

    private PrismaRow appliedRow(Situation situation, String name) {
        String checksum = situation
                .file(name)
                .flatMap(PrismaFile::script)
                .map(MigrationScript::checksum)
                .orElseThrow();
        return new PrismaRow(
                ids.getOrDefault(name, ""),
                checksum,
                Optional.of(now),
                name,
                Optional.of(""),
                Optional.empty(),
                now,
                0);
    }

    private void checkProvider() {
        // As Prisma: what was rolled back is the database's affair alone.
        if (action == Action.APPLIED) {
            files.mustBeForPostgres();
        }
    }

    private void check(Situation situation) {
        ResolveProblems problems = new ResolveProblems(situation);
        List<Problem> found = problems.of(action, new LinkedHashSet<>(names));
        if (!found.isEmpty()) {
            throw new ProblemException(found, null).withState("Nothing was changed.");
        }
    }

    private List<Resolution> resolutions(Situation before, Situation after) {
        Verdicts old = new Verdicts(before, Optional.empty());
        Verdicts fresh = new Verdicts(after, Optional.empty());
        return names.stream()
                .map(name -> new Resolution(name, action, known(before, name, old), fresh.migration(name)))
                .toList();
    }

    private static Optional<Migration> known(Situation before, String name, Verdicts verdicts) {
        return before.file(name).isPresent() || !before.rows(name).isEmpty()
                ? Optional.of(verdicts.migration(name))
                : Optional.empty();
    }
}
