package io.github.dbops.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.testing.LocalBinaries;
import io.github.dbops.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EmbeddedServersPgTest {

    /** Where {@link #KEPT} is built once; tests that need a server and nothing in it start it again. */
    @TempDir
    private static Path shared;

    private static final DatabaseUrl.Embedded KEPT = url("kept");

    @TempDir
    private Path project;

    private final List<String> told = new ArrayList<>();
    private final EmbeddedServers servers = new EmbeddedServers(new LocalBinaries(), told::add, Duration.ZERO);

    @Test
    void buildsByScriptsThenKeepsDataOverRuns() throws Exception {
        write("db/schema.sql", "CREATE TABLE t (id int);");
        try (EmbeddedServer server = servers.start(url("local", "db/schema.sql"), project)) {
            execute(server, "INSERT INTO t VALUES (1)");
            assertThat(query(server, "SHOW fsync")).isEqualTo("on");
            assertThat(query(server, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(server, "SELECT current_database()")).isEqualTo("local");
        }
        try (EmbeddedServer server = servers.start(url("local", "db/schema.sql"), project)) {
            assertThat(query(server, "SELECT count(*) FROM t")).isEqualTo("1");
        }
        assertThat(told).containsExactly("Building embedded:local on PostgreSQL 18 from db/schema.sql.");
        assertThat(project.resolve(".dbops/.gitignore")).hasContent("*");
    }

    @Test
    void portIsNoneThatASystemGivesToConnections() throws Exception {
        try (EmbeddedServer server = servers.start(KEPT, shared)) {
            assertThat(server.url().hosts().get(0).port()).isLessThanOrEqualTo(LoopbackPort.LAST);
        }
    }

    @Test
    void rebuildsWhenScriptVersionOrSchemaChanges() throws Exception {
        write("a.sql", "CREATE SCHEMA app; CREATE TABLE app.t AS SELECT 1 AS id");
        DatabaseUrl.Embedded url = url("local", "a.sql");
        try (EmbeddedServer server = servers.start(url, project)) {
            execute(server, "DELETE FROM app.t");
        }
        write("a.sql", "CREATE SCHEMA app; CREATE TABLE app.t AS SELECT 2 AS id");
        try (EmbeddedServer server = servers.start(url, project)) {
            assertThat(query(server, "SELECT id FROM app.t")).isEqualTo("2");
        }
        DatabaseUrl.Embedded older = new DatabaseUrl.Embedded("local", Optional.of(14), List.of("a.sql"), "app");
        try (EmbeddedServer server = servers.start(older, project)) {
            assertThat(query(server, "SHOW server_version")).startsWith("14.");
            assertThat(query(server, "SELECT id FROM app.t")).isEqualTo("2");
            assertThat(server.url().schema()).isEqualTo("app");
        }
        assertThat(told).hasSize(3);
    }

    @Test
    void runsListedScriptsInOrderAndFoldersByPath() throws Exception {
        write("first.sql", "CREATE TABLE ran (n serial, script text)");
        write("db/b.sql", "INSERT INTO ran (script) VALUES ('db/b')");
        write("db/a/z.sql", "INSERT INTO ran (script) VALUES ('db/a/z')");
        write("db/a/README.md", "not SQL");
        write("db/c/1.sql", "INSERT INTO ran (script) VALUES ('db/c/1')");
        write("last.sql", "INSERT INTO ran (script) VALUES ('last')");
        try (EmbeddedServer server = servers.start(url("local", "first.sql", "db/", "last.sql"), project)) {
            assertThat(query(server, "SELECT string_agg(script, ' ' ORDER BY n) FROM ran"))
                    .isEqualTo("db/a/z db/b db/c/1 last");
        }
    }

    @Test
    void failingScriptIsToldWithItsLineAndNextRunBuildsAnew() throws Exception {
        write("a.sql", """
                CREATE TABLE t (id int PRIMARY KEY);
                INSERT INTO t VALUES (1);

                INSERT INTO t
                VALUES ('secret-row');
                """);
        DatabaseUrl.Embedded url = url("local", "a.sql");
        assertThatProblem(() -> servers.start(url, project).close(), Code.EMBEDDED_INIT_FAILED)
                .satisfies(e -> {
                    assertThat(e.first().where()).isEqualTo("a.sql:5");
                    assertThat(e.first().why()).contains("invalid input syntax for type integer");
                    assertThat(e.first().state()).contains("not built");
                });
        assertThat(Postmaster.of(data(project, "local"))).isEmpty();
        write("a.sql", "CREATE TABLE t (id int PRIMARY KEY)");
        try (EmbeddedServer server = servers.start(url, project)) {
            assertThat(query(server, "SELECT count(*) FROM t")).isEqualTo("0");
        }
    }

    @Test
    void twoNamesAreTwoServersAtOnce() throws Exception {
        write("other.sql", "CREATE TABLE other ()");
        try (EmbeddedServer kept = servers.start(KEPT, shared);
                EmbeddedServer other = servers.start(url("other", "other.sql"), project)) {
            assertThat(kept.url().hosts()).isNotEqualTo(other.url().hosts());
            assertThat(query(kept, "SELECT to_regclass('other') IS NULL")).isEqualTo("t");
            assertThat(query(other, "SELECT to_regclass('other') IS NULL")).isEqualTo("f");
        }
    }

    @Test
    void strangersOnTheMachineNeedThePassword() throws Exception {
        try (EmbeddedServer server = servers.start(KEPT, shared)) {
            DatabaseUrl.Server own = server.url();
            DatabaseUrl.Server without = new DatabaseUrl.Server(
                    own.hosts(), own.database(), own.user(), null, null, own.properties(), false, List.of());
            assertThatThrownBy(() -> TestServer.connect(without)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void closeLeavesNoProcessAndMayBeRepeated() {
        EmbeddedServer server = servers.start(KEPT, shared);
        ProcessHandle postmaster =
                Postmaster.of(data(shared, "kept")).orElseThrow().process();
        assertThat(postmaster.isAlive()).isTrue();
        server.close();
        server.close();
        assertThat(postmaster.isAlive()).isFalse();
        assertThat(Postmaster.of(data(shared, "kept"))).isEmpty();
    }

    @Test
    void serverInUseIsRefusedUntilItIsFree() {
        try (EmbeddedServer running = servers.start(KEPT, shared)) {
            assertThatProblem(() -> servers.start(KEPT, shared).close(), Code.EMBEDDED_UNAVAILABLE);
            assertThat(running.url().database()).isEqualTo("kept");
        }
        servers.start(KEPT, shared).close();
    }

    @Test
    void buildThatWasInterruptedIsDoneAgain() throws Exception {
        try (EmbeddedServer server = servers.start(KEPT, shared)) {
            execute(server, "CREATE TABLE IF NOT EXISTS left_over ()");
        }
        // What an interrupted build leaves: data, but not the file that is written last.
        Files.delete(shared.resolve(".dbops/embedded/kept/built"));
        try (EmbeddedServer server = servers.start(KEPT, shared)) {
            assertThat(query(server, "SELECT to_regclass('left_over') IS NULL")).isEqualTo("t");
        }
    }

    @Test
    void postmasterThatOutlivedItsProcessIsStoppedAndItsCommitsKept() throws Exception {
        write("a.sql", "CREATE TABLE t ()");
        DatabaseUrl.Embedded url = url("local", "a.sql");
        // As the process would that is killed later on: it starts a server and never closes it.
        ProcessHandle orphan = KilledProcess.startServer(project, url);
        assertThat(orphan.isAlive()).isTrue();
        try (EmbeddedServer server = servers.start(url, project)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(query(server, "SELECT count(*) FROM t")).isEqualTo("1");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void processThatMerelyGotTheNumberIsLeftAlone() throws Exception {
        servers.start(KEPT, shared).close();
        Files.write(
                data(shared, "kept").resolve("postmaster.pid"),
                List.of(
                        Long.toString(ProcessHandle.current().pid()),
                        data(shared, "kept").toString(),
                        "1",
                        "5432"));
        assertThat(Postmaster.of(data(shared, "kept"))).isEmpty();
        Postmaster.forgetOther(data(shared, "kept"));
        assertThat(data(shared, "kept").resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void missingScriptIsToldBeforeAnythingStarts() {
        assertThatProblem(() -> servers.start(url("local", "db/none.sql"), project), Code.EMBEDDED_INIT_FAILED)
                .satisfies(e -> assertThat(e.first().where()).isEqualTo("db/none.sql"));
        assertThat(data(project, "local")).doesNotExist();
    }

    @Test
    void nameThatLeavesItsFolderIsRefused() {
        assertThatProblem(() -> servers.start(url("../x"), project), Code.URL_MALFORMED);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ProblemException> assertThatProblem(
            ThrowingCallable work, Code code) {
        return assertThatThrownBy(work)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.throwable(ProblemException.class))
                .satisfies(e -> assertThat(e.first().code()).isEqualTo(code));
    }

    private static DatabaseUrl.Embedded url(String name, String... init) {
        return new DatabaseUrl.Embedded(name, Optional.empty(), List.of(init), null);
    }

    private static Path data(Path project, String name) {
        return project.resolve(".dbops/embedded").resolve(name).resolve("data");
    }

    private void write(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static void execute(EmbeddedServer server, String sql) throws SQLException {
        try (Connection connection = TestServer.connect(server.url())) {
            connection.createStatement().execute(sql);
        }
    }

    private static String query(EmbeddedServer server, String sql) throws SQLException {
        try (Connection connection = TestServer.connect(server.url());
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
