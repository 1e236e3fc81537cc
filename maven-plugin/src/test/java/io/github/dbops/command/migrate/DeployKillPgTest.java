package io.github.dbops.command.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.command.migrate.DeployCutPgTest.Side;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationOutcome.Result;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.ChaosProxy.Cut;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The client or the server dies in the middle: the next status tells the truth, nothing runs twice, resolve leads out. */
@Timeout(180)
class DeployKillPgTest {

    @ParameterizedTest
    @CsvSource({
        "PRISMA, BEFORE_FORWARDING, INSERT INTO \"public\".\"_prisma_migrations\", APPLIED",
        "PRISMA, AFTER_ANSWER, INSERT INTO \"public\".\"_prisma_migrations\", ROLLED_BACK",
        "PRISMA, AFTER_ANSWER, VALUES ('atomic'), ROLLED_BACK",
        "PRISMA, AFTER_ANSWER, applied_steps_count + 1, APPLIED",
        "PRISMA, AFTER_ANSWER, CREATE INDEX CONCURRENTLY, APPLIED",
        "PRISMA, BEFORE_FORWARDING, VALUES ('second'), ROLLED_BACK",
        "PRISMA, AFTER_ANSWER, VALUES ('second'), APPLIED",
        "FLYWAY, AFTER_ANSWER, VALUES ('atomic'), APPLIED",
        "FLYWAY, AFTER_ANSWER, CREATE INDEX CONCURRENTLY, APPLIED",
        "FLYWAY, AFTER_ANSWER, DELETE FROM \"public\".\"flyway_schema_history\", APPLIED",
        "FLYWAY, BEFORE_FORWARDING, VALUES ('second'), ROLLED_BACK"
    })
    void statusTellsTheTruthOfAKilledClient(Side side, Cut cut, String message, Action action) throws IOException {
        try (MigrateFixture shop = side.fixture(TestServers.newest())) {
            KilledDeploy.at(cut, message, shop);
            MigrationOutcome status = shop.status();
            Ledger.assertTrue(shop, status);
            Ledger.leadOut(shop, status, action);
            Ledger.assertDeployed(shop);
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void serverThatIsKilledLosesNothingAndDoesNothingTwice(Side side) {
        try (TestServer server = TestServers.startOwn(TestServers.newest().majorVersion(), Map.of("fsync", "off"))) {
            for (String message : side.writes()) {
                try (MigrateFixture shop = side.fixture(server);
                        ChaosProxy proxy = new ChaosProxy(shop.database::url)) {
                    proxy.cutAt(Cut.BEFORE_FORWARDING, message, () -> {
                        server.killHard();
                        server.restart();
                    });
                    shop.at(proxy.url())
                            .settings(new EngineSettings(Duration.ofSeconds(5), 3, Duration.ofSeconds(20), 5));
                    MigrationOutcome killed = shop.deploy();
                    assertThat(proxy.ordersWaiting()).as(message).isZero();
                    shop.at(shop.database.url());
                    MigrationOutcome status = shop.status();
                    Ledger.assertTrue(shop, status);
                    if (killed.problems().isEmpty()) {
                        assertThat(killed.result()).isEqualTo(Result.DEPLOYED);
                    } else {
                        Ledger.leadOut(shop, status, Action.ROLLED_BACK);
                    }
                    Ledger.assertDeployed(shop);
                }
            }
        }
    }
}
