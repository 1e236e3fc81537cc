package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Problem;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.SyncOutcome.Result;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * PostgreSQL that says of itself that it is something else. How such a server behaves is not tried here, for none runs
 * here: only what dbops makes of one.
 */
@Timeout(120)
class SyncDistributedPgTest {

    private static final String YUGABYTEDB =
            "PostgreSQL 15.12-YB-2.25.2.0-b0 on x86_64-pc-linux-gnu, compiled by clang";

    private static final String PLAN = """
            { "defaults": { "mode": "upsert", "onConflict": "local_wins" },
              "tables": [{ "name": "Item", "key": ["code"] }] }
            """;

    private static SyncFixture fixture() {
        SyncFixture fixture = new SyncFixture(
                        TestServers.newest(),
                        TestServers.newest(),
                        "CREATE TABLE \"Item\" (code text PRIMARY KEY, title text, rank integer UNIQUE)",
                        "INSERT INTO \"Item\" SELECT 'item ' || i, 'Title ' || i, i FROM generate_series(1, 3000) AS i",
                        "ANALYZE")
                .plan(PLAN);
        fixture.source.execute("""
                UPDATE "Item" SET title = 'other' WHERE rank IN (7, 2900);
                INSERT INTO "Item" VALUES ('new', 'New', 4000)
                """);
        fixture.target.execute("DELETE FROM \"Item\" WHERE rank = 8; INSERT INTO \"Item\" VALUES ('old', 'Old', 5000)");
        return fixture;
    }

    /** Where a session begins, version() answers this. */
    private static void callItself(TestDatabase database, String version) {
        database.execute("""
                CREATE FUNCTION public.version() RETURNS text LANGUAGE sql AS $$ SELECT '%s' $$;
                ALTER DATABASE %s SET search_path = public, pg_catalog
                """.formatted(version, database.name()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                YUGABYTEDB + " | YugabyteDB",
                "CockroachDB CCL v26.2.5 (x86_64-pc-linux-gnu, built 2026/07/01 00:00:00, go1.25) | CockroachDB",
                "PostgreSQL 14.4 (Apache Cloudberry 2.0.0-incubating build 1) on aarch64 | Apache Cloudberry",
                "MyDB 3.1, compatible with PostgreSQL 16 | a server that is not PostgreSQL",
            })
    void applyToAServerThatIsNotPostgresqlIsRefusedAndADryRunSaysWhatItCannotPromise(String version, String product) {
        try (SyncFixture fixture = fixture()) {
            String digest = fixture.dryRun().digest().orElseThrow().toString();
            callItself(fixture.target, version);

            Problem problem = Refusals.ofApplyOnly(fixture, "DBOPS-217");

            assertThat(problem.what()).isEqualTo("The target " + shown(fixture) + " is " + product + ".");
            SyncOutcome dryRun = fixture.dryRun();
            assertThat(dryRun.result()).isEqualTo(Result.CHANGES_FOUND);
            assertThat(dryRun.totals().toInsert()).isEqualTo(2);
            assertThat(dryRun.totals().toUpdate()).isEqualTo(2);
            assertThat(dryRun.totals().onlyInTarget()).isEqualTo(1);
            assertThat(dryRun.digest().orElseThrow()).hasToString(digest);
            assertThat(dryRun.warnings()).singleElement().asString().contains(product, "An apply there is refused");
        }
    }

    private static String shown(SyncFixture fixture) {
        return fixture.target.url().display();
    }

    @Test
    void citusIsToldByItsCatalog() {
        try (SyncFixture fixture = fixture()) {
            fixture.target.execute(
                    "SET allow_system_table_mods = on; CREATE TABLE pg_catalog.pg_dist_partition (x int)");

            assertThat(Refusals.ofApplyOnly(fixture, "DBOPS-217").what()).endsWith(" is PostgreSQL with Citus.");
        }
    }

    @Test
    void auroraDsqlIsToldByItsCatalog() {
        try (SyncFixture fixture = fixture()) {
            fixture.target.execute("CREATE SCHEMA sys; CREATE VIEW sys.iam_pg_role_mappings AS SELECT 1 AS arn");

            assertThat(Refusals.ofApplyOnly(fixture, "DBOPS-217").what()).endsWith(" is Amazon Aurora DSQL.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PostgreSQL 16.8 on x86_64-pc-linux-gnu, compiled by clang, 64-bit",
                "PostgreSQL 18.6 (Debian 18.6-1.pgdg12+1) on x86_64-pc-linux-gnu, compiled by gcc, 64-bit",
                "PostgreSQL 16.2 (EnterpriseDB Advanced Server 16.2.0) on x86_64-pc-linux-gnu, 64-bit",
            })
    void applyToWhateverCallsItselfPostgresqlIsAllowed(String version) {
        try (SyncFixture fixture = fixture()) {
            callItself(fixture.target, version);

            SyncOutcome applied = fixture.withoutReview().apply();

            assertThat(applied.problems()).isEmpty();
            assertThat(applied.warnings()).isEmpty();
            assertThat(applied.result()).isEqualTo(Result.APPLIED);
        }
    }

    @Test
    void applyFromADistributedSourceIsAllowedWithAWarning() {
        try (SyncFixture fixture = fixture()) {
            callItself(fixture.source, YUGABYTEDB);

            SyncOutcome applied = fixture.withoutReview().apply();

            assertThat(applied.problems()).isEmpty();
            assertThat(applied.totals().appliedInserts()).isEqualTo(2);
            assertThat(applied.totals().appliedUpdates()).isEqualTo(2);
            assertThat(applied.warnings())
                    .singleElement()
                    .asString()
                    .contains("is YugabyteDB, on which dbops is not proven")
                    .doesNotContain("refused");
        }
    }

    @Test
    void severalTablesOfADistributedServerAreReadThroughOneSession() {
        try (SyncFixture large = Products.tables(TestServers.newest(), 2, 10_000)) {
            callItself(large.target, YUGABYTEDB);

            assertThat(large.jobs(2).dryRun().result()).isEqualTo(Result.NOTHING_TO_DO);
            assertThat(large.said("No further sessions to read through: ")).singleElement();
        }
    }

    @Test
    void roleThatMayNotShareASnapshotReadsThroughOneSession() {
        try (SyncFixture large = Products.tables(TestServers.newest(), 2, 10_000)) {
            String role = "unshared_in_" + large.target.name();
            large.target.execute("""
                    REVOKE EXECUTE ON FUNCTION pg_export_snapshot() FROM PUBLIC;
                    CREATE ROLE %1$s LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO %1$s
                    """.formatted(role));
            try {
                SyncOutcome outcome = large.to(large.target.server().url(large.target.name(), role, null))
                        .jobs(2)
                        .dryRun();

                assertThat(outcome.problems()).isEmpty();
                assertThat(outcome.result()).isEqualTo(Result.NOTHING_TO_DO);
                assertThat(large.said("No further sessions to read through: "))
                        .singleElement()
                        .asString()
                        .contains("shares no snapshot");
            } finally {
                large.target.execute("DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(role));
            }
        }
    }
}
