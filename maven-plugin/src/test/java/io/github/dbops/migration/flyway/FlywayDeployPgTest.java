package io.github.dbops.migration.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/** What a deploy of Flyway's migrations does to a database. */
@Timeout(120)
class FlywayDeployPgTest {

    @PostgresTest
    void deploysAllThatIsPendingAndFlywayAgreesAfterwards(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__shop.sql", "CREATE TABLE item (id int PRIMARY KEY);\nINSERT INTO item VALUES (1);\n")
                    .file("V2__price.sql", "ALTER TABLE item ADD price int;\n")
                    .file("R__view.sql", "CREATE OR REPLACE VIEW cheap AS SELECT * FROM item WHERE price < 5;\n");

            Deployment deployment = shop.deploy();

            assertThat(deployment.failure()).isEmpty();
            assertThat(deployment.steps())
                    .extracting(Deployment.Step::migration, Deployment.Step::manner)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("1", Deployment.Manner.TRANSACTION),
                            org.assertj.core.groups.Tuple.tuple("2", Deployment.Manner.TRANSACTION),
                            org.assertj.core.groups.Tuple.tuple("view", Deployment.Manner.TRANSACTION));
            assertThat(shop.said).contains("Running 1 (V1__shop.sql).");
            assertThat(shop.states()).containsExactly("1 applied", "2 applied", "view applied");
            shop.flyway().load().validate();
            assertThat(shop.flyway().load().info().pending()).isEmpty();
            assertThat(shop.flyway().load().migrate().migrationsExecuted).isZero();
        }
    }

    @PostgresTest
    void readingTheHistoryWritesNothing(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.properties.put("flyway.schemas", "sales");
            shop.file("V1__shop.sql", "CREATE TABLE item (id int);");

            assertThat(shop.states()).containsExactly("1 pending");
            assertThat(shop.engine().history().table()).isEmpty();
            assertThat(shop.database.query("SELECT nspname FROM pg_namespace WHERE nspname = 'sales'"))
                    .isEmpty();
            assertThat(shop.database.query("SELECT relname FROM pg_class WHERE relname LIKE '%flyway%'"))
                    .isEmpty();
        }
    }

    @PostgresTest
    void aFailureInATransactionLeavesNothingAndShowsItsLine(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__shop.sql", "CREATE TABLE item (id int);")
                    .file("V2__more.sql", "CREATE TABLE a (id int);\n\n-- now\nINSERT INTO item\nVALUES ('x');\n");

            Deployment deployment = shop.deploy();

            assertThat(deployment.steps())
                    .extracting(Deployment.Step::migration)
                    .containsExactly("1");
            MigrationFailure failure = deployment.failure().orElseThrow();
            assertThat(failure.migration()).isEqualTo("2");
            assertThat(failure.place()).contains("db/migration/V2__more.sql:4");
            assertThat(failure.statement()).contains("INSERT INTO item VALUES ('x')");
            assertThat(failure.sqlState()).contains("22P02");
            assertThat(failure.message()).isEqualTo("invalid input syntax for type integer: \"x\"");
            assertThat(failure.left()).isEqualTo(MigrationFailure.Left.NOTHING);
            assertThat(failure.problem().code()).isEqualTo(Code.MIGRATION_FAILED);
            assertThat(failure.problem().next())
                    .containsExactly("Mend db/migration/V2__more.sql, then deploy again: mvn dbops:migrate-deploy");
            assertThat(shop.database.query("SELECT to_regclass('a')"))
                    .containsExactly(java.util.Collections.singletonList(null));
            assertThat(shop.states()).containsExactly("1 applied", "2 pending");
        }
    }

    @PostgresTest
    void aGroupThatFailsKeepsNoneOfItsSteps(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.properties.put("flyway.group", "true");
            shop.file("V1__shop.sql", "CREATE TABLE item (id int);").file("V2__bad.sql", "SELECT 1/0;");

            Deployment deployment = shop.deploy();

            assertThat(deployment.steps()).isEmpty();
            assertThat(deployment.failure().orElseThrow().migration()).isEqualTo("2");
            assertThat(shop.states()).containsExactly("1 pending", "2 pending");
        }
    }

    @PostgresTest
    void concurrentlyDoesNotHang(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__shop.sql", "CREATE TABLE item (id int);")
                    .file("V2__index.sql", "CREATE INDEX CONCURRENTLY item_id ON item (id);")
                    .file("V3__mixed.sql", "CREATE TABLE b (id int);\nCREATE INDEX CONCURRENTLY b_id ON b (id);")
                    .file("V3__mixed.sql.conf", "executeInTransaction=false")
                    .file("V4__last.sql", "CREATE TABLE c (id int);");
            // Whatever the user set: with Flyway's transactional lock this would wait for ever.
            shop.properties.put("flyway.postgresql.transactional.lock", "true");

            Deployment deployment = shop.deploy();

            assertThat(deployment.failure()).isEmpty();
            assertThat(deployment.steps())
                    .extracting(Deployment.Step::manner)
                    .containsExactly(
                            Deployment.Manner.TRANSACTION,
                            Deployment.Manner.STATEMENTS,
                            Deployment.Manner.STATEMENTS,
                            Deployment.Manner.TRANSACTION);
            assertThat(shop.states()).containsExactly("1 applied", "2 applied", "3 applied", "4 applied");
            assertThat(shop.database.query("SELECT installed_rank, success FROM flyway_schema_history ORDER BY 1"))
                    .containsExactly(List.of("1", "t"), List.of("2", "t"), List.of("3", "t"), List.of("4", "t"));
        }
    }

    @PostgresTest
    void ofTwoDeploysAtOnceTheSecondFindsNothingToDo(TestServer server) throws Exception {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__shop.sql", "CREATE TABLE item (id int);SELECT pg_sleep(1);")
                    .file("V2__index.sql", "CREATE INDEX CONCURRENTLY item_id ON item (id);");

            CompletableFuture<Deployment> one = CompletableFuture.supplyAsync(shop::deploy);
            CompletableFuture<Deployment> two = CompletableFuture.supplyAsync(shop::deploy);

            Deployment first = one.get(60, TimeUnit.SECONDS);
            Deployment second = two.get(60, TimeUnit.SECONDS);
            assertThat(first.steps().size() + second.steps().size()).isEqualTo(2);
            assertThat(List.of(first.steps().size(), second.steps().size())).contains(0);
            assertThat(shop.said).anyMatch(line -> line.startsWith("Another run of dbops holds the lock"));
        }
    }

    @PostgresTest
    void aFailureOutsideATransactionBlocksUntilItIsResolved(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__shop.sql", "CREATE TABLE item (id int);INSERT INTO item VALUES (1), (1);")
                    .file("V2__index.sql", "CREATE UNIQUE INDEX CONCURRENTLY item_id ON item (id);");

            MigrationFailure failure = shop.deploy().failure().orElseThrow();

            assertThat(failure.left()).isEqualTo(MigrationFailure.Left.A_PART);
            assertThat(failure.sqlState()).contains("23505");
            assertThat(failure.detail()).contains("Key (id)=(1) is duplicated.");
            assertThat(failure.problem().next())
                    .containsExactly(
                            "Drop what cannot be used: DROP INDEX CONCURRENTLY \"public\".\"item_id\";",
                            "Look at what the database has of it. When you have undone that: mvn dbops:resolve -DrolledBack=2",
                            "or, when you have completed it by hand: mvn dbops:resolve -Dapplied=2");
            assertThat(shop.states()).containsExactly("1 applied", "2 failed");
            assertThat(refusal(shop).code()).isEqualTo(Code.HISTORY_HAS_FAILED);
            assertThat(shop.database.query("SELECT count(*) FROM flyway_schema_history"))
                    .containsExactly(List.of("2"));
        }
    }

    @PostgresTest
    void refusesWhatFlywaysValidationRejects(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__a.sql", "SELECT 1;").file("V2__b.sql", "SELECT 1;").file("V4__d.sql", "SELECT 1;");
            shop.deploy();
            shop.file("V1__a.sql", "SELECT 2;").delete("V2__b.sql").file("V3__c.sql", "SELECT 1;");

            Problem refused = refusal(shop);

            assertThat(shop.states()).containsExactly("1 modified", "2 missing", "4 applied", "3 ignored");
            assertThat(refused.code()).isEqualTo(Code.MIGRATIONS_REJECTED);
            assertThat(refused.why())
                    .isEqualTo("1: its file has changed since it was applied; 2: it was applied and is not on disk;"
                            + " 3: it is older than what is applied, and was not applied.");
            assertThat(refused.next())
                    .containsExactly(
                            "Restore the file db/migration/V1__a.sql as it was, and put the change into a new migration.",
                            "Restore the missing file, or deploy without it: mvn dbops:migrate-deploy '-Dflyway.ignoreMigrationPatterns=*:missing'",
                            "Give db/migration/V3__c.sql a newer version, or run it now: mvn dbops:migrate-deploy -Dflyway.outOfOrder=true");
        }
    }

    @PostgresTest
    void refusesADatabaseWithObjectsAndNoHistory(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__a.sql", "CREATE TABLE item (id int);").file("V2__b.sql", "CREATE TABLE b (id int);");
            shop.database.execute("CREATE TABLE item (id int)");

            Problem refused = refusal(shop);
            assertThat(refused.code()).isEqualTo(Code.SCHEMA_NOT_EMPTY);
            assertThat(shop.engine().obstacles()).containsExactly(refused);
            assertThat(shop.database.query("SELECT relname FROM pg_class WHERE relname LIKE 'flyway%'"))
                    .isEmpty();

            shop.properties.put("flyway.baselineOnMigrate", "true");
            shop.properties.put("flyway.baselineVersion", "1");
            assertThat(shop.deploy().steps())
                    .extracting(Deployment.Step::migration)
                    .containsExactly("2");
        }
    }

    @PostgresTest
    void aLockInTheWayIsTriedAgainWhereAllIsRolledBack(TestServer server) throws Exception {
        try (Shop shop = new Shop(server)) {
            shop.settings = new io.github.dbops.migration.EngineSettings(
                    java.time.Duration.ofMillis(200), 2, java.time.Duration.ofSeconds(30), 5);
            shop.file("V1__shop.sql", "CREATE TABLE item (id int);");
            shop.deploy();
            shop.file("V2__price.sql", "ALTER TABLE item ADD price int;");
            try (java.sql.Connection other = shop.database.connection();
                    java.sql.Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE item");

                MigrationFailure failure = shop.deploy().failure().orElseThrow();

                assertThat(failure.sqlState()).contains("55P03");
                assertThat(failure.left()).isEqualTo(MigrationFailure.Left.NOTHING);
                assertThat(shop.said)
                        .anyMatch(line -> line.startsWith(
                                "Migration 2 was rolled back: canceling statement due to lock timeout. Try 2 of 2."));
            }
            Deployment again = shop.deploy();
            assertThat(again.failure()).isEmpty();
        }
    }

    @PostgresTest
    void namesWhoHoldsFlywaysLock(TestServer server) throws Exception {
        try (Shop shop = new Shop(server)) {
            shop.settings = new io.github.dbops.migration.EngineSettings(
                    java.time.Duration.ofSeconds(5), 3, java.time.Duration.ofSeconds(1), 5);
            shop.file("V1__shop.sql", "CREATE TABLE item (id int);");
            try (java.sql.Connection flyway = shop.database.connection();
                    java.sql.Statement statement = flyway.createStatement()) {
                statement.execute("SELECT pg_advisory_lock("
                        + (0x466C79776179L + "\"public\".\"flyway_schema_history\"".hashCode()) + ")");

                Problem refused = refusal(shop);

                assertThat(refused.code()).isEqualTo(Code.LOCK_NOT_OBTAINED);
                assertThat(refused.what()).startsWith("Flyway holds the lock on ");
                assertThat(shop.states()).containsExactly("1 pending");
            }
        }
    }

    private static Problem refusal(Shop shop) {
        List<Problem> problems = new java.util.ArrayList<>();
        assertThatThrownBy(shop::deploy)
                .isInstanceOfSatisfying(ProblemException.class, e -> problems.addAll(e.problems()));
        return problems.get(0);
    }
}
