package io.github.dbops.migration.prisma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.migration.DeployDigest;
import io.github.dbops.migration.History;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every state, produced on a real server. */
class PrismaStatusPgTest {

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

    private void applied() {
        fixture.migration("1", "CREATE TABLE a ();\n")
                .migration("2", "CREATE TABLE b ();\n")
                .deploy();
    }

    @Test
    void statusOfAnEmptyDatabaseListsAllAndMakesNothing() {
        fixture.schema("absent").migration("1", "").file("2/note", new byte[0]).file("3.sql", new byte[0]);
        History history = fixture.status();
        assertThat(history.table()).isEmpty();
        assertThat(history.pending()).extracting(Migration::name).containsExactly("1", "2");
        assertThat(history.find("2").orElseThrow().notes()).containsExactly("Its directory has no migration.sql.");
        assertThat(fixture.column("SELECT to_regnamespace('absent')::text")).containsOnlyNulls();
    }

    @Test
    void missingFolderIsAnEmptyList() {
        fixture.migration("1", "").deploy();
        fixture.remove("1/migration.sql").remove("1").remove("");
        assertThat(fixture.status("1").state()).isEqualTo(MigrationState.MISSING);
    }

    @Test
    void editedFileIsModifiedAndOtherLineEndsAreNot() {
        applied();
        fixture.migration("1", "CREATE TABLE a ();\r\n").migration("2", "CREATE TABLE c ();\n");
        assertThat(fixture.status("1").state()).isEqualTo(MigrationState.APPLIED);
        assertThat(fixture.status("2").state()).isEqualTo(MigrationState.MODIFIED);
        assertThat(fixture.deploy().steps()).isEmpty();
    }

    @Test
    void deletedDirectoryIsMissingAndStandsWhereItWould() {
        applied();
        fixture.migration("3", "").remove("2/migration.sql").remove("2");
        assertThat(fixture.status().migrations())
                .extracting(m -> m.name() + " " + m.state().word())
                .containsExactly("1 applied", "2 missing", "3 pending");
        assertThat(fixture.status("2").file()).isEmpty();
    }

    @Test
    void unfinishedRowIsFailedUnlessSomebodyHoldsTheLock() throws SQLException {
        applied();
        fixture.database.execute(
                "UPDATE _prisma_migrations SET finished_at = NULL, applied_steps_count = 0 WHERE migration_name = '2'");
        assertThat(fixture.status("2").state()).isEqualTo(MigrationState.FAILED);
        assertThat(fixture.status("2").notes()).singleElement().asString().startsWith("It has no error recorded");
        try (Connection other = fixture.database.connection()) {
            other.createStatement().execute("SELECT pg_advisory_lock(72707369)");
            assertThat(fixture.status("2").state()).isEqualTo(MigrationState.RUNNING);
            assertThat(fixture.status("2").notes()).singleElement().asString().startsWith("The lock is held by PID ");
            fixture.database.execute("UPDATE _prisma_migrations SET logs = 'oh' WHERE migration_name = '2'");
            assertThat(fixture.status("2").state()).isEqualTo(MigrationState.FAILED);
        }
    }

