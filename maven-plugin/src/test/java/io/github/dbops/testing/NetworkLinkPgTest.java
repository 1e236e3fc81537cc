package io.github.dbops.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.testing.NetworkLink.Speed;
import io.github.dbops.testing.NetworkLink.Traffic;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

@Timeout(60)
class NetworkLinkPgTest {

    private static final Duration FAR = Duration.ofMillis(50);
    private static final int MEGABYTE = 1_000_000;

    private final TestDatabase database = TestServers.newest().createDatabase("CREATE TABLE t (id int)");

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void answerIsOneRoundTripHoweverLongItIs() throws SQLException {
        try (NetworkLink link = new NetworkLink(database.url());
                Connection connection = TestServer.connect(link.url())) {
            Traffic before = link.traffic();
            assertThat(rows(connection, "SELECT repeat('x', 100) FROM generate_series(1, 20000)"))
                    .isEqualTo(20_000);
            Traffic passed = link.traffic().since(before);
            assertThat(passed.roundTrips()).isEqualTo(1);
            assertThat(passed.received()).isBetween(2L * MEGABYTE, 3L * MEGABYTE);
            assertThat(passed.sent()).isLessThan(300);
            assertThat(passed.connections()).isZero();
            assertThat(link.traffic().connections()).isEqualTo(1);
        }
    }

    @Test
    void copyIntoATableIsTwoRoundTripsHoweverLongItIs() throws Exception {
        try (NetworkLink link = new NetworkLink(database.url());
                Connection connection = TestServer.connect(link.url())) {
            Traffic before = link.traffic();
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY t FROM STDIN");
            byte[] line = "1234567\n".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < MEGABYTE / 8; i++) {
                copy.writeToCopy(line, 0, line.length);
            }
            assertThat(copy.endCopy()).isEqualTo(MEGABYTE / 8);
            Traffic passed = link.traffic().since(before);
            assertThat(passed.roundTrips()).isEqualTo(2);
            assertThat(passed.sent()).isGreaterThan(MEGABYTE);
        }
    }

    @Test
    void farServerAnswersLate() throws SQLException {
        try (NetworkLink link = new NetworkLink(database.url(), new Speed(FAR, Long.MAX_VALUE));
                Connection connection = TestServer.connect(link.url())) {
            long began = System.nanoTime();
            rows(connection, "SELECT 1");
            rows(connection, "SELECT 1");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(FAR.multipliedBy(2));
        }
    }

    @Test
    void narrowLinkTakesItsTime() throws SQLException {
        try (NetworkLink link = new NetworkLink(database.url(), new Speed(Duration.ZERO, 10L * MEGABYTE));
                Connection connection = TestServer.connect(link.url())) {
            long began = System.nanoTime();
            rows(connection, "SELECT repeat('x', 100) FROM generate_series(1, 20000)");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(200));
        }
    }

    @Test
    void endOfTheServersSessionReachesTheClient() throws SQLException {
        try (NetworkLink link = new NetworkLink(database.url(), new Speed(FAR, Long.MAX_VALUE));
                Connection connection = TestServer.connect(link.url())) {
            assertThatThrownBy(() -> rows(connection, "SELECT pg_terminate_backend(pg_backend_pid())"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
        }
    }

    private static int rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int rows = 0;
            while (result.next()) {
                rows++;
            }
            return rows;
        }
    }
}
