package io.github.dbops.command.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.command.SyncFixture;
import io.github.dbops.command.migrate.StatusRequest.FailOn;
import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationOutcome.Result;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.problem.Code;
import io.github.dbops.report.MigrationConsoleReport;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Status, deploy, status, as the runbook has it: what each of a user's runs finds, does and leaves. */
class MigrateDeployPgTest {

    private static final String INIT = "20260101000000_init";
    private static final String SHOES = "20260201000000_shoes";
    private static final String HATS = "20260301000000_hats";

    @PostgresTest
    void freshDatabaseIsBroughtUpToDateAndStaysSo(TestServer server) {
        try (MigrateFixture shop = shop(server)) {
            MigrationOutcome dryRun = shop.dryRun();
            assertThat(dryRun.result()).isEqualTo(Result.PENDING);
            assertThat(shop.database.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                    .containsExactly(List.of("0"));

            MigrationOutcome deployed = shop.deploy();
            assertThat(deployed.problems()).isEmpty();
            assertThat(deployed.result()).isEqualTo(Result.DEPLOYED);
            assertThat(deployed.digest()).isEqualTo(dryRun.digest());
            assertThat(deployed.steps()).extracting(Deployment.Step::migration).containsExactly(INIT, SHOES);
            assertThat(MigrateFixture.states(deployed)).containsExactly(INIT + " applied", SHOES + " applied");

            MigrationOutcome again = shop.deploy();
            assertThat(again.result()).isEqualTo(Result.UP_TO_DATE);
            assertThat(again.steps()).isEmpty();
            assertThat(shop.status(FailOn.values()).result()).isEqualTo(Result.UP_TO_DATE);
        }
    }

    @PostgresTest
    void flywaysMigrationsAreDeployedAlike(TestServer server) {
        try (MigrateFixture shop = new MigrateFixture(server)
                .flyway("V1__init.sql", "CREATE TABLE shoe (id int);")
                .flyway("V2__index.sql", "CREATE INDEX CONCURRENTLY shoe_id ON shoe (id);")
                .flyway("R__view.sql", "CREATE OR REPLACE VIEW shoes AS SELECT id FROM shoe;")) {
            assertThat(shop.dryRun().result()).isEqualTo(Result.PENDING);
            assertThat(shop.database.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                    .containsExactly(List.of("0"));

            MigrationOutcome deployed = shop.deploy();
            assertThat(deployed.problems()).isEmpty();
            assertThat(deployed.steps()).hasSize(3);
            assertThat(shop.deploy().result()).isEqualTo(Result.UP_TO_DATE);
            assertThat(shop.status(FailOn.values()).problems()).isEmpty();
        }
    }

    @PostgresTest
    void failureIsReportedWithEveryWayOutAndTheRestIsKept(TestServer server) {
        try (MigrateFixture shop =
                shop(server).prisma(HATS, "CREATE TABLE hat (id int);\nALTER TABLE nope ADD y int;\n")) {
            MigrationOutcome failed = shop.deploy();

            assertThat(failed.result()).isEqualTo(Result.FAILED);
            assertThat(MigrateFixture.codes(failed)).containsExactly("DBOPS-306");
            assertThat(failed.steps()).extracting(Deployment.Step::migration).containsExactly(INIT, SHOES);
            assertThat(MigrateFixture.problem(failed).next())
                    .anyMatch(step -> step.contains("mvn dbops:resolve -DrolledBack=" + HATS))
                    .anyMatch(step -> step.contains("mvn dbops:resolve -Dapplied=" + HATS));
            assertThat(MigrateFixture.states(failed)).endsWith(HATS + " failed");
            assertThat(shop.report("migrate-deploy-report.json")).contains("DBOPS-306", "P3018", "migration.sql:2");

            assertThat(MigrateFixture.codes(shop.deploy())).containsExactly("DBOPS-305");
            assertThat(MigrateFixture.codes(shop.dryRun())).containsExactly("DBOPS-305");
            assertThat(MigrateFixture.codes(shop.status(FailOn.FAILED))).containsExactly("DBOPS-313");

            assertThat(shop.resolve(Action.ROLLED_BACK, HATS).result()).isEqualTo(Result.RESOLVED);
            shop.prisma(HATS, "CREATE TABLE hat (id int);");
            assertThat(shop.deploy().result()).isEqualTo(Result.DEPLOYED);
        }
    }

    @Test
    void reviewedDeployIsDoneAndAnyOtherRefused() {
        try (MigrateFixture shop = shop(TestServers.newest())) {
            shop.expecting(shop.dryRun().digest().orElseThrow());
            shop.prisma(HATS, "CREATE TABLE hat (id int);");

            MigrationOutcome refused = shop.deploy();
            assertThat(MigrateFixture.codes(refused)).containsExactly("DBOPS-314");
            assertThat(MigrateFixture.problem(refused).why()).contains(HATS);
            assertThat(shop.database.query("SELECT to_regclass('shoe') IS NULL"))
                    .containsExactly(List.of("t"));

            shop.without("prisma/migrations/" + HATS);
            assertThat(shop.deploy().result()).isEqualTo(Result.DEPLOYED);
        }
    }

    @Test
    void backupIsAskedForOnlyWhereSomethingWouldRun() {
        try (MigrateFixture shop = shop(TestServers.newest())) {
            shop.deploy();
            shop.backup("latest.dump");
            assertThat(shop.deploy().result()).isEqualTo(Result.UP_TO_DATE);

            shop.prisma(HATS, "CREATE TABLE hat (id int);");
            MigrationOutcome refused = shop.deploy();
            assertThat(MigrateFixture.problem(refused).code()).isEqualTo(Code.BACKUP_CHECK_FAILED);
            assertThat(shop.database.query("SELECT to_regclass('hat') IS NULL")).containsExactly(List.of("t"));

            shop.file("latest.dump", "a dump");
            assertThat(shop.deploy().result()).isEqualTo(Result.DEPLOYED);
        }
    }

    @Test
    void missingDatabaseIsCreatedOnlyOnDemand() {
        try (MigrateFixture shop = shop(TestServers.newest())) {
            String name = shop.database.name() + "_new";
            shop.at(shop.database.url().inDatabase(name));
            assertThat(MigrateFixture.problem(shop.deploy()).code()).isEqualTo(Code.DATABASE_MISSING);

            assertThat(shop.creatingTheDatabase().deploy().result()).isEqualTo(Result.DEPLOYED);
            assertThat(shop.said).anyMatch(line -> line.startsWith("Created the database"));
            assertThat(shop.deploy().result()).isEqualTo(Result.UP_TO_DATE);
            shop.database.execute("DROP DATABASE " + name);
        }
    }

    @Test
    void statusFailsForWhatItWasAskedFor() {
        try (MigrateFixture shop = shop(TestServers.newest())) {
            assertThat(shop.status(FailOn.FAILED, FailOn.MODIFIED, FailOn.MISSING)
                            .problems())
                    .isEmpty();
            assertThat(MigrateFixture.codes(shop.status(FailOn.PENDING))).containsExactly("DBOPS-313");

            shop.deploy();
            shop.prisma(INIT, "SELECT 2;").without("prisma/migrations/" + SHOES);
            MigrationOutcome unsound = shop.status(FailOn.MODIFIED, FailOn.MISSING);
            assertThat(MigrateFixture.states(unsound)).containsExactly(INIT + " modified", SHOES + " missing");
            assertThat(MigrateFixture.problem(unsound).what()).contains("1 modified, 1 missing");
            assertThat(shop.status().problems()).isEmpty();
        }
    }

    @Test
    void proposedCommandsWorkOnTheDatabaseThatTheMessageSpeaksOf() {
        try (MigrateFixture shop = shop(TestServers.newest())) {
            shop.prisma(HATS, "ALTER TABLE nope ADD y int;")
                    .file(".env.local", "DATABASE_URL=" + SyncFixture.text(shop.database.url()) + "\n")
                    .envFile(".env.local");

            assertThat(new MigrationConsoleReport(shop.status()).lines())
                    .contains("Run it: mvn dbops:migrate-deploy -DenvFile=.env.local");
            MigrationOutcome failed = shop.deploy();
            assertThat(MigrateFixture.problem(failed).next())
                    .anyMatch(step -> step.endsWith("mvn dbops:resolve -DenvFile=.env.local -DrolledBack=" + HATS));
            assertThat(failed.failure().orElseThrow().problem()).isEqualTo(MigrateFixture.problem(failed));
        }
    }

    @Test
    void passwordIsNeverShown() {
        try (MigrateFixture shop = shop(TestServers.newest())) {
            shop.url("postgresql://somebody:s3cr3t-pw@127.0.0.1:1/shop?connect_timeout=1")
                    .settings(new io.github.dbops.migration.EngineSettings(
                            java.time.Duration.ofSeconds(1), 1, java.time.Duration.ofSeconds(1), 1));
            MigrationOutcome outcome = shop.deploy();

            assertThat(MigrateFixture.codes(outcome)).containsExactly("DBOPS-201");
            assertThat(outcome.toString() + shop.said + shop.report("migrate-deploy-report.json"))
                    .contains("DBOPS-201")
                    .doesNotContain("s3cr3t-pw");
        }
    }

    private static MigrateFixture shop(TestServer server) {
        return new MigrateFixture(server)
                .prisma(INIT, "CREATE TABLE shop (id int);")
                .prisma(SHOES, "CREATE TABLE shoe (id int);\nCREATE INDEX ON shoe (id);\n");
    }
}
