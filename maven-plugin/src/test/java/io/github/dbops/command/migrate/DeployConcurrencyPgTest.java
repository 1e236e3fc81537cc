package io.github.dbops.command.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.command.migrate.DeployCutPgTest.Side;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationOutcome.Result;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several runs at once, and other sessions' locks in the way: each migration is done once, and nobody waits for ever. */
@Timeout(90)
class DeployConcurrencyPgTest {

    private static final String HOLDS = "holds the lock";

    private static List<MigrationOutcome> together(List<Supplier<MigrationOutcome>> runs) {
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<MigrationOutcome>> started = new ArrayList<>();
        for (Supplier<MigrationOutcome> run : runs) {
            CompletableFuture<MigrationOutcome> outcome = new CompletableFuture<>();
            started.add(outcome);
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                    outcome.complete(run.get());
                } catch (Throwable amiss) {
                    outcome.completeExceptionally(amiss);
                }
            });
            thread.start();
        }
        go.countDown();
        return started.stream().map(CompletableFuture::join).toList();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void threeDeploysAtOnceDoEverythingOnce(Side side) {
        try (MigrateFixture shop = side.fixture(TestServers.newest())) {
            List<MigrationOutcome> outcomes = together(List.of(shop::deploy, shop::deploy, shop::deploy));
            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(outcome.problems()).isEmpty());
            assertThat(outcomes.stream().map(MigrationOutcome::result))
                    .containsExactlyInAnyOrder(Result.DEPLOYED, Result.UP_TO_DATE, Result.UP_TO_DATE);
            Ledger.assertDeployed(shop);
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void deployAndResolveAtOnceDoNotMix(Side side) {
        try (MigrateFixture shop = side.fixture(TestServers.newest());
                ChaosProxy proxy = new ChaosProxy(shop.database.url())) {
            // Nothing is failed when the resolve is asked for, and something may be half-way.
            CompletableFuture<MigrationOutcome> resolving = new CompletableFuture<>();
            proxy.actBefore(
                    "VALUES ('atomic')",
                    () -> new Thread(() -> resolving.complete(shop.resolve(Action.ROLLED_BACK, "1"))).start());
            shop.at(proxy.url());
            assertThat(shop.deploy().problems()).isEmpty();
            assertThat(MigrateFixture.codes(resolving.join()))
                    .hasSize(1)
                    .isSubsetOf("DBOPS-309", "DBOPS-310", "DBOPS-311", "DBOPS-312");
            Ledger.assertDeployed(shop);
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void lockOfAnotherRunIsWaitedForAsLongAsItIsAllowedAndNoLonger(Side side) throws SQLException {
        try (MigrateFixture shop = side.fixture(TestServers.newest());
                Connection other = shop.database.connection();
                Statement statement = other.createStatement()) {
            shop.settings(new EngineSettings(Duration.ofSeconds(5), 3, Duration.ofSeconds(1), 3));
            for (String key : List.of("72707369", Long.toString(0x64626F70733A6677L))) {
                statement.execute("SELECT pg_advisory_lock(" + key + ")");
            }
            MigrationOutcome refused = shop.deploy();
            assertThat(MigrateFixture.codes(refused)).containsExactly("DBOPS-212");
            assertThat(MigrateFixture.problem(refused).why()).contains("PID ");
            assertThat(Ledger.entries(shop)).isEmpty();
            assertThat(MigrateFixture.codes(shop.resolve(Action.APPLIED, "1"))).containsExactly("DBOPS-212");

            // Its session ends while the next one waits.
            shop.settings(new EngineSettings(Duration.ofSeconds(5), 3, Duration.ofSeconds(30), 3));
            shop.listening(line -> {
                if (line.contains(HOLDS)) {
                    shop.database.execute("""
                            SELECT pg_terminate_backend(pid) FROM pg_locks
                            WHERE locktype = 'advisory' AND granted
                              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                            """);
                }
            });
            assertThat(shop.deploy().problems()).isEmpty();
            Ledger.assertDeployed(shop);
        }
    }

    @Test
    void flywaysOwnLockIsRespected() throws SQLException {
        try (MigrateFixture shop = Ledger.flyway(TestServers.newest());
                Connection other = shop.database.connection();
                Statement statement = other.createStatement()) {
            shop.settings(new EngineSettings(Duration.ofSeconds(5), 3, Duration.ofSeconds(1), 3));
            long key = 0x466C79776179L + "\"public\".\"flyway_schema_history\"".hashCode();
            statement.execute("SELECT pg_advisory_lock(" + key + ")");
            assertThat(MigrateFixture.codes(shop.deploy())).containsExactly("DBOPS-212");
            assertThat(Ledger.entries(shop)).isEmpty();
            statement.execute("SELECT pg_advisory_unlock(" + key + ")");
            shop.settings(new EngineSettings(Duration.ofSeconds(5), 3, Duration.ofSeconds(9), 3));
            assertThat(shop.deploy().problems()).isEmpty();
            Ledger.assertDeployed(shop);
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void migrationThatMeetsALockIsRolledBackAndDoneWhenItIsFree(Side side) throws SQLException {
        try (MigrateFixture shop = side.fixture(TestServers.newest())) {
            assertThat(shop.deploy().problems()).isEmpty();
            add(side, shop, 5, "INSERT INTO ledger VALUES ('5');\nALTER TABLE ledger ADD five int;\n");
            add(side, shop, 6, "INSERT INTO ledger VALUES ('6');\nALTER TABLE ledger ADD six int;\n");
            shop.settings(new EngineSettings(Duration.ofMillis(200), 4, Duration.ofSeconds(9), 3));
            try (Connection other = shop.database.connection();
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN; LOCK TABLE ledger IN ACCESS SHARE MODE");
                int[] tries = {0};
                shop.listening(line -> {
                    if (line.contains(" of 4") && ++tries[0] == 2) {
                        rollback(statement);
                    }
                });
                MigrationOutcome outcome = shop.deploy();
                assertThat(outcome.problems()).isEmpty();
                assertThat(tries[0]).isEqualTo(2);
                assertThat(outcome.steps()).hasSize(2);
            }
            assertThat(shop.database.query("SELECT entry FROM ledger WHERE entry IN ('5', '6') ORDER BY 1"))
                    .containsExactly(List.of("5"), List.of("6"));
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void lockThatIsNeverFreeFailsTheMigrationAndLeavesNothing(Side side) throws SQLException {
        try (MigrateFixture shop = side.fixture(TestServers.newest())) {
            assertThat(shop.deploy().problems()).isEmpty();
            add(side, shop, 5, "INSERT INTO ledger VALUES ('5');\nALTER TABLE ledger ADD five int;\n");
            shop.settings(new EngineSettings(Duration.ofMillis(100), 2, Duration.ofSeconds(9), 3));
            try (Connection other = shop.database.connection();
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN; LOCK TABLE ledger IN ACCESS SHARE MODE");
                MigrationOutcome outcome = shop.deploy();
                assertThat(MigrateFixture.codes(outcome)).containsExactly("DBOPS-306");
                assertThat(outcome.failure().orElseThrow().sqlState()).contains("55P03");
            }
            Ledger.leadOut(shop, shop.status(), Action.ROLLED_BACK);
            assertThat(shop.database.query("SELECT count(*) FROM ledger WHERE entry = '5'"))
                    .containsExactly(List.of("1"));
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void deadlocksAndSerializationFailuresAreTriedAgainAsAWhole(Side side) {
        try (MigrateFixture shop = side.fixture(TestServers.newest())) {
            assertThat(shop.deploy().problems()).isEmpty();
            shop.database.execute("CREATE SEQUENCE tries");
            for (String state : List.of("40P01", "40001", "55P03")) {
                int number = 5
                        + Integer.parseInt(shop.database
                                .query("SELECT count(*) FROM ledger")
                                .get(0)
                                .get(0));
                shop.database.execute("ALTER SEQUENCE tries RESTART");
                add(
                        side,
                        shop,
                        number,
                        "INSERT INTO ledger VALUES ('" + state
                                + "');\nDO $$ BEGIN IF nextval('tries') < 3 THEN RAISE 'no luck' USING ERRCODE = '"
                                + state
                                + "'; END IF; END $$;\n");
                assertThat(shop.deploy().problems()).isEmpty();
                assertThat(shop.database.query("SELECT last_value FROM tries")).containsExactly(List.of("3"));
                assertThat(shop.database.query("SELECT count(*) FROM ledger WHERE entry = '" + state + "'"))
                        .containsExactly(List.of("1"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void indexBuiltConcurrentlyWaitsWithoutLimitAndIsNeverTriedAgain(Side side) throws SQLException {
        try (MigrateFixture shop = side.fixture(TestServers.newest());
                ChaosProxy proxy = new ChaosProxy(shop.database.url())) {
            shop.at(proxy.url()).settings(new EngineSettings(Duration.ofMillis(50), 4, Duration.ofSeconds(9), 3));
            try (Connection other = shop.database.connection();
                    Statement statement = other.createStatement()) {
                proxy.actBefore("CREATE INDEX CONCURRENTLY", () -> {
                    execute(statement, "BEGIN; LOCK TABLE ledger IN ROW EXCLUSIVE MODE");
                    new Thread(() -> {
                                awaitWaiting(shop, 4);
                                rollback(statement);
                            })
                            .start();
                });
                assertThat(shop.deploy().problems()).isEmpty();
            }
            assertThat(Ledger.entries(shop)).contains("index");
            assertThat(proxy.messages().stream().filter(m -> m.contains("CREATE INDEX CONCURRENTLY")))
                    // Prisma's engine tries it in a transaction first, where PostgreSQL refuses it before it does
                    // anything.
                    .hasSize(side == Side.PRISMA ? 2 : 1);
        }
    }

    /** Returns when a session of dbops has waited for a lock for some rounds of questions. */
    private static void awaitWaiting(MigrateFixture shop, int rounds) {
        int seen = 0;
        while (seen < rounds) {
            seen += shop.database.query("""
                            SELECT 1 FROM pg_stat_activity
                            WHERE datname = current_database() AND wait_event_type = 'Lock'
                              AND state_change < clock_timestamp() - interval '100 ms'
                            """).size();
        }
    }

    private static void add(Side side, MigrateFixture shop, int number, String sql) {
        if (side == Side.PRISMA) {
            shop.prisma(Integer.toString(number), sql);
        } else {
            shop.flyway("V" + number + "__more.sql", sql);
        }
    }

    private static void rollback(Statement statement) {
        execute(statement, "ROLLBACK");
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
