package io.github.dbops.command.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.command.migrate.StatusRequest.FailOn;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationOutcome.Result;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Four migrations that count how often they ran: each writes rows into one table. One runs in a transaction, one must not
 * (CONCURRENTLY), one is sent statement by statement, and a last one comes after them.
 */
final class Ledger {

    /** What all four leave. */
    static final List<String> EVERYTHING = List.of("atomic", "first", "index", "last", "second");

    private static final Map<String, List<String>> EFFECTS = Map.of(
            "1", List.of("atomic"), "2", List.of("index"), "3", List.of("first", "second"), "4", List.of("last"));

    private static final String ATOMIC = "CREATE TABLE ledger (entry text);\nINSERT INTO ledger VALUES ('atomic');\n";
    private static final String INDEX = "CREATE INDEX CONCURRENTLY ledger_entry ON ledger (entry);\n";
    private static final String STATEMENTS =
            "INSERT INTO ledger VALUES ('first');\nINSERT INTO ledger VALUES ('second');\n";
    private static final String LAST = "INSERT INTO ledger VALUES ('last');\n";

    private Ledger() {}

    static MigrateFixture prisma(TestServer server) {
        return new MigrateFixture(server)
                .prisma("1", ATOMIC)
                .prisma("2", INDEX)
                .prisma("3", "-- dbops:execution statement\n" + STATEMENTS)
                .prisma("4", LAST);
    }

    static MigrateFixture flyway(TestServer server) {
        return new MigrateFixture(server)
                .flyway("V1__atomic.sql", ATOMIC)
                .flyway("V2__index.sql", INDEX)
                .flyway("V3__statements.sql", STATEMENTS)
                .flyway("V3__statements.sql.conf", "executeInTransaction=false\n")
                .flyway("V4__last.sql", LAST);
    }

    /** What is there, an entry as often as it was written; {@code index} where the index is and is valid. */
    static List<String> entries(MigrateFixture shop) {
        List<String> entries = new ArrayList<>();
        if (shop.database
                .query("SELECT to_regclass('ledger') IS NULL")
                .get(0)
                .get(0)
                .equals("f")) {
            shop.database.query("SELECT entry FROM ledger").forEach(row -> entries.add(row.get(0)));
        }
        shop.database
                .query("SELECT 'index' FROM pg_index WHERE indexrelid = to_regclass('ledger_entry') AND indisvalid")
                .forEach(row -> entries.add(row.get(0)));
        return entries.stream().sorted().toList();
    }

    /** The whole is deployed, everything is there once, and a stranger's eye finds nothing amiss. */
    static void assertDeployed(MigrateFixture shop) {
        assertThat(entries(shop)).isEqualTo(EVERYTHING);
        MigrationOutcome status = shop.status(FailOn.values());
        assertThat(status.problems()).isEmpty();
        assertThat(MigrateFixture.states(status)).containsExactly("1 applied", "2 applied", "3 applied", "4 applied");
        assertThat(history(shop)).containsExactly("1", "2", "3", "4");
    }

    /** The names in the history in its order; a row that says anything but "well done" has more words. */
    static List<String> history(MigrateFixture shop) {
        boolean prisma = shop.database
                .query("SELECT to_regclass('_prisma_migrations') IS NOT NULL")
                .get(0)
                .get(0)
                .equals("t");
        return shop.database.query(prisma ? """
                                SELECT migration_name FROM _prisma_migrations
                                WHERE rolled_back_at IS NULL ORDER BY started_at, finished_at
                                """ : """
                                SELECT version || CASE WHEN success THEN '' ELSE ' failed' END
                                FROM flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank
                                """).stream()
                .map(row -> row.get(0))
                .toList();
    }

    /** A status says of each migration what is so: applied and all of it there, pending and nothing of it. */
    static void assertTrue(MigrateFixture shop, MigrationOutcome status) {
        List<String> there = entries(shop);
        assertThat(there).doesNotHaveDuplicates();
        for (String line : MigrateFixture.states(status)) {
            List<String> effects = EFFECTS.getOrDefault(line.substring(0, 1), List.of());
            switch (line.substring(2)) {
                case "applied" -> assertThat(there).as(line).containsAll(effects);
                case "pending" -> assertThat(there).as(line).doesNotContainAnyElementsOf(effects);
                default -> assertThat(line).endsWith(" failed");
            }
        }
    }

    /** Does what a status asks for, and deploys the rest. */
    static void leadOut(MigrateFixture shop, MigrationOutcome status, Action action) {
        List<String> failed = status.latest().orElseThrow().in(MigrationState.FAILED).stream()
                .map(Migration::name)
                .toList();
        assertThat(failed).hasSizeLessThan(2);
        if (failed.isEmpty()) {
            assertThat(shop.deploy().problems()).isEmpty();
        } else {
            resolve(shop, failed.get(0), action);
        }
    }

    /**
     * A deploy ended at a migration of which nobody knows what became. Does by hand what its problem asks for, resolves
     * it and deploys the rest.
     */
    static void resolve(MigrateFixture shop, String migration, Action action) {
        assertThat(MigrateFixture.states(shop.status(FailOn.values())))
                .contains(migration + " " + MigrationState.FAILED.word());
        assertThat(MigrateFixture.codes(shop.deploy())).containsExactly("DBOPS-305");
        List<String> there = entries(shop);
        List<String> effects = EFFECTS.getOrDefault(migration, List.of());
        shop.database.execute("CREATE TABLE IF NOT EXISTS ledger (entry text)");
        if (action == Action.ROLLED_BACK && migration.equals("1")) {
            shop.database.execute("DROP TABLE ledger");
        } else if (action == Action.ROLLED_BACK) {
            if (effects.contains("index")) {
                shop.database.execute("DROP INDEX IF EXISTS ledger_entry");
            }
            effects.forEach(effect -> shop.database.execute("DELETE FROM ledger WHERE entry = '" + effect + "'"));
        } else {
            for (String effect : effects) {
                if (!there.contains(effect)) {
                    shop.database.execute(
                            effect.equals("index")
                                    ? "DROP INDEX IF EXISTS ledger_entry; CREATE INDEX ledger_entry ON ledger (entry)"
                                    : "INSERT INTO ledger VALUES ('" + effect + "')");
                }
            }
        }
        MigrationOutcome resolved = shop.resolve(action, migration);
        assertThat(resolved.problems()).isEmpty();
        MigrationOutcome deployed = shop.deploy();
        assertThat(deployed.problems()).isEmpty();
        assertThat(deployed.result()).isIn(Result.DEPLOYED, Result.UP_TO_DATE);
    }
}
