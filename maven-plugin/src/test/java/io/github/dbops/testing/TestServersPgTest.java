package io.github.dbops.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestServersPgTest {

    @PostgresTest
    void serverRunsTheVersionItIsNamedFor(TestServer server) {
        try (TestDatabase database = server.createDatabase()) {
            assertThat(database.query("SELECT current_setting('server_version_num')::int / 10000"))
                    .isEqualTo(List.of(List.of(Integer.toString(server.majorVersion()))));
            assertThat(database.query("SHOW track_counts")).isEqualTo(List.of(List.of("on")));
        }
    }

    @PostgresTest
    void databaseIsFreshAndGoneWhenClosed(TestServer server) throws SQLException {
        TestDatabase database = server.createDatabase("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1), (NULL)");
        try (Connection open = database.connection()) {
            assertThat(open.isValid(5)).isTrue();
            assertThat(database.query("SELECT id FROM t ORDER BY id").get(0)).containsExactly("1");
            assertThat(database.query("SELECT id FROM t ORDER BY id").get(1)).containsOnlyNulls();
            try (TestDatabase other = server.createDatabase()) {
                assertThat(other.query("SELECT to_regclass('t') IS NULL")).isEqualTo(List.of(List.of("t")));
            }
            database.close();
            assertThat(open.isValid(5)).isFalse();
        }
        assertThatThrownBy(database::connection).hasMessageContaining("does not exist");
    }

    @Test
    void everyVersionHasOneSharedServer() {
        assertThat(TestServers.all()).first().isSameAs(TestServers.oldest());
        assertThat(TestServers.all()).last().isSameAs(TestServers.newest());
        assertThat(TestServers.oldest())
                .isSameAs(TestServers.shared(TestServers.versions().get(0)));
        assertThatThrownBy(() -> TestServers.oldest().killHard()).isInstanceOf(IllegalStateException.class);
        TestServers.oldest().close();
        assertThat(TestServers.oldest().url().database()).isEqualTo("postgres");
    }

    @Test
    void commitOnAnOwnServerSurvivesKillAndRestart() throws SQLException {
        try (TestServer server = TestServers.startOwn()) {
            TestDatabase database = server.createDatabase("CREATE TABLE t (id int)");
            try (Connection connection = database.connection()) {
                connection.createStatement().execute("INSERT INTO t VALUES (1)");
                server.killHard();
                assertThatThrownBy(() -> connection.createStatement().execute("INSERT INTO t VALUES (2)"))
                        .isInstanceOf(SQLException.class);
            }
            server.restart();
            assertThat(database.query("SELECT id FROM t")).isEqualTo(List.of(List.of("1")));
            server.restart();
            assertThat(database.query("SELECT id FROM t")).isEqualTo(List.of(List.of("1")));
        }
    }
}
