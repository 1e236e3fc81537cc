package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application that locks rows in the other order than an apply does. */
class SyncDeadlockPgTest {

    private static final String SCHEMA = """
            CREATE TABLE a (k text PRIMARY KEY, v text);
            CREATE TABLE b (k text PRIMARY KEY, v text);
            INSERT INTO a VALUES ('1', 'old');
            INSERT INTO b VALUES ('1', 'old');
            """;

    @Test
    @Timeout(60)
    void aDeadlockIsRetriedFromTheComparisonOn() throws Exception {
        try (SyncFixture fixture = new SyncFixture(TestServers.newest(), TestServers.newest(), SCHEMA);
                Connection application = fixture.target.connection();
                Statement statement = application.createStatement()) {
            fixture.source.execute("UPDATE a SET v = 'new'; UPDATE b SET v = 'new'");
            fixture.plan("""
                    {"defaults": {"mode": "upsert", "onConflict": "local_wins"},
                     "tables": [{"name": "a", "key": ["k"]}, {"name": "b", "key": ["k"]}]}
                    """).lockTimeout(Duration.ofSeconds(20), 5);
            fixture.dryRun();
            application.setAutoCommit(false);
            // The apply's own check comes first, so that the apply is the one that loses.
            statement.execute("SET deadlock_timeout = '50s'");
            statement.execute("SELECT FROM b FOR UPDATE");
            CompletableFuture<SyncOutcome> apply = CompletableFuture.supplyAsync(fixture::apply);
            awaitWaitingApply(fixture);
            statement.execute("SELECT FROM a FOR UPDATE");
            application.commit();

            SyncOutcome outcome = apply.get(30, TimeUnit.SECONDS);
            assertThat(outcome.problems()).isEmpty();
            assertThat(outcome.result()).isEqualTo(SyncOutcome.Result.APPLIED);
            assertThat(fixture.said).anyMatch(line -> line.contains("deadlock detected"));
            assertThat(fixture.target.query("SELECT a.v, b.v FROM a JOIN b USING (k)"))
                    .isEqualTo(List.of(List.of("new", "new")));
        }
    }

    // The apply has written a and waits for the row of b.
    private static void awaitWaitingApply(SyncFixture fixture) throws SQLException {
        try (Connection observer = fixture.target.connection();
                Statement statement = observer.createStatement()) {
            boolean waiting = false;
            while (!waiting) {
                try (var row = statement.executeQuery("""
                        SELECT EXISTS (
                            SELECT FROM pg_stat_activity
                            WHERE datname = current_database() AND application_name = 'dbops/sync'
                              AND wait_event_type = 'Lock' AND query LIKE 'UPDATE%')
                        """)) {
                    row.next();
                    waiting = row.getBoolean(1);
                }
            }
        }
    }
}
