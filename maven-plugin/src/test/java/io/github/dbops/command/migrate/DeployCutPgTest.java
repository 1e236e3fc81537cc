package io.github.dbops.command.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationOutcome.Result;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.ChaosProxy.Cut;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection is cut at each message of a deploy in turn, in three ways. Whatever comes of it: each migration's effect
 * is there once, and the history says so. Always: each message that writes, in one of the ways. All messages in all ways
 * with {@code -Ddbops.test.cuts=all}.
 */
@Timeout(1800)
class DeployCutPgTest {

    private static final boolean ALL = "all".equals(System.getProperty("dbops.test.cuts"));
    private static final EngineSettings SETTINGS =
            new EngineSettings(Duration.ofSeconds(5), 3, Duration.ofSeconds(20), 3);

    /** An engine with its four migrations. */
    enum Side {
        PRISMA(
                Ledger::prisma,
                "INSERT INTO \"public\".\"_prisma_migrations\"",
                "VALUES ('atomic')",
                "applied_steps_count + 1",
                "CREATE INDEX CONCURRENTLY",
                "VALUES ('second')",
                "VALUES ('last')"),
        FLYWAY(
                Ledger::flyway,
                "VALUES ('atomic')",
                "(\"installed_rank\", \"version\"",
                "CREATE INDEX CONCURRENTLY",
                "DELETE FROM \"public\".\"flyway_schema_history\"",
                "VALUES ('second')",
                "VALUES ('last')");

        private final Function<TestServer, MigrateFixture> fixture;
        private final List<String> writes;

        Side(Function<TestServer, MigrateFixture> fixture, String... writes) {
            this.fixture = fixture;
            this.writes = List.of(writes);
        }

        MigrateFixture fixture(TestServer server) {
            return fixture.apply(server);
        }

        /** Texts of messages that write, in the order in which they first come. */
        List<String> writes() {
            return writes;
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void deployIsWholeWhereverItsConnectionBreaks(Side side) {
        List<String> messages = messages(side);
        List<String> wrong = new ArrayList<>();
        int writing = 0;
        for (int number = 0; number < messages.size(); number++) {
            Cut turn = Cut.values()[writing % Cut.values().length];
            writing += writes(messages.get(number)) ? 1 : 0;
            for (Cut cut : Cut.values()) {
                if (ALL || (cut == turn && writes(messages.get(number)))) {
                    try {
                        cutDeploy(side, number, cut);
                    } catch (AssertionError | RuntimeException amiss) {
                        wrong.add(cut + " " + number + " " + messages.get(number) + "\n" + amiss);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PRISMA,APPLIED", "PRISMA,ROLLED_BACK", "FLYWAY,APPLIED", "FLYWAY,ROLLED_BACK"})
    void resolveIsDoneOnceWhereverItsConnectionBreaks(Side side, Action action) {
        List<String> messages = resolve(side, action, proxy -> {});
        List<String> wrong = new ArrayList<>();
        int writing = 0;
        for (int number = 0; number < messages.size(); number++) {
            Cut turn = Cut.values()[writing % Cut.values().length];
            writing += writes(messages.get(number)) ? 1 : 0;
            for (Cut cut : Cut.values()) {
                if (ALL || (cut == turn && writes(messages.get(number)))) {
                    int at = number;
                    try {
                        resolve(side, action, proxy -> proxy.cutAt(cut, at));
                    } catch (AssertionError | RuntimeException amiss) {
                        wrong.add(cut + " " + number + " " + messages.get(number) + "\n" + amiss);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<String> resolve(Side side, Action action, Consumer<ChaosProxy> orders) {
        try (MigrateFixture shop = new MigrateFixture(TestServers.newest()).settings(SETTINGS);
                ChaosProxy proxy = new ChaosProxy(shop.database.url())) {
            String fails = "CREATE TABLE part (i int);\nSELECT 1/0;\n";
            if (side == Side.PRISMA) {
                shop.prisma("1", "-- dbops:execution statement\n" + fails);
            } else {
                shop.flyway("V1__fails.sql", fails).flyway("V1__fails.sql.conf", "executeInTransaction=false\n");
            }
            assertThat(MigrateFixture.codes(shop.deploy())).containsExactly("DBOPS-306");
            orders.accept(proxy);
            MigrationOutcome resolved = shop.at(proxy.url()).resolve(action, "1");
            assertThat(resolved.problems()).isEmpty();
            shop.at(shop.database.url());
            assertThat(MigrateFixture.states(shop.status()))
                    .containsExactly(action == Action.APPLIED ? "1 applied" : "1 rolled-back");
            assertThat(Ledger.history(shop)).isEqualTo(action == Action.APPLIED ? List.of("1") : List.of());
            return proxy.messages();
        }
    }

    private static boolean writes(String message) {
        return message.matches("(?s).*\\b(INSERT INTO|UPDATE|DELETE FROM|CREATE (TABLE|INDEX|SCHEMA)|COMMIT)\\b.*");
    }

    private static List<String> messages(Side side) {
        try (MigrateFixture shop = side.fixture.apply(TestServers.newest());
                ChaosProxy proxy = new ChaosProxy(shop.database.url())) {
            shop.at(proxy.url()).settings(SETTINGS).deploy();
            Ledger.assertDeployed(shop);
            return proxy.messages();
        }
    }

    private static void cutDeploy(Side side, int number, Cut cut) {
        try (MigrateFixture shop = side.fixture.apply(TestServers.newest());
                ChaosProxy proxy = new ChaosProxy(shop.database.url())) {
            proxy.cutAt(cut, number);
            MigrationOutcome outcome = shop.at(proxy.url()).settings(SETTINGS).deploy();
            shop.at(shop.database.url());
            if (MigrateFixture.codes(outcome).contains("DBOPS-315")) {
                // Both ways lead out; which one depends on what the operator does by hand.
                Ledger.resolve(
                        shop,
                        outcome.failure().orElseThrow().migration(),
                        number % 2 == 0 ? Action.APPLIED : Action.ROLLED_BACK);
            } else if (!outcome.problems().isEmpty()) {
                assertThat(MigrateFixture.codes(outcome)).containsExactly("DBOPS-207");
                assertThat(shop.deploy().problems()).isEmpty();
            } else {
                assertThat(outcome.result()).isEqualTo(Result.DEPLOYED);
            }
            Ledger.assertDeployed(shop);
        }
    }
}
