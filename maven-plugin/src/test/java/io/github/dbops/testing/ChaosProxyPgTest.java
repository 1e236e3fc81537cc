package io.github.dbops.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.testing.ChaosProxy.Cut;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChaosProxyPgTest {

    private final TestDatabase database = TestServers.newest().createDatabase("CREATE TABLE t (id int)");
    private final ChaosProxy proxy = new ChaosProxy(database.url());

    @AfterEach
    void close() {
        proxy.close();
        database.close();
    }

    @Test
    void passesEverythingOnWhileNobodyOrdersOtherwise() throws SQLException {
        try (Connection connection = connect()) {
            insertAndCommit(connection, 1);
        }
        assertThat(rows()).isEqualTo(List.of(List.of("1")));
        assertThat(proxy.attempts()).isEqualTo(1);
    }

    @Test
    void cutBeforeForwardingCommitLeavesNothing() throws SQLException {
        try (Connection connection = connect()) {
            proxy.cutAt(Cut.BEFORE_FORWARDING, "COMMIT");
            assertThatConnectionBreaks(() -> insertAndCommit(connection, 1));
        }
        assertThat(proxy.ordersWaiting()).isZero();
        assertThat(rows()).isEmpty();
    }

    @Test
    void cutAfterAnswerToCommitLeavesEverything() throws SQLException {
        try (Connection connection = connect()) {
            proxy.cutAt(Cut.AFTER_ANSWER, "COMMIT");
            assertThatConnectionBreaks(() -> insertAndCommit(connection, 1));
        }
        assertThat(rows()).isEqualTo(List.of(List.of("1")));
    }

    @Test
    void laterExecutionsOfPreparedCommitAreFoundToo() throws SQLException {
        try (Connection connection = connect()) {
            for (int i = 1; i <= 7; i++) {
                insertAndCommit(connection, i);
            }
            proxy.cutAt(Cut.BEFORE_FORWARDING, "COMMIT");
            assertThatConnectionBreaks(() -> insertAndCommit(connection, 8));
        }
        assertThat(rows()).hasSize(7);
    }

    @Test
    void serverGoesOnAfterForwardingWhileClientIsCutOff() throws Exception {
        try (Connection lock = database.connection();
                Connection connection = connect()) {
            lock.createStatement().execute("SELECT pg_advisory_lock(7)");
            proxy.cutAt(Cut.AFTER_FORWARDING, "pg_advisory_lock");
            assertThatConnectionBreaks(() -> connection
                    .createStatement()
                    .execute("INSERT INTO t SELECT 1 FROM (SELECT pg_advisory_lock(7)) AS waiting"));
            while (database.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            lock.createStatement().execute("SELECT pg_advisory_unlock(7)");
            // The other session's lock ends with that session, after its statement.
            lock.createStatement().execute("SELECT pg_advisory_lock(7)");
        }
        assertThat(rows()).isEqualTo(List.of(List.of("1")));
    }

    @Test
    void actionRunsWhileMessageIsHeldBack() throws SQLException {
        try (Connection connection = connect()) {
            List<Integer> rowsBeforeCommit = new ArrayList<>();
            proxy.actBefore("COMMIT", () -> rowsBeforeCommit.add(rows().size()));
            insertAndCommit(connection, 1);
            assertThat(rowsBeforeCommit).containsExactly(0);
        }
        assertThat(rows()).hasSize(1);
    }

    @Test
    void refusesAsManyConnectionsAsOrdered() throws SQLException {
        proxy.refuse(2);
        assertThatConnectionBreaks(this::connect);
        assertThatConnectionBreaks(this::connect);
        connect().close();
        assertThat(proxy.attempts()).isEqualTo(3);
    }

    @Test
    void cutAllEndsOpenConnectionsAndLetsNewOnesIn() throws SQLException {
        try (Connection connection = connect()) {
            proxy.cutAll();
            assertThatConnectionBreaks(() -> insertAndCommit(connection, 1));
        }
        connect().close();
        assertThat(rows()).isEmpty();
    }

    private Connection connect() throws SQLException {
        return TestServer.connect(proxy.url());
    }

    private List<List<String>> rows() {
        return database.query("SELECT id FROM t ORDER BY id");
    }

    private static void insertAndCommit(Connection connection, int id) throws SQLException {
        connection.setAutoCommit(false);
        connection.createStatement().execute("INSERT INTO t VALUES (" + id + ")");
        connection.commit();
    }

    private static void assertThatConnectionBreaks(ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
    }
}
