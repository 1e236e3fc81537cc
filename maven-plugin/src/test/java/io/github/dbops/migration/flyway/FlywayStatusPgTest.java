package io.github.dbops.migration.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.DeployDigest;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestServer;
import java.time.Duration;
import java.time.Instant;

/** Every state that Flyway has a name for, produced on a real server, as the status shows it. */
class FlywayStatusPgTest {

    @PostgresTest
    void pendingAppliedAndAboveTheTarget(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__a.sql", "SELECT 1;");
            shop.deploy();
            shop.file("V2__b.sql", "SELECT 1;").file("V3__c.sql", "SELECT 1;");
            shop.properties.put("flyway.target", "2");

            assertThat(shop.states()).containsExactly("1 applied", "2 pending", "3 above-target");
            assertThat(shop.engine().history().pending())
                    .extracting(Migration::name)
                    .containsExactly("2");
        }
    }

    @PostgresTest
    void anAppliedMigrationTellsWhoWhenAndHowLong(TestServer server) {
        try (Shop shop = new Shop(server)) {
            Instant before = Instant.now().minusSeconds(5);
            shop.file("V1_1__first_item.sql", "SELECT pg_sleep(0.05);");
            shop.deploy();

            Migration migration = shop.migration("1.1");

            assertThat(migration.title()).contains("first item");
            assertThat(migration.type()).isEqualTo("sql");
            assertThat(migration.file()).contains("db/migration/V1_1__first_item.sql");
            assertThat(migration.by())
                    .isEqualTo(java.util.Optional.ofNullable(shop.database.url().user()));
            assertThat(migration.at().orElseThrow())
                    .isBetween(before, Instant.now().plusSeconds(5));
            assertThat(migration.took().orElseThrow()).isGreaterThan(Duration.ofMillis(40));
            assertThat(migration.recordedChecksum().orElseThrow())
                    .isEqualTo(migration.rows().get(0).values().get("checksum"));
            assertThat(migration.fileChecksum().orElseThrow())
                    .startsWith(migration.recordedChecksum().orElseThrow() + " sha256:");
            assertThat(migration.rows()).hasSize(1);
            assertThat(migration.rows().get(0).values().keySet())
                    .containsExactly(
                            "installed_rank",
                            "version",
                            "description",
                            "type",
                            "script",
                            "checksum",
                            "installed_by",
                            "installed_on",
                            "execution_time",
                            "success");
            assertThat(shop.engine().history().table()).contains("public.flyway_schema_history");
        }
    }

    @PostgresTest
    void baselineAndWhatIsBelowIt(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.database.execute("CREATE TABLE item (id int)");
            shop.file("V1__a.sql", "SELECT 1;").file("V2__b.sql", "SELECT 1;").file("V3__c.sql", "SELECT 1;");
            shop.flyway().baselineVersion("2").load().baseline();

            assertThat(shop.states())
                    .containsExactly("1 below-baseline", "2 below-baseline", "2 baseline", "3 pending");
            assertThat(shop.migration("2").notes()).containsExactly("A baseline of its version stands for it.");
        }
    }

    @PostgresTest
    void modifiedMissingFutureAndIgnored(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__a.sql", "SELECT 1;")
                    .file("V2__b.sql", "SELECT 1;")
                    .file("V4__d.sql", "SELECT 1;")
                    .file("V5__e.sql", "SELECT 1;");
            shop.deploy();
            shop.file("V1__a.sql", "SELECT 2;")
                    .delete("V2__b.sql")
                    .delete("V5__e.sql")
                    .file("V3__c.sql", "SELECT 1;");

            assertThat(shop.states())
                    .containsExactlyInAnyOrder("1 modified", "2 missing", "3 ignored", "4 applied", "5 future");
        }
    }

    @PostgresTest
    void outOfOrderAndModifiedSince(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V2__b.sql", "SELECT 1;");
            shop.deploy();
            shop.properties.put("flyway.outOfOrder", "true");
            shop.file("V1__a.sql", "SELECT 1;");
            shop.deploy();

            assertThat(shop.migration("1").state()).isEqualTo(MigrationState.OUT_OF_ORDER);

            shop.file("V1__a.sql", "SELECT 2;");
            assertThat(shop.migration("1").state()).isEqualTo(MigrationState.MODIFIED);
            assertThat(shop.migration("1").notes()).containsExactly("It was applied out of order.");
        }
    }

    @PostgresTest
    void failedMissingAndFutureFailed(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__a.sql", "CREATE TABLE item (id int);INSERT INTO item VALUES (1), (1);")
                    .file("V2__b.sql", "CREATE UNIQUE INDEX CONCURRENTLY b ON item (id);");
            shop.deploy();
            assertThat(shop.states()).containsExactly("1 applied", "2 failed");

            shop.delete("V2__b.sql");
            assertThat(shop.states()).containsExactly("1 applied", "2 failed");
            assertThat(shop.migration("2").notes()).containsExactly("It is newer than anything on disk.");

            shop.file("V3__c.sql", "SELECT 1;");
            assertThat(shop.migration("2").state()).isEqualTo(MigrationState.FAILED);
            assertThat(shop.migration("2").notes()).containsExactly("It is missing from disk.");
        }
    }

    @PostgresTest
    void outdatedAndSupersededRepeatables(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("R__my_view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS a;");
            shop.deploy();
            shop.file("R__my_view.sql", "CREATE OR REPLACE VIEW v AS SELECT 2 AS a;");
            assertThat(shop.states()).containsExactly("my view outdated", "my view pending");

            shop.deploy();
            assertThat(shop.states()).containsExactly("my view superseded", "my view applied");
        }
    }

    @PostgresTest
    void deletedByARepair(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__a.sql", "SELECT 1;").file("V2__b.sql", "SELECT 1;").file("V3__c.sql", "SELECT 1;");
            shop.deploy();
            shop.delete("V2__b.sql");
            shop.flyway().load().repair();
            assertThat(shop.states()).contains("2 deleted");
        }
    }

    @PostgresTest
    void baselineScripts(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__a.sql", "SELECT 1;").file("B2__b.sql", "SELECT 1;").file("V3__c.sql", "SELECT 1;");
            assertThat(shop.states()).containsExactly("1 below-baseline", "2 pending", "3 pending");

            shop.deploy();
            assertThat(shop.states()).containsExactly("1 below-baseline", "2 baseline", "3 applied");
        }
    }

    @PostgresTest
    void theDigestFollowsEachByteAndEachDecisiveSetting(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__a.sql", "SELECT 1;\n");
            String digest = digest(shop);
            assertThat(digest(shop)).isEqualTo(digest);

            // Flyway's checksum leaves line ends out.
            shop.file("V1__a.sql", "SELECT 1;\r\n");
            String otherBytes = digest(shop);
            shop.file("V1__a.sql.conf", "executeInTransaction=false");
            String otherManner = digest(shop);
            shop.properties.put("flyway.placeholders.who", "hunter2");
            String otherValue = digest(shop);
            shop.file("beforeMigrate.sql", "SELECT 1;");
            String otherCallback = digest(shop);

            assertThat(java.util.Set.of(digest, otherBytes, otherManner, otherValue, otherCallback))
                    .hasSize(5);
            assertThat(shop.engine().history().settings())
                    .noneMatch(line -> line.contains("hunter2") || line.contains(shop.folder.toString()));
        }
    }

    private static String digest(Shop shop) {
        return DeployDigest.of(shop.engine().history()).hex();
    }
}
