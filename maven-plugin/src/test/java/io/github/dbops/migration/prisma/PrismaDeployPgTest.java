package io.github.dbops.migration.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.Deployment.Manner;
import io.github.dbops.migration.Deployment.Step;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrismaDeployPgTest {

    @TempDir
    private Path folder;

    private PrismaFixture fixture;

    @BeforeEach
    void situation() {
        fixture = new PrismaFixture(TestServers.newest(), folder);
    }

    private PrismaFixture on(TestServer server, String... setup) {
        if (server != fixture.database.server()) {
            fixture.close();
            fixture = new PrismaFixture(server, folder);
        }
        List.of(setup).forEach(fixture.database::execute);
        return fixture;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @PostgresTest
    void freshDeployRunsAllInOrderAndLeavesPrismasRows(TestServer server) {
        on(server)
                .migration("20240102_b", "CREATE TABLE b (id int REFERENCES a);")
                .migration("20240101_a", "CREATE TABLE a (id int PRIMARY KEY); SELECT 1;\nINSERT INTO a VALUES (1);");
        Deployment deployment = fixture.deploy();
        assertThat(deployment.failure()).isEmpty();
        assertThat(deployment.steps()).extracting(Step::migration).containsExactly("20240101_a", "20240102_b");
        assertThat(deployment.steps()).extracting(Step::manner).containsOnly(Manner.TRANSACTION);
        assertThat(fixture.rows()).containsExactly("20240101_a finished 1", "20240102_b finished 1");
        assertThat(fixture.tables()).containsExactly("_prisma_migrations", "a", "b");
        assertThat(fixture.status().migrations()).allSatisfy(m -> {
            assertThat(m.state()).isEqualTo(MigrationState.APPLIED);
            assertThat(m.notes()).isEmpty();
            assertThat(m.took()).isPresent();
            assertThat(m.recordedChecksum()).isEqualTo(m.fileChecksum());
        });
        assertThat(fixture.deploy().steps()).isEmpty();
        assertThat(fixture.column("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 72707369"))
                .containsExactly("0");
    }

    @Test
    void tableIsMadeExactlyAsPrismaMakesIt() {
        on(TestServers.newest()).deploy();
        assertThat(fixture.database.query("""
                SELECT column_name, data_type, character_maximum_length, is_nullable, column_default
                FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position
                """))
                .extracting(row ->
                        String.join(" ", row.stream().map(String::valueOf).toList()))
                .containsExactly(
                        "id character varying 36 NO null",
                        "checksum character varying 64 NO null",
                        "finished_at timestamp with time zone null YES null",
                        "migration_name character varying 255 NO null",
                        "logs text null YES null",
                        "rolled_back_at timestamp with time zone null YES null",
                        "started_at timestamp with time zone null NO now()",
                        "applied_steps_count integer null NO 0");
    }

    @Test
    void schemaOfTheUrlIsMadeAndIsTheWholeSearchPath() {
        on(TestServers.newest(), "CREATE TABLE public.other ()").schema("App x");
        fixture.migration("1", "CREATE TABLE a AS SELECT current_setting('search_path') AS path");
        assertThat(fixture.deploy().failure()).isEmpty();
        assertThat(fixture.column("SELECT path FROM \"App x\".a")).containsExactly("\"App x\"");
        assertThat(fixture.status().table()).contains("App x._prisma_migrations");
    }

    @Test
    void concurrentlyAloneIsSentByItself() {
        on(TestServers.newest(), "CREATE SCHEMA s; CREATE TABLE s.t (a int)")
                .migration("1", "-- a comment\nCREATE INDEX CONCURRENTLY i ON s.t (a);");
        Deployment deployment = fixture.deploy();
        assertThat(deployment.failure()).isEmpty();
        assertThat(deployment.steps().get(0).manner()).isEqualTo(Manner.STATEMENTS);
        assertThat(deployment.steps().get(0).notes()).singleElement().asString().contains("CREATE INDEX CONCURRENTLY");
        assertThat(fixture.rows()).containsExactly("1 finished 1");
    }

    @Test
    void autoRunsMixedFileStatementByStatementAfterTheRollback() {
        on(TestServers.newest())
                .migration(
                        "1",
                        "CREATE TABLE t (a int);\nCREATE INDEX CONCURRENTLY i ON t (a);\nINSERT INTO t VALUES (1);");
        Deployment deployment = fixture.deploy();
        assertThat(deployment.failure()).isEmpty();
        assertThat(deployment.steps().get(0).manner()).isEqualTo(Manner.STATEMENTS);
        assertThat(fixture.column("SELECT count(*) FROM t")).containsExactly("1");
        assertThat(fixture.rows()).containsExactly("1 finished 1");
    }

    @Test
    void newEnumValueCanBeUsedAtOnce() {
        on(TestServers.newest(), "CREATE TYPE color AS ENUM ('red')")
                .migration("1", "ALTER TYPE color ADD VALUE 'blue'; CREATE TABLE t AS SELECT 'blue'::color AS c;");
        assertThat(fixture.deploy().failure()).isEmpty();
        assertThat(fixture.column("SELECT c FROM t")).containsExactly("blue");
    }

    @Test
    void headerDecidesForItsFile() {
        on(TestServers.newest())
                .migration("1", "-- why\n-- dbops:execution statement\nCREATE TABLE a (); CREATE TABLE b ();");
        assertThat(fixture.deploy().steps().get(0).manner()).isEqualTo(Manner.STATEMENTS);
        assertThat(fixture.tables()).containsExactly("_prisma_migrations", "a", "b");
    }

    @Test
    void fileWithItsOwnTransactionIsSentAsItIs() {
        on(TestServers.newest())
                .migration("1", "BEGIN;\nCREATE TABLE a ();\nCOMMIT;\nCREATE TABLE b ();")
                .migration("2", "CREATE TABLE c ();");
        Deployment deployment = fixture.deploy();
        assertThat(deployment.steps()).extracting(Step::manner).containsExactly(Manner.OWN, Manner.TRANSACTION);
        assertThat(fixture.rows()).containsExactly("1 finished 1", "2 finished 1");
        assertThat(fixture.tables()).containsExactly("_prisma_migrations", "a", "b", "c");
    }

    @Test
    void whatOneScriptSetsIsNoneOfTheNextOnes() {
        on(TestServers.newest(), "DROP ROLE IF EXISTS prisma_other; CREATE ROLE prisma_other")
                .migration("1", """
                        SET search_path = ''; SET ROLE prisma_other; SET lock_timeout = '9min'; SET standard_conforming_strings = off;
                        SELECT pg_catalog.set_config('statement_timeout', '9min', false);
                        """)
                .migration(
                        "2",
                        "CREATE TABLE t AS SELECT current_user::text AS who, current_setting('search_path') AS path,"
                                + " current_setting('standard_conforming_strings') AS strings,"
                                + " current_setting('statement_timeout') AS time;");
        assertThat(fixture.deploy().failure()).isEmpty();
        assertThat(fixture.database.query("SELECT * FROM t"))
                .containsExactly(List.of("postgres", "\"$user\", public", "on", "0"));
    }

    @Test
    void scriptMayChooseItsIsolationLevelAndResetEverything() {
        on(TestServers.newest())
                .migration(
                        "1",
                        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; CREATE TABLE t AS SELECT current_setting('transaction_isolation') AS i;")
                .migration("2", "CREATE TABLE u (); RESET ALL;");
        Deployment deployment = fixture.deploy();
        assertThat(deployment.failure()).isEmpty();
        assertThat(deployment.steps()).extracting(Step::manner).containsOnly(Manner.TRANSACTION);
        assertThat(fixture.column("SELECT i FROM t")).containsExactly("serializable");
    }

    @Test
    void emptyAndCommentOnlyFilesAreApplied() {
        on(TestServers.newest())
                .migration("1", "")
                .migration("2", "-- nothing\n")
                .migration("3", "  \n")
                .migration("4", "-- dbops:execution statement\n");
        assertThat(fixture.deploy().failure()).isEmpty();
        assertThat(fixture.rows()).containsExactly("1 finished 1", "2 finished 1", "3 finished 1", "4 finished 1");
    }

    @Test
    void olderMigrationIsRunLateAndSaysSo() {
        on(TestServers.newest()).migration("2", "CREATE TABLE b ();");
        fixture.deploy();
        fixture.migration("1", "CREATE TABLE a ();");
        fixture.deploy();
        assertThat(fixture.rows()).containsExactly("2 finished 1", "1 finished 1");
        assertThat(fixture.status("1").state()).isEqualTo(MigrationState.OUT_OF_ORDER);
        assertThat(fixture.status("2").state()).isEqualTo(MigrationState.APPLIED);
    }

    @Test
    void timeZoneIsTheServersNotTheMachines() {
        on(TestServers.newest());
        fixture.database.execute("ALTER DATABASE " + fixture.database.name() + " SET TimeZone = 'Asia/Tokyo'");
        fixture.migration("1", "CREATE TABLE t AS SELECT current_setting('TimeZone') AS zone;");
        fixture.deploy();
        assertThat(fixture.column("SELECT zone FROM t")).containsExactly("Asia/Tokyo");
    }

    @Test
    void directoryWithoutFileStopsAfterWhatComesBefore() {
        on(TestServers.newest())
                .migration("1", "CREATE TABLE a ();")
                .file("2/readme.md", "".getBytes(StandardCharsets.UTF_8))
                .migration("3", "CREATE TABLE c ();");
        Deployment deployment = fixture.deploy();
        assertThat(deployment.steps()).extracting(Step::migration).containsExactly("1");
        assertThat(deployment.failure().orElseThrow().problem().code().id()).isEqualTo("DBOPS-307");
        assertThat(fixture.rows()).containsExactly("1 finished 1");
    }

    @Test
    void roleThatMayOnlyCreateDeploys() {
        String role = "deployer_" + fixture.database.name();
        fixture.database.execute("CREATE ROLE " + role + " LOGIN; GRANT CREATE ON SCHEMA public TO " + role);
        fixture.url(fixture.database.server().url(fixture.database.name(), role, null))
                .migration("1", "CREATE TABLE a AS SELECT current_user AS who;");
        assertThat(fixture.deploy().failure()).isEmpty();
        assertThat(fixture.column("SELECT who FROM a")).containsExactly(role);
        assertThat(fixture.rows()).containsExactly("1 finished 1");
        fixture.database.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
    }
}
