package io.github.dbops.migration.flyway;

import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.MigrationFailure.Left;
import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;

/**
 * A failed migration as its reader needs it.
 *
 * @param project files are shown from here
 * @param database for people
 */
record FailureReport(Path project, String database) {

    /**
     * A migration that the database or its own code refused.
     *
     * @param running the migration
     * @param thrown what Flyway threw
     * @param invalidIndexes that appeared meanwhile
     */
    MigrationFailure failed(Running running, RuntimeException thrown, List<String> invalidIndexes) {
        Optional<FlywaySqlScriptException> script = cause(thrown, FlywaySqlScriptException.class);
        Optional<SqlFailure> answer = FlywayRefusal.sql(thrown, database);
        Optional<String> place = script.filter(failed -> failed.getResource() != null)
                .map(failed -> shown(failed.getResource().getAbsolutePathOnDisk())
                        + (failed.getLineNumber() > 0 ? ":" + failed.getLineNumber() : ""));
        String message = answer.map(SqlFailure::said).orElseGet(() -> FlywayRefusal.words(root(thrown)));
        Left left = left(running, invalidIndexes);
        Problem problem = new Problem(
                Code.MIGRATION_FAILED,
                "Migration " + running.name() + " failed.",
                place.orElse(running.info().getScript()),
                message
                        + answer.map(a -> " (SQLSTATE " + a.state() + ")").orElse("")
                        + answer.flatMap(SqlFailure::hint)
                                .map(h -> ". Hint: " + h)
                                .orElse(""),
                state(running, left, invalidIndexes),
                next(running, place, invalidIndexes));
        return new MigrationFailure(
                running.name(),
                place,
                script.map(FlywaySqlScriptException::getStatement).map(FailureReport::beginning),
                answer.map(a -> a.state().code()),
                message,
                answer.flatMap(SqlFailure::detail),
                answer.flatMap(SqlFailure::hint),
                left,
                problem);
    }

    /**
     * A callback that failed before the first migration or after the last one.
     *
     * @return empty where no script is to blame
     */
    Optional<MigrationFailure> callback(RuntimeException thrown) {
        return cause(thrown, FlywaySqlScriptException.class)
                .filter(failed -> failed.getResource() != null)
                .flatMap(failed -> FlywayRefusal.sql(thrown, database).map(answer -> callback(failed, answer)));
    }

    private MigrationFailure callback(FlywaySqlScriptException failed, SqlFailure answer) {
        String place = shown(failed.getResource().getAbsolutePathOnDisk()) + ":" + failed.getLineNumber();
        Problem problem = new Problem(
                Code.MIGRATION_FAILED,
                "The callback " + failed.getResource().getFilename() + " failed.",
                place,
                answer.said() + " (SQLSTATE " + answer.state() + ")",
                "The migrations that were run before it stay.",
                List.of("Mend the callback, then deploy again: mvn dbops:migrate-deploy"));
        return new MigrationFailure(
                failed.getResource().getFilename(),
                Optional.of(place),
                Optional.of(beginning(failed.getStatement())),
                Optional.of(answer.state().code()),
                answer.said(),
                answer.detail(),
                answer.hint(),
                Left.UNKNOWN,
                problem);
    }

    /** A migration of which nobody knows how far it came, because the connection was lost. */
    MigrationFailure unknown(Running running, SqlFailure lost) {
        String file = FileChecksum.script(running.info().getPhysicalLocation())
                .map(path -> shown(path.toString()))
                .orElse(running.info().getScript());
        Problem problem = new Problem(
                Code.MIGRATION_OUTCOME_UNKNOWN,
                "The connection was lost while migration " + running.name() + " ran"
                        + (running.atomic() ? "." : ", and it did not run in a transaction."),
                file,
                lost.said() + " (SQLSTATE " + lost.state() + ")",
                running.atomic()
                        ? "It ran in one transaction: either all of it is in the database and in the history, or nothing."
                        : "It may be in the database as a whole, in part, or still at work. The history has it as failed,"
                                + " so that nothing runs it a second time.",
                running.atomic()
                        ? List.of("See which: mvn dbops:migrate-status", "Then deploy again: mvn dbops:migrate-deploy")
                        : DeployRefusals.waysOut(running.name()));
        return new MigrationFailure(
                running.name(),
                Optional.of(file),
                Optional.empty(),
                Optional.of(lost.state().code()),
                lost.said(),
                Optional.empty(),
                Optional.empty(),
                Left.UNKNOWN,
                problem);
    }

