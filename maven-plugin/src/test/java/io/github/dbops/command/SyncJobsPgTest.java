package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.SyncOutcome.Result;
import io.github.dbops.testing.NetworkLink.Speed;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several tables read at once: as many sessions as dbops.jobs allows, and the same result. */
@Timeout(120)
class SyncJobsPgTest {

    /** From here on a table is worth a session of its own. */
    private static final int LARGE = 10_000;

    private final TestServer server = TestServers.newest();

    private static List<Integer> connections(SyncFixture fixture, int jobs) {
        try (CountedSide source = new CountedSide(fixture.source, Speed.UNLIMITED);
                CountedSide target = new CountedSide(fixture.target, Speed.UNLIMITED)) {
            SyncOutcome outcome =
                    fixture.from(source.url()).to(target.url()).jobs(jobs).dryRun();
            assertThat(outcome.result()).isEqualTo(Result.CHANGES_FOUND);
            assertThat(outcome.totals().toUpdate()).isEqualTo(2);
            return List.of(
                    source.work().traffic().connections(),
                    target.work().traffic().connections());
        }
    }

    private static long workers(SyncFixture fixture, int jobs) {
        long before = counted(fixture);
        assertThat(fixture.jobs(jobs).dryRun().result()).isEqualTo(Result.NOTHING_TO_DO);
        // The server counts them when a session ends, which the client does not wait for.
        while (!fixture.target
                .query("SELECT FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name LIKE 'dbops/%'")
                .isEmpty()) {
            Thread.onSpinWait();
        }
        return counted(fixture) - before;
    }

    private static long counted(SyncFixture fixture) {
        return Long.parseLong(fixture.target
                .query("SELECT parallel_workers_to_launch FROM pg_stat_database WHERE datname = current_database()")
                .get(0)
                .get(0));
    }

    private static void differInTwoRows(SyncFixture fixture, String table) {
        fixture.target.execute("""
                UPDATE %1$s SET "name" = 'other'
                WHERE "id" IN (SELECT min("id") FROM %1$s UNION SELECT max("id") FROM %1$s)
                """.formatted(table));
    }

    @Test
    void jobsBoundTheConnectionsAndDoNotChangeTheResult() {
        try (SyncFixture large = Products.tables(server, 3, LARGE)) {
            differInTwoRows(large, "\"Product2\"");

            assertThat(connections(large, 1)).containsExactly(1, 1);
            assertThat(connections(large, 2)).containsExactly(2, 2);
            // A session without a table to read would be opened for nothing.
            assertThat(connections(large, 8)).containsExactly(3, 3);
        }
    }

    @Test
    void jobsBoundParallelWorkersToo() {
        try (SyncFixture large = Products.tables(server, 3, LARGE)) {
            large.target.execute("""
                    ALTER TABLE "Product1" SET (parallel_workers = 8);
                    ALTER TABLE "Product2" SET (parallel_workers = 8);
                    ALTER TABLE "Product3" SET (parallel_workers = 8);
                    ALTER DATABASE %1$s SET parallel_setup_cost = 0;
                    ALTER DATABASE %1$s SET parallel_tuple_cost = 0;
                    ALTER DATABASE %1$s SET max_parallel_workers_per_gather = 8
                    """.formatted(large.target.name()));

            assertThat(workers(large, 1)).isZero();
            // Three sessions, each with as many further processes.
            assertThat(workers(large, 6)).isEqualTo(3);
        }
    }

    @Test
    void smallTablesAreReadThroughOneSession() {
        try (SyncFixture small = Products.tables(server, 3, 100)) {
            differInTwoRows(small, "\"Product2\"");

            assertThat(connections(small, 8)).containsExactly(1, 1);
        }
    }

    @Test
    void serverWithoutRoomForMoreSessionsIsReadThroughOne() {
        try (SyncFixture large = Products.tables(server, 3, LARGE)) {
            differInTwoRows(large, "\"Product2\"");
            String role = "alone_in_" + large.target.name();
            large.target.execute(
                    "CREATE ROLE %1$s LOGIN CONNECTION LIMIT 1; GRANT SELECT ON ALL TABLES IN SCHEMA public TO %1$s"
                            .formatted(role));
            try {
                SyncOutcome outcome = large.to(server.url(large.target.name(), role, null))
                        .jobs(2)
                        .dryRun();

                assertThat(outcome.totals().toUpdate()).isEqualTo(2);
                assertThat(large.said)
                        .anySatisfy(line -> assertThat(line)
                                .contains("No further sessions to read through", "too many connections"));
            } finally {
                large.target.execute("DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(role));
            }
        }
    }
}
