package io.github.dbops.migration.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.Deployment.Step;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.MigrationFailure.Left;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failure is an outcome: which statement, why, what is left, and what leads out. */
class PrismaFailurePgTest {

    @TempDir
    private Path folder;

    private PrismaFixture fixture;

    @BeforeEach
    void situation() {
        fixture = new PrismaFixture(TestServers.newest(), folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private MigrationFailure fail(String sql) {
        return fixture.migration("1", sql).deploy().failure().orElseThrow();
    }

    @PostgresTest
    void failedFileLeavesNothingAndIsToldWithItsLine(TestServer server) {
        try (PrismaFixture here = new PrismaFixture(server, folder)) {
            here.migration("1_ok", "CREATE TABLE kept ();")
                    .migration("2_bad", """
                            CREATE TABLE gone (id int PRIMARY KEY);
                            SELECT 'returns a row';

                            -- twice
                            INSERT INTO gone
                            VALUES (1), (1);
                            CREATE TABLE never ();
                            """)
                    .migration("3_later", "CREATE TABLE later ();");
            Deployment deployment = here.deploy();
            assertThat(deployment.steps()).extracting(Step::migration).containsExactly("1_ok");
            MigrationFailure failure = deployment.failure().orElseThrow();
            assertThat(failure.migration()).isEqualTo("2_bad");
            assertThat(failure.place()).contains("prisma/migrations/2_bad/migration.sql:5");
            assertThat(failure.statement()).contains("INSERT INTO gone\nVALUES (1), (1)");
            assertThat(failure.sqlState()).contains("23505");
            assertThat(failure.message()).contains("gone_pkey");
            assertThat(failure.detail()).contains("Key (id)=(1) already exists.");
            assertThat(failure.left()).isEqualTo(Left.NOTHING);
            assertThat(failure.problem().code()).isEqualTo(Code.MIGRATION_FAILED);
            assertThat(failure.problem().next())
                    .contains(
                            "Mend the file, then: mvn dbops:resolve -DrolledBack=2_bad",
                            "Or bring about by hand what it should do, then: mvn dbops:resolve -Dapplied=2_bad");
            assertThat(here.tables()).containsExactly("_prisma_migrations", "kept");
            assertThat(here.rows()).containsExactly("1_ok finished 1", "2_bad unfinished logs 0");
            assertThat(here.column("SELECT logs FROM _prisma_migrations WHERE logs IS NOT NULL"))
                    .singleElement()
                    .asString()
                    .startsWith("A migration failed to apply. New migrations cannot be applied")
                    .contains("Migration name: 2_bad\n\nDatabase error code: 23505\n\nDatabase error:\nERROR: dup");
            assertThat(here.status("2_bad").state()).isEqualTo(MigrationState.FAILED);
        }
    }

    @Test
    void nothingIsDeployedAfterAFailureUntilItIsResolved() {
        fail("CREATE TABLE a (; ");
        ProblemException refused = Assertions.catchThrowableOfType(
                ProblemException.class,
                () -> fixture.deploy(history -> {
                    throw new AssertionError("reviewed");
                }));
        assertThat(refused.first().code()).isEqualTo(Code.HISTORY_HAS_FAILED);
        assertThat(refused.first().next())
                .contains(
                        "If nothing of 1 is in the database: mvn dbops:resolve -DrolledBack=1",
                        "If all of it is: mvn dbops:resolve -Dapplied=1");
        fixture.resolve(Action.ROLLED_BACK, "1");
        fixture.migration("1", "CREATE TABLE a ();");
        assertThat(fixture.deploy().failure()).isEmpty();
        assertThat(fixture.rows()).containsExactly("1 unfinished rolled-back logs 0", "1 finished 1");
        assertThat(fixture.status("1").state()).isEqualTo(MigrationState.APPLIED);
        assertThat(fixture.status("1").notes()).containsExactly("1 run of it was rolled back.");
    }

    @Test
    void positionOfTheServerNamesTheLine() {
        MigrationFailure failure = fail("CREATE TABLE a ();\nSELECT '\uD83D\uDE00',\n  nothing;");
        assertThat(failure.place()).contains("prisma/migrations/1/migration.sql:3");
        assertThat(failure.sqlState()).contains("42703");
        assertThat(failure.statement().orElseThrow()).startsWith("SELECT");
    }

    @Test
    void statementByStatementLeavesWhatWasDoneBefore() {
        fixture.execution(PrismaExecution.STATEMENT);
        MigrationFailure failure = fail("CREATE TABLE a ();\nCREATE TABLE b ();\n\nCREATE TABLE a ();\nSELECT 1;");
        assertThat(failure.left()).isEqualTo(Left.A_PART);
        assertThat(failure.place()).contains("prisma/migrations/1/migration.sql:4");
        assertThat(failure.problem().state())
                .startsWith("The statements up to line 2 (2 of 4) are committed, those after it are not.");
        assertThat(fixture.tables()).containsExactly("_prisma_migrations", "a", "b");
        assertThat(fixture.rows()).containsExactly("1 unfinished logs 0");
    }

    @Test
    void ownTransactionsLeaveWhatTheyCommitted() {
        MigrationFailure failure = fail("BEGIN; CREATE TABLE a (); COMMIT;\nCREATE TABLE b ();\nCREATE TABLE a ();");
        assertThat(failure.left()).isEqualTo(Left.A_PART);
        assertThat(failure.place()).contains("prisma/migrations/1/migration.sql:3");
        assertThat(fixture.tables()).containsExactly("_prisma_migrations", "a");
    }

    @Test
    void transactionLeftOpenIsAFailure() {
        MigrationFailure failure = fail("BEGIN;\nCREATE TABLE a ();");
        assertThat(failure.message()).isEqualTo("the script begins a transaction and does not end it");
        assertThat(failure.left()).isEqualTo(Left.NOTHING);
        assertThat(fixture.tables()).containsExactly("_prisma_migrations");
        assertThat(fixture.rows()).containsExactly("1 unfinished logs 0");
    }

    @Test
    void fileModeDoesNotTakeAMixedFileApart() {
        fixture.execution(PrismaExecution.FILE);
        MigrationFailure failure = fail("CREATE TABLE a (i int);\nCREATE INDEX CONCURRENTLY x ON a (i);");
        assertThat(failure.sqlState()).contains("25001");
        assertThat(failure.left()).isEqualTo(Left.NOTHING);
        assertThat(failure.problem().next())
                .contains("To run it statement by statement, write above its first line: -- dbops:execution statement");
        assertThat(fixture.tables()).containsExactly("_prisma_migrations");
    }

    @Test
    void failedConcurrentlyNamesItsInvalidIndex() {
        fixture.database.execute("CREATE TABLE t (i int); INSERT INTO t VALUES (1), (1)");
        fixture.database.execute("CREATE SCHEMA app");
        fixture.schema("app");
        MigrationFailure failure = fail("CREATE UNIQUE INDEX CONCURRENTLY \"Odd\" ON public.t (i);");
        assertThat(failure.sqlState()).contains("23505");
        assertThat(failure.left()).isEqualTo(Left.A_PART);
        assertThat(failure.problem().next())
                .startsWith("Drop the invalid index: DROP INDEX CONCURRENTLY public.\"Odd\";");
    }

    @Test
    void constraintThatIsCheckedAtTheEndFailsTheMigration() {
        MigrationFailure failure = fail("""
                CREATE TABLE p (id int PRIMARY KEY);
                CREATE TABLE c (id int REFERENCES p DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO c VALUES (1);
                """);
        assertThat(failure.sqlState()).contains("23503");
        assertThat(failure.left()).isEqualTo(Left.NOTHING);
        assertThat(failure.place()).isEmpty();
        assertThat(fixture.rows()).containsExactly("1 unfinished logs 0");
    }

    @Test
    void byteOrderMarkIsExplained() {
        MigrationFailure failure = fail("\uFEFFCREATE TABLE a ();");
        assertThat(failure.sqlState()).contains("42601");
        assertThat(failure.problem().why()).contains("byte order mark (BOM");
    }

    @Test
    void copyFromStdinIsExplained() {
        MigrationFailure failure = fail("CREATE TABLE a (i int);\nCOPY a FROM stdin;\n");
        assertThat(failure.problem().why()).contains("Line 2 is COPY FROM STDIN");
        assertThat(failure.place()).contains("prisma/migrations/1/migration.sql:2");
        assertThat(fixture.tables()).containsExactly("_prisma_migrations");
    }

    @Test
    void psqlCommandIsExplained() {
        MigrationFailure failure = fail("CREATE TABLE a ();\n\\connect other\n");
        assertThat(failure.sqlState()).contains("42601");
        assertThat(failure.problem().why()).contains("Line 2 has \\connect, a command of psql");
    }

    @Test
    void migrationThatCannotBeRecordedIsNotBegun() {
        fixture.migration("1", "CREATE TABLE a (); ALTER TABLE _prisma_migrations ADD CHECK (migration_name <> '2');")
                .migration("2", "CREATE TABLE b ();");
        Deployment deployment = fixture.deploy();
        assertThat(deployment.steps()).extracting(Step::migration).containsExactly("1");
        MigrationFailure failure = deployment.failure().orElseThrow();
        assertThat(failure.message()).contains("violates check constraint");
        assertThat(failure.left()).isEqualTo(Left.NOTHING);
        assertThat(fixture.rows()).containsExactly("1 finished 1");
        assertThat(fixture.tables()).containsExactly("_prisma_migrations", "a");
    }
}
