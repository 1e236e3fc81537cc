package io.github.dbops.migration.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.Resolution;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.ChaosProxy.Cut;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;

/** A connection that is lost in the middle of a deploy. */
@Timeout(180)
class FlywayLostConnectionPgTest {

    @PostgresTest
    void whatWasInATransactionIsRunAgainOnceItIsGone(TestServer server) {
        try (Shop shop = new Shop(server);
                ChaosProxy proxy = new ChaosProxy(shop.database.url())) {
            shop.url = Optional.of(proxy.url());
            shop.file("V1__a.sql", "CREATE TABLE a (id int);")
                    .file("V2__b.sql", "CREATE TABLE b (id int);INSERT INTO b VALUES (1);")
                    .file("V3__c.sql", "CREATE TABLE c (id int);");
            proxy.cutAt(Cut.AFTER_FORWARDING, "INSERT INTO b");

            Deployment deployment = shop.deploy();

            assertThat(proxy.ordersWaiting()).isZero();
            assertThat(deployment.failure()).isEmpty();
            assertThat(deployment.steps())
                    .extracting(Deployment.Step::migration)
                    .containsExactly("1", "2", "3");
            assertThat(shop.database.query("SELECT count(*) FROM b")).containsExactly(List.of("1"));
            assertThat(shop.said).anyMatch(line -> line.startsWith("The connection was lost: "));
            shop.flyway().load().validate();
        }
    }

    @PostgresTest
    void aCommitThatWasNotAnsweredIsNotRunTwice(TestServer server) {
        try (Shop shop = new Shop(server);
                ChaosProxy proxy = new ChaosProxy(shop.database.url())) {
            shop.url = Optional.of(proxy.url());
            shop.file("V1__a.sql", "CREATE TABLE a (id int);INSERT INTO a VALUES (1);");
            shop.deploy();
            shop.file("V2__b.sql", "INSERT INTO a VALUES (2);");
            proxy.cutAt(Cut.AFTER_ANSWER, "COMMIT");

            Deployment deployment = shop.deploy();

            assertThat(proxy.ordersWaiting()).isZero();
            assertThat(deployment.failure()).isEmpty();
            assertThat(shop.database.query("SELECT id FROM a ORDER BY 1")).containsExactly(List.of("1"), List.of("2"));
            assertThat(shop.states()).containsExactly("1 applied", "2 applied");
        }
    }

    @PostgresTest
    void whatWasNotInATransactionIsNeverRunAgain(TestServer server) {
        try (Shop shop = new Shop(server);
                ChaosProxy proxy = new ChaosProxy(shop.database.url())) {
            shop.url = Optional.of(proxy.url());
            shop.file("V1__a.sql", "CREATE TABLE a (id int);")
                    .file("V2__b.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id);")
                    .file("V3__c.sql", "SELECT 1;");
            proxy.cutAt(Cut.AFTER_ANSWER, "CREATE INDEX CONCURRENTLY");

            Deployment deployment = shop.deploy();

            MigrationFailure failure = deployment.failure().orElseThrow();
            assertThat(deployment.steps())
                    .extracting(Deployment.Step::migration)
                    .containsExactly("1");
            assertThat(failure.problem().code()).isEqualTo(Code.MIGRATION_OUTCOME_UNKNOWN);
            assertThat(failure.left()).isEqualTo(MigrationFailure.Left.UNKNOWN);
            assertThat(shop.states()).containsExactly("1 applied", "2 failed", "3 pending");

            shop.engine().resolve(Resolution.Action.APPLIED, List.of("2"), Execution.APPLY);
            assertThat(shop.deploy().steps())
                    .extracting(Deployment.Step::migration)
                    .containsExactly("3");
            shop.flyway().load().validate();
        }
    }

    @PostgresTest
    void aLossBetweenTheEndAndItsRowIsCompletedInTheHistoryAndNotRunAgain(TestServer server) {
        try (Shop shop = new Shop(server);
                ChaosProxy proxy = new ChaosProxy(shop.database.url())) {
            shop.url = Optional.of(proxy.url());
            shop.file("V1__a.sql", "CREATE TABLE a (id int);");
            shop.deploy();
            shop.file("V2__b.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id);");
            proxy.cutAt(Cut.BEFORE_FORWARDING, "\"execution_time\", \"success\"");

            Deployment deployment = shop.deploy();

            assertThat(proxy.ordersWaiting()).isZero();
            assertThat(deployment.failure()).isEmpty();
            assertThat(shop.states()).containsExactly("1 applied", "2 applied");
            shop.flyway().load().validate();
        }
    }

    @PostgresTest
    void aLossThatNeverEndsIsToldAsOne(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.settings = new EngineSettings(Duration.ofSeconds(5), 3, Duration.ofSeconds(30), 1);
            shop.file("V1__a.sql", "SELECT pg_terminate_backend(pg_backend_pid());");

            MigrationFailure failure = shop.deploy().failure().orElseThrow();

            assertThat(failure.sqlState()).contains("57P01");
            assertThat(failure.left()).isEqualTo(MigrationFailure.Left.UNKNOWN);
            assertThat(failure.problem().code()).isEqualTo(Code.MIGRATION_OUTCOME_UNKNOWN);
            assertThat(shop.states()).containsExactly("1 pending");
        }
    }

    @PostgresTest
    void aClientThatNeverComesBackLeavesTheTruthInTheHistory(TestServer server) {
        try (Shop shop = new Shop(server);
                ChaosProxy proxy = new ChaosProxy(shop.database.url())) {
            shop.policy = new ConnectionPolicy(
                    Duration.ofSeconds(5), 1, Duration.ofSeconds(10), ConnectionPolicy.Pooler.DETECT);
            shop.url = Optional.of(proxy.url());
            shop.file("V1__a.sql", "CREATE TABLE a (id int);")
                    .file("V2__b.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id);");
            proxy.actBefore("CREATE INDEX CONCURRENTLY", () -> {
                proxy.refuse(1000);
                proxy.cutAll();
            });

            Deployment deployment = shop.deploy();

            assertThat(deployment.steps())
                    .extracting(Deployment.Step::migration)
                    .containsExactly("1");
            assertThat(deployment.failure().orElseThrow().problem().code()).isEqualTo(Code.MIGRATION_OUTCOME_UNKNOWN);

            shop.url = Optional.empty();
            assertThat(shop.states()).containsExactly("1 applied", "2 failed");
            assertThat(shop.engine().obstacles()).extracting(Problem::code).containsExactly(Code.HISTORY_HAS_FAILED);
            shop.engine().resolve(Resolution.Action.ROLLED_BACK, List.of("2"), Execution.APPLY);
            shop.database.execute("DROP INDEX IF EXISTS a_id");
            assertThat(shop.deploy().steps())
                    .extracting(Deployment.Step::migration)
                    .containsExactly("2");
            shop.flyway().load().validate();
        }
    }
}