    /**
     * A migration of which nobody can be asked: the server cannot be reached any more.
     *
     * @param why the last try's failure
     */
    MigrationFailure lost(Running running, SqlFailure answer, String why) {
        Problem problem = new Problem(
                Code.MIGRATION_OUTCOME_UNKNOWN,
                "The connection was lost while migration " + running.name() + " ran, and could not be had again.",
                running.info().getScript(),
                why,
                running.atomic()
                        ? "It is in the database as a whole, with its row in the history, or not at all."
                        : "It may be in the database as a whole or in part. The history has it as failed, so that nothing"
                                + " runs it a second time.",
                List.of("When the server is there again, see what it has: mvn dbops:migrate-status"));
        return new MigrationFailure(
                running.name(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(answer.state().code()),
                answer.said(),
                Optional.empty(),
                Optional.empty(),
                Left.UNKNOWN,
                problem);
    }

    private static Left left(Running running, List<String> invalidIndexes) {
        if (running.atomic()) {
            return Left.NOTHING;
        }
        if (running.isUncounted() || running.info().getType() == CoreMigrationType.JDBC) {
            return Left.UNKNOWN;
        }
        return running.statements() > 0 || !invalidIndexes.isEmpty() ? Left.A_PART : Left.NOTHING;
    }

    private static String state(Running running, Left left, List<String> invalidIndexes) {
        if (running.atomic()) {
            return "It was rolled back: nothing of it is in the database, and it is still pending. What ran before it stays.";
        }
        String of = switch (left) {
            case NOTHING -> "Nothing of it is in the database";
            case A_PART ->
                invalidIndexes.isEmpty()
                        ? running.statements() + " of its statements are committed"
                        : running.statements() + " of its statements are committed, and it left "
                                + String.join(", ", invalidIndexes) + ", invalid";
            case UNKNOWN -> "It is not known what of it is in the database";
        };
        return of + "; it did not run in one transaction. The history has it as failed.";
    }

    private static List<String> next(Running running, Optional<String> place, List<String> invalidIndexes) {
        if (running.atomic()) {
            return List.of("Mend "
                    + place.map(p -> p.replaceAll(":\\d+$", ""))
                            .orElse(running.info().getScript()) + ", then deploy again: mvn dbops:migrate-deploy");
        }
        List<String> next = new ArrayList<>();
        invalidIndexes.forEach(index -> next.add("Drop what cannot be used: DROP INDEX CONCURRENTLY " + index + ";"));
        next.addAll(DeployRefusals.waysOut(running.name()));
        return next;
    }

    /** Indexes that a failed CONCURRENTLY left; quoted, with their schemas. The session is in no transaction. */
    static List<String> invalidIndexes(Session session) {
        return session.query("""
                SELECT n.nspname, c.relname
                FROM pg_index i
                JOIN pg_class c ON c.oid = i.indexrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE NOT i.indisvalid AND c.relkind = 'i'
                ORDER BY 1, 2
                """, row -> Identifier.quote(row.getString(1)) + "." + Identifier.quote(row.getString(2)));
    }

    static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    // Flyway wraps what a Java migration threw.
    private static Throwable root(Throwable thrown) {
        Throwable root =
                thrown instanceof FlywayMigrateException && thrown.getCause() != null ? thrown.getCause() : thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static String beginning(String statement) {
        String line = statement.replaceAll("^(\\s*--.*\\R)+", "").strip().replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 199) + "…";
    }

    private String shown(String file) {
        Path root = project.toAbsolutePath().normalize();
        Path place = Path.of(file).toAbsolutePath().normalize();
        return (place.startsWith(root) ? root.relativize(place) : place)
                .toString()
                .replace('\\', '/');
    }
}
