package io.github.dbops.migration.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.Resolution;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/** Correcting Flyway's history. */
@Timeout(120)
class FlywayResolvePgTest {

    private static final String ROWS =
            "SELECT installed_rank, version, description, type, script, success FROM flyway_schema_history ORDER BY 1";

    @PostgresTest
    void recordsSeveralAsAppliedOnADatabaseWithoutHistory(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.database.execute("CREATE TABLE item (id int)");
            shop.file("V1__shop.sql", "CREATE TABLE item (id int);")
                    .file("V2__price.sql", "SELECT 1;")
                    .file("V3__index.sql", "CREATE INDEX CONCURRENTLY i ON item (id);")
                    .file("R__my_view.sql", "CREATE VIEW v AS SELECT 1 AS ${flyway:user};");

            List<Resolution> resolutions =
                    shop.engine().resolve(Action.APPLIED, List.of("1", "2", "my view"), Execution.APPLY);

            assertThat(resolutions).extracting(r -> r.after().state()).containsOnly(MigrationState.APPLIED);
            assertThat(resolutions)
                    .extracting(r -> r.before().orElseThrow().state())
                    .containsOnly(MigrationState.PENDING);
            assertThat(shop.database.query(ROWS))
                    .containsExactly(
                            List.of("1", "1", "shop", "SQL", "V1__shop.sql", "t"),
                            List.of("2", "2", "price", "SQL", "V2__price.sql", "t"),
                            java.util.Arrays.asList("3", null, "my view", "SQL", "R__my_view.sql", "t"));
            shop.flyway().ignoreMigrationPatterns("*:pending").load().validate();
            assertThat(shop.deploy().steps()).extracting(s -> s.migration()).containsExactly("3");
            shop.flyway().load().validate();
        }
    }

    @PostgresTest
    void aDryRunShowsWhatWouldBeRecordedAndWritesNothing(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__shop.sql", "CREATE TABLE item (id int);");

            Resolution resolution = shop.engine()
                    .resolve(Action.APPLIED, List.of("1"), Execution.DRY_RUN)
                    .get(0);

            assertThat(resolution.after().state()).isEqualTo(MigrationState.APPLIED);
            assertThat(shop.states()).containsExactly("1 pending");
            assertThat(shop.database.query("SELECT relname FROM pg_class WHERE relname LIKE 'flyway%'"))
                    .isEmpty();
        }
    }

    @PostgresTest
    void aFailedMigrationIsRolledBackAndLeavesATrace(TestServer server) {
        try (Shop shop = failedShop(server)) {
            Resolution resolution = shop.engine()
                    .resolve(Action.ROLLED_BACK, List.of("2"), Execution.APPLY)
                    .get(0);

            assertThat(resolution.before().orElseThrow().state()).isEqualTo(MigrationState.FAILED);
            assertThat(resolution.after().state()).isEqualTo(MigrationState.ROLLED_BACK);
            assertThat(resolution.after().pending()).isTrue();
            assertThat(shop.states()).containsExactly("1 applied", "2 rolled-back");
            assertThat(shop.database.query("""
                            SELECT migration, action, started_by, git_commit, deleted_row ->> 'script', database_role = current_user
                            FROM dbops.migration_resolution
                            """))
                    .containsExactly(List.of("2", "rolled-back", "ada@laptop", "c0ffee", "V2__index.sql", "t"));

            // Again changes nothing.
            Resolution again = shop.engine()
                    .resolve(Action.ROLLED_BACK, List.of("2"), Execution.APPLY)
                    .get(0);
            assertThat(again.after().state()).isEqualTo(MigrationState.ROLLED_BACK);
            assertThat(shop.database.query("SELECT count(*) FROM dbops.migration_resolution"))
                    .containsExactly(List.of("1"));

            shop.database.execute("DROP INDEX i; DELETE FROM item");
            assertThat(shop.deploy().steps()).extracting(s -> s.migration()).containsExactly("2");
            assertThat(shop.states()).containsExactly("1 applied", "2 applied");
        }
    }

    @PostgresTest
    void aFailedMigrationIsCompletedByHand(TestServer server) {
        try (Shop shop = failedShop(server)) {
            Resolution resolution = shop.engine()
                    .resolve(Action.APPLIED, List.of("2"), Execution.APPLY)
                    .get(0);

            assertThat(resolution.after().state()).isEqualTo(MigrationState.APPLIED);
            assertThat(shop.database.query(ROWS))
                    .extracting(row -> row.get(1) + row.get(5))
                    .containsExactly("1t", "2t");
            assertThat(shop.database.query("SELECT action FROM dbops.migration_resolution"))
                    .containsExactly(List.of("applied"));
            shop.flyway().load().validate();
        }
    }

    @PostgresTest
    void aRolledBackMigrationCanStillBeRecordedAsApplied(TestServer server) {
        try (Shop shop = failedShop(server)) {
            shop.engine().resolve(Action.ROLLED_BACK, List.of("2"), Execution.APPLY);
            shop.engine().resolve(Action.APPLIED, List.of("2"), Execution.APPLY);

            assertThat(shop.states()).containsExactly("1 applied", "2 applied");
        }
    }

    @PostgresTest
    void refusesWithPrismasPreconditionsAllOrNone(TestServer server) {
        try (Shop shop = failedShop(server)) {
            shop.file("V3__c.sql", "SELECT 1;");

            assertThat(codes(shop, Action.APPLIED, "3", "1")).containsExactly(Code.ALREADY_APPLIED);
            assertThat(codes(shop, Action.APPLIED, "33")).containsExactly(Code.MIGRATION_UNKNOWN);
            assertThat(codes(shop, Action.ROLLED_BACK, "1")).containsExactly(Code.NOT_FAILED);
            assertThat(codes(shop, Action.ROLLED_BACK, "2", "3", "9"))
                    .containsExactly(Code.NEVER_APPLIED, Code.NEVER_APPLIED);

            assertThat(shop.states()).containsExactly("1 applied", "2 failed", "3 pending");
            assertThat(shop.database.query("SELECT to_regclass('dbops.migration_resolution') IS NULL"))
                    .containsExactly(List.of("t"));
        }
    }

    @PostgresTest
    void waitsForFlywaysOwnLock(TestServer server) throws Exception {
        try (Shop shop = failedShop(server);
                java.sql.Connection flyway = shop.database.connection();
                java.sql.Statement statement = flyway.createStatement()) {
            long key = 0x466C79776179L + "\"public\".\"flyway_schema_history\"".hashCode();
            statement.execute("SELECT pg_advisory_lock(" + key + ")");
            shop.settings = new io.github.dbops.migration.EngineSettings(
                    java.time.Duration.ofSeconds(5), 3, java.time.Duration.ofSeconds(1), 5);

            assertThat(codes(shop, Action.ROLLED_BACK, "2")).containsExactly(Code.LOCK_NOT_OBTAINED);
            assertThat(shop.states()).containsExactly("1 applied", "2 failed");
        }
    }

    @PostgresTest
    void theLockIsTheOneThatFlywayTakes(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file(
                    "V1__lock.sql",
                    "CREATE TABLE held AS SELECT classid::bigint << 32 | objid::bigint AS key FROM pg_locks"
                            + " WHERE locktype = 'advisory' AND pid = pg_backend_pid();");
            shop.deploy();

            long key = 0x466C79776179L + "\"public\".\"flyway_schema_history\"".hashCode();
            assertThat(shop.database.query("SELECT key FROM held")).containsExactly(List.of(Long.toString(key)));
        }
    }

    private static Shop failedShop(TestServer server) {
        Shop shop = new Shop(server);
        shop.file("V1__shop.sql", "CREATE TABLE item (id int);INSERT INTO item VALUES (1), (1);")
                .file("V2__index.sql", "CREATE UNIQUE INDEX CONCURRENTLY i ON item (id);");
        shop.deploy();
        return shop;
    }

    private static List<Code> codes(Shop shop, Action action, String... names) {
        List<Problem> problems = new ArrayList<>();
        assertThatThrownBy(() -> shop.engine().resolve(action, List.of(names), Execution.APPLY))
                .isInstanceOfSatisfying(ProblemException.class, e -> problems.addAll(e.problems()));
        return problems.stream().map(Problem::code).toList();
    }
}
