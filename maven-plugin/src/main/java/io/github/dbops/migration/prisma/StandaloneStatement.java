package io.github.dbops.migration.prisma;

import io.github.dbops.postgres.SqlStatement;
import java.util.Set;

/** Statements that cannot run in a transaction. They wait for old snapshots as for locks, for as long as those last. */
final class StandaloneStatement {

    private static final Set<String> CREATED_OR_DROPPED = Set.of("database", "tablespace", "subscription");

    private StandaloneStatement() {}

    /** Whether PostgreSQL would refuse it in a transaction, as far as its words tell. */
    static boolean is(SqlStatement statement) {
        return switch (statement.words().isEmpty() ? "" : statement.words().get(0)) {
            case "vacuum" -> true;
            case "create", "drop" ->
                isConcurrent(statement)
                        || (statement.words().size() > 1
                                && CREATED_OR_DROPPED.contains(statement.words().get(1)));
            case "reindex" ->
                isConcurrent(statement)
                        || statement.words().contains("database")
                        || statement.words().contains("system")
                        || statement.words().contains("schema");
            case "alter" -> statement.beginsWith("alter", "system") || isConcurrent(statement);
            default -> false;
        };
    }

    /** Whether it is a {@code CONCURRENTLY}, which leaves an invalid index when it fails. */
    static boolean isConcurrent(SqlStatement statement) {
        return statement.words().contains("concurrently");
    }
}
