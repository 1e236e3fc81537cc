package io.github.dbops.command.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.command.migrate.StatusRequest.FailOn;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.MigrationFailure.Left;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationOutcome.Result;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Scripts that do what a migration should not. None may hang, spoil the history in silence, keep those after it from being
 * right, or pass for done when it is not.
 */
@Timeout(60)
class HostileScriptPgTest {

    private static final EngineSettings SETTINGS =
            new EngineSettings(Duration.ofMillis(300), 2, Duration.ofSeconds(5), 3);

    private MigrateFixture shop;

    /** Whose scripts. */
    enum Engine {
        PRISMA,
        PRISMA_STATEMENTS,
        FLYWAY,
        FLYWAY_STATEMENTS
    }

    @BeforeEach
    void situation() {
        shop = new MigrateFixture(TestServers.newest(), "CREATE SCHEMA other; CREATE TABLE public.ledger (entry text)")
                .settings(SETTINGS)
                .flywayProperty("flyway.baselineOnMigrate", "true")
                .flywayProperty("flyway.baselineVersion", "0");
        shop.database.execute("CREATE TABLE other.t (i int)");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void script(Engine engine, int number, String sql) {
        switch (engine) {
            case PRISMA -> shop.prisma(Integer.toString(number), sql);
            case PRISMA_STATEMENTS -> shop.prisma(Integer.toString(number), "-- dbops:execution statement\n" + sql);
            case FLYWAY -> shop.flyway("V" + number + "__m.sql", sql);
            case FLYWAY_STATEMENTS ->
                shop.flyway("V" + number + "__m.sql", sql)
                        .flyway("V" + number + "__m.sql.conf", "executeInTransaction=false\n");
        }
        if (engine == Engine.PRISMA || engine == Engine.PRISMA_STATEMENTS) {
            // The fixture's table would be in the way of a first deploy; a record of what is there stands for it.
            if (!Files.exists(shop.folder.resolve("prisma/migrations/0/migration.sql"))) {
                shop.prisma("0", "SELECT 0;");
                assertThat(shop.resolve(Action.APPLIED, "0").problems()).isEmpty();
            }
        }
    }

    private static String entry(String entry) {
        return "INSERT INTO public.ledger VALUES ('" + entry + "');\n";
    }

    private List<String> entries() {
        return shop.database.query("SELECT entry FROM public.ledger ORDER BY 1").stream()
                .map(row -> row.get(0))
                .toList();
    }

    private void assertDone(String... entries) {
        MigrationOutcome deployed = shop.deploy();
        assertThat(deployed.problems()).isEmpty();
        assertThat(deployed.result()).isEqualTo(Result.DEPLOYED);
        assertThat(entries()).containsExactly(entries);
        assertThat(shop.status(FailOn.values()).problems()).isEmpty();
        assertThat(shop.deploy().result()).isEqualTo(Result.UP_TO_DATE);
        assertThat(entries()).containsExactly(entries);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatAScriptSetsIsGoneForTheNextOne(Engine engine) {
        shop.database.execute("DROP ROLE IF EXISTS hostile; CREATE ROLE hostile; GRANT ALL ON ledger TO hostile");
        script(engine, 1, "SET search_path TO other;\n" + entry("1"));
        script(engine, 2, "SELECT set_config('search_path', '', false);\n" + entry("2"));
        script(engine, 3, "SET ROLE hostile;\n" + entry("3"));
        script(engine, 4, "RESET ALL;\n" + entry("4"));
        // What else a script sets stays for those after it where Flyway runs them: its users may build on it.
        boolean fresh = engine == Engine.PRISMA || engine == Engine.PRISMA_STATEMENTS;
        script(engine, 5, fresh ? "SET default_transaction_read_only = on;\n" : "SELECT 5;\n");
        script(engine, 6, "CREATE TABLE mine (i int);\n" + entry("6"));
        try {
            assertDone("1", "2", "3", "4", "6");
            assertThat(shop.database.query(
                            "SELECT schemaname, tableowner = current_user FROM pg_tables WHERE tablename = 'mine'"))
                    .containsExactly(List.of("public", "t"));
        } finally {
            shop.database.execute("DROP OWNED BY hostile; DROP ROLE hostile");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void historyInAnotherSchemaIsNotTakenForOurs(Engine engine) {
        script(
                engine,
                1,
                "CREATE TABLE other._prisma_migrations (i int);\nCREATE TABLE other.flyway_schema_history (i int);\n"
                        + "SET search_path TO other, public;\n" + entry("1"));
        script(engine, 2, entry("2"));
        assertDone("1", "2");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void locksThatAScriptGivesAwayDoNotLetItRunTwice(Engine engine) {
        script(engine, 1, "SELECT pg_advisory_unlock_all();\n" + entry("1"));
        script(engine, 2, entry("2"));
        assertDone("1", "2");
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"PRISMA", "PRISMA_STATEMENTS", "FLYWAY_STATEMENTS"})
    void discardAllIsDone(Engine engine) {
        script(engine, 1, "DISCARD ALL;\n" + entry("1"));
        script(engine, 2, entry("2"));
        assertDone("1", "2");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsCommittedBeforeAFailureIsNotRunAgainAndNotDenied(Engine engine) {
        script(engine, 1, entry("1") + "COMMIT;\n" + entry("2") + "SELECT 1/0;\n");
        MigrationOutcome failed = shop.deploy();
        assertThat(MigrateFixture.codes(failed)).containsExactly("DBOPS-306");
        assertThat(entries()).startsWith("1").doesNotHaveDuplicates();
        assertThat(failed.failure().orElseThrow().left()).isNotEqualTo(Left.NOTHING);
        assertThat(MigrateFixture.states(shop.status(FailOn.values()))).contains("1 failed");
        assertThat(MigrateFixture.codes(shop.deploy())).containsExactly("DBOPS-305");

        assertThat(shop.resolve(Action.APPLIED, "1").problems()).isEmpty();
        assertThat(shop.deploy().result()).isEqualTo(Result.UP_TO_DATE);
        assertThat(entries()).startsWith("1").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatIsCommittedBeforeALockIsInTheWayIsNotRunAgain(Engine engine) throws Exception {
        script(engine, 1, entry("1") + "COMMIT;\nSET lock_timeout = '200ms';\nLOCK TABLE other.t;\n");
        try (var connection = shop.database.connection();
                var statement = connection.createStatement()) {
            statement.execute("BEGIN; LOCK TABLE other.t");
            assertThat(MigrateFixture.codes(shop.deploy())).containsExactly("DBOPS-306");
        }
        assertThat(entries()).containsExactly("1");
        assertThat(MigrateFixture.states(shop.status(FailOn.values()))).contains("1 failed");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void transactionLeftOpenIsNotCalledDone(Engine engine) {
        script(engine, 1, "BEGIN;\n" + entry("1"));
        script(engine, 2, entry("2"));
        MigrationOutcome outcome = shop.deploy();
        if (outcome.problems().isEmpty()) {
            // In Flyway's own transaction a BEGIN is a warning only, and Flyway commits.
            assertThat(entries()).containsExactly("1", "2");
        } else {
            assertThat(MigrateFixture.codes(outcome)).containsExactly("DBOPS-306");
            assertThat(entries()).isEmpty();
            assertThat(MigrateFixture.states(shop.status(FailOn.values()))).contains("1 failed");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void rollbackInAScriptDoesNotSpoilTheHistory(Engine engine) {
        script(engine, 1, entry("gone") + "ROLLBACK;\n" + entry("1"));
        script(engine, 2, "BEGIN;\n" + entry("2") + "SAVEPOINT s;\n" + entry("gone") + "ROLLBACK TO s;\nCOMMIT;\n");
        shop.deploy();
        assertThat(entries()).doesNotHaveDuplicates().contains("1", "2");
        assertThat(shop.status(FailOn.values()).problems()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void commitInsideABlockEitherWorksOrFailsAsAWhole(Engine engine) {
        script(engine, 1, "DO $$ BEGIN INSERT INTO public.ledger VALUES ('1'); COMMIT; END $$;\n");
        MigrationOutcome outcome = shop.deploy();
        if (outcome.problems().isEmpty()) {
            assertThat(entries()).containsExactly("1");
        } else {
            assertThat(MigrateFixture.codes(outcome)).containsExactly("DBOPS-306");
            assertThat(entries()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void lockOnTheHistoryTableHangsNobody(Engine engine) {
        script(engine, 1, entry("1"));
        assertDone("1");
        script(engine, 2, "BEGIN;\nLOCK TABLE " + history(engine) + ";\n" + entry("2") + "COMMIT;\n");
        assertDone("1", "2");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void droppedHistoryIsNoSuccess(Engine engine) {
        script(engine, 1, entry("1"));
        assertDone("1");
        script(engine, 2, entry("2") + "DROP TABLE " + history(engine) + ";\n");
        MigrationOutcome outcome = shop.deploy();
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.problems()).isNotEmpty();
        assertThat(entries()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void emptiedHistoryIsNoSuccess(Engine engine) {
        script(engine, 1, entry("1"));
        assertDone("1");
        script(engine, 2, entry("2") + "DELETE FROM " + history(engine) + ";\n");
        MigrationOutcome outcome = shop.deploy();
        assertThat(outcome.result()).isIn(Result.FAILED, Result.REFUSED);
        assertThat(outcome.problems()).isNotEmpty();
        assertThat(entries()).doesNotHaveDuplicates();
    }

    private static String history(Engine engine) {
        return engine == Engine.PRISMA || engine == Engine.PRISMA_STATEMENTS
                ? "public._prisma_migrations"
                : "public.flyway_schema_history";
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void manyStatementsAndManyBytesAreNoTrouble(Engine engine) {
        // Flyway takes each character into its hand several times.
        int bytes = engine == Engine.PRISMA ? 10_000_000 : 1_000_000;
        script(engine, 1, "-- " + "x".repeat(bytes) + "\n" + entry("1"));
        script(engine, 2, entry("2") + "SELECT 1;\n".repeat(5_000));
        assertDone("1", "2");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void nulIsRefused(Engine engine) {
        script(engine, 1, entry("1") + "SELECT 'a\0b';\n" + entry("2"));
        MigrationOutcome outcome = shop.deploy();
        assertThat(outcome.result()).isIn(Result.FAILED, Result.REFUSED);
        assertThat(outcome.problems()).hasSize(1);
        assertThat(entries()).doesNotContain("2");
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"PRISMA", "FLYWAY"})
    void whatIsNotUtf8IsRefused(Engine engine) throws IOException {
        script(engine, 1, entry("1"));
        Files.write(
                shop.folder.resolve(
                        engine == Engine.PRISMA ? "prisma/migrations/1/migration.sql" : "db/migration/V1__m.sql"),
                entry("ä").getBytes(StandardCharsets.ISO_8859_1));
        MigrationOutcome outcome = shop.deploy();
        assertThat(outcome.problems()).hasSize(1);
        assertThat(entries()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void errorsOfHostileTextStayText(Engine engine) {
        String evil = "x'' ; DROP TABLE ledger; -- \n\u001b[31m::error::<script>|%s$x`\\";
        script(engine, 1, "DO $$ BEGIN RAISE EXCEPTION '%', '" + evil + "'; END $$;\n");
        MigrationOutcome outcome = shop.deploy();
        assertThat(MigrateFixture.codes(outcome)).containsExactly("DBOPS-306");
        assertThat(outcome.failure().orElseThrow().message()).contains("::error::<script>");
        assertThat(shop.report("migrate-deploy-report.md")).doesNotContain("<script>", "\u001b");
        assertThat(entries()).isEmpty();
    }

    @Test
    void constraintThatFailsAtTheCommitIsTheMigrationsFailure() {
        shop.database.execute("CREATE TABLE deferred (i int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
        for (Engine engine : List.of(Engine.PRISMA, Engine.FLYWAY)) {
            script(engine, 1, entry("1") + "INSERT INTO deferred VALUES (1);\nINSERT INTO deferred VALUES (1);\n");
            MigrationOutcome outcome = shop.deploy();
            assertThat(MigrateFixture.codes(outcome)).containsExactly("DBOPS-306");
            assertThat(outcome.failure().orElseThrow().left()).isEqualTo(Left.NOTHING);
            assertThat(entries()).isEmpty();
            if (engine == Engine.PRISMA) {
                shop.without("prisma");
            }
        }
    }
}
