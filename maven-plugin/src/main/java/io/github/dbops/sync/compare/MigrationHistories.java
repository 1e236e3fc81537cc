package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether both sides stand at the same migrations, as far as their histories can be read. */
final class MigrationHistories {

    private record History(String table, String applied) {}

    private static final List<History> HISTORIES =
            List.of(new History("_prisma_migrations", """
                    SELECT migration_name FROM "_prisma_migrations"
                    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
                    """), new History("flyway_schema_history", """
                    SELECT coalesce(version, description) FROM "flyway_schema_history" WHERE success
                    """));

    private MigrationHistories() {}

    /** A warning where the two sides' applied migrations differ. */
    static Optional<String> difference(Session source, Session target) {
        for (History history : HISTORIES) {
            if (isReadable(source, history) && isReadable(target, history)) {
                Set<String> here = new TreeSet<>(source.query(history.applied(), row -> row.getString(1)));
                Set<String> there = new TreeSet<>(target.query(history.applied(), row -> row.getString(1)));
                if (!here.equals(there)) {
                    return Optional.of("The two sides stand at different migrations (" + history.table() + "): "
                            + only("the source", here, there) + only("the target", there, here)
                            + "bring both to the same schema before you sync.");
                }
            }
        }
        return Optional.empty();
    }

    private static String only(String side, Set<String> here, Set<String> there) {
        Set<String> rest = new TreeSet<>(here);
        rest.removeAll(there);
        return rest.isEmpty()
                ? ""
                : "only " + side + " has "
                        + String.join(", ", rest.stream().limit(5).toList())
                        + (rest.size() > 5 ? " and " + (rest.size() - 5) + " more" : "") + "; ";
    }

    private static boolean isReadable(Session session, History history) {
        return session.one("""
                SELECT coalesce(has_table_privilege(to_regclass(?), 'SELECT'), false)
                """, row -> row.getBoolean(1), history.table());
    }
}