    @Test
    void rolledBackIsPendingWhereItIsOnDisk() {
        applied();
        fixture.database.execute("UPDATE _prisma_migrations SET rolled_back_at = now()");
        fixture.remove("2/migration.sql").remove("2");
        assertThat(fixture.status("1").state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(fixture.status().pending()).extracting(Migration::name).containsExactly("1");
        assertThat(fixture.status("2").state()).isEqualTo(MigrationState.ROLLED_BACK);
    }

    @Test
    void failureOutweighsWhatElseIsTrue() {
        applied();
        fixture.database.execute("UPDATE _prisma_migrations SET finished_at = NULL, logs = 'oh'");
        fixture.migration("1", "other").remove("2/migration.sql").remove("2");
        assertThat(fixture.status("1").state()).isEqualTo(MigrationState.FAILED);
        assertThat(fixture.status("1").notes()).containsExactly("Its file has changed since.");
        assertThat(fixture.status("2").state()).isEqualTo(MigrationState.FAILED);
        assertThat(fixture.status("2").notes()).containsExactly("It is no longer on disk.");
    }

    @Test
    void resolvedAsAppliedSaysThatItWasNotRun() {
        fixture.migration("1", "CREATE TABLE a ();").resolve(Action.APPLIED, "1");
        Migration resolved = fixture.status("1");
        assertThat(resolved.state()).isEqualTo(MigrationState.APPLIED);
        assertThat(resolved.notes()).containsExactly("It was recorded as applied by resolve, not run.");
        assertThat(resolved.took()).isEmpty();
        assertThat(resolved.rows().get(0).values())
                .containsEntry("logs", "")
                .containsEntry("applied_steps_count", "0")
                .containsEntry("rolled_back_at", null)
                .containsEntry("finished_at", resolved.at().orElseThrow().toString());
    }

    @Test
    void otherTableOfThatNameIsNoHistory() {
        fixture.database.execute("CREATE TABLE _prisma_migrations (id int, logs text)");
        ProblemException refused = catchThrowableOfType(ProblemException.class, fixture::status);
        assertThat(refused.first().code()).isEqualTo(Code.HISTORY_MALFORMED);
        assertThat(refused.first().why())
                .isEqualTo("It has no column checksum, finished_at, migration_name, rolled_back_at, started_at,"
                        + " applied_steps_count.");
    }

    @Test
    void otherProviderIsRefused() {
        fixture.migration("1", "")
                .file("migration_lock.toml", "# x\nprovider = \"mysql\"\n".getBytes(StandardCharsets.UTF_8));
        assertThat(catchThrowableOfType(ProblemException.class, fixture::status)
                        .first()
                        .code())
                .isEqualTo(Code.PROVIDER_MISMATCH);
        assertThat(catchThrowableOfType(ProblemException.class, fixture::deploy)
                        .first()
                        .code())
                .isEqualTo(Code.PROVIDER_MISMATCH);
        fixture.file("migration_lock.toml", "".getBytes(StandardCharsets.UTF_8));
        assertThat(catchThrowableOfType(ProblemException.class, fixture::status)
                        .first()
                        .why())
                .contains("<PROVIDER NOT FOUND>");
        fixture.file("migration_lock.toml", "provider = \"postgresql\"\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(fixture.status().pending()).hasSize(1);
    }

    @Test
    void schemaWithTablesAndNoHistoryIsRefusedByADeploy() {
        fixture.database.execute("CREATE TABLE t (); CREATE VIEW v AS SELECT 1; CREATE TABLE spatial_ref_sys ()");
        fixture.migration("1_a", "").migration("2_b", "");
        assertThat(fixture.engine().obstacles()).extracting(Problem::code).containsExactly(Code.SCHEMA_NOT_EMPTY);
        ProblemException refused = catchThrowableOfType(ProblemException.class, fixture::deploy);
        assertThat(refused.first().code()).isEqualTo(Code.SCHEMA_NOT_EMPTY);
        assertThat(refused.first().next().get(0)).endsWith("mvn dbops:resolve -Dapplied=1_a,2_b");
        assertThat(fixture.tables()).containsExactly("spatial_ref_sys", "t");
        fixture.database.execute("DROP TABLE t");
        assertThat(fixture.deploy().steps()).hasSize(2);
    }

    @Test
    void orderThatDependsOnTheVersionIsWarnedOfOrRefused() {
        fixture.migration("20240101_a", "").migration("20240101_B", "");
        assertThat(fixture.status().warnings()).singleElement().asString().contains("20240101_B before 20240101_a");
        fixture.migration("20240101_ä", "");
        assertThat(catchThrowableOfType(ProblemException.class, fixture::deploy)
                        .first()
                        .code())
                .isEqualTo(Code.MIGRATION_ORDER_UNCLEAR);
        assertThat(fixture.tables()).isEmpty();
    }

    @Test
    void fileThatIsNotUtf8IsShownAndNotDeployed() {
        fixture.file("1/migration.sql", "SELECT 'ä'".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(fixture.status("1").notes()).containsExactly("Its file is not UTF-8.");
        assertThat(catchThrowableOfType(ProblemException.class, fixture::deploy)
                        .first()
                        .code())
                .isEqualTo(Code.MIGRATION_UNREADABLE);
        assertThat(fixture.tables()).isEmpty();
    }

    @Test
    void digestKnowsTheExecutionAndIsTheSameUnderTheLock() {
        fixture.migration("1", "CREATE TABLE a ();");
        String dry = DeployDigest.of(fixture.status()).hex();
        String[] reviewed = {""};
        fixture.execution(PrismaExecution.FILE);
        assertThat(DeployDigest.of(fixture.status()).hex()).isNotEqualTo(dry);
        fixture.execution(PrismaExecution.AUTO)
                .deploy(history -> reviewed[0] = DeployDigest.of(history).hex());
        assertThat(reviewed[0]).isEqualTo(dry);
    }
}
