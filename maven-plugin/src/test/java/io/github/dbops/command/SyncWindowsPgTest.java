package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.SyncOutcome.Result;
import io.github.dbops.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A large table in several runs, each with a window of its own: what docs/scaling.md advises. */
@Timeout(120)
class SyncWindowsPgTest {

    private static final String PLAN = """
            { "tables": [{ "name": "reading", "key": ["id"], "mode": "upsert", "onConflict": "local_wins",
                           "where": "%s" }] }
            """;

    @Test
    void windowsSyncATablePartByPart() {
        try (SyncFixture fixture = new SyncFixture(
                        TestServers.newest(),
                        TestServers.newest(),
                        "CREATE TABLE reading (id integer PRIMARY KEY, day date, value integer)",
                        "INSERT INTO reading SELECT i, DATE '2026-01-01' + i / 1500, i FROM generate_series(1, 3000) AS i",
                        "ANALYZE")
                .withoutReview()) {
            fixture.source.execute("UPDATE reading SET value = -1 WHERE id IN (10, 2990);"
                    + " INSERT INTO reading VALUES (4000, '2026-01-01', 1), (4001, '2026-01-02', 2)");

            SyncOutcome first =
                    fixture.plan(PLAN.formatted("day < '2026-01-02'")).apply();

            assertThat(first.problems()).isEmpty();
            Counts counts = SyncFixture.counts(first, "reading");
            assertThat(counts.sourceRows()).isEqualTo(1500);
            // The window is the source's: the target is read whole.
            assertThat(counts.targetRows()).isEqualTo(3000);
            assertThat(counts.onlyInTarget()).isEqualTo(1501);
            assertThat(List.of(counts.appliedInserts(), counts.appliedUpdates()))
                    .containsExactly(1L, 1L);
            SyncOutcome second =
                    fixture.plan(PLAN.formatted("day >= '2026-01-02'")).apply();
            assertThat(second.totals().appliedUpdates()).isEqualTo(1);
            assertThat(second.totals().appliedInserts()).isEqualTo(1);
            assertThat(fixture.plan(PLAN.formatted("true")).dryRun().result()).isEqualTo(Result.NOTHING_TO_DO);
        }
    }

    @Test
    void partitionIsRefusedAndItsRowsAreAWindowOfItsRoot() {
        try (SyncFixture fixture = new SyncFixture(
                        TestServers.newest(),
                        TestServers.newest(),
                        "CREATE TABLE reading (id integer, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
                        "CREATE TABLE reading_1 PARTITION OF reading FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
                        "CREATE TABLE reading_2 PARTITION OF reading FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')")
                .withoutReview()) {
            fixture.source.execute("INSERT INTO reading VALUES (1, '2026-01-05'), (2, '2026-02-05')");
            String plan = PLAN.replace("[\"id\"]", "[\"id\", \"day\"]");

            Refusals.ofBoth(
                    fixture.plan(plan.replace("\"reading\"", "\"reading_1\"").formatted("true")),
                    "DBOPS-403",
                    "DBOPS-403");

            SyncOutcome applied = fixture.plan(plan.formatted("day >= '2026-01-01' AND day < '2026-02-01'"))
                    .apply();
            assertThat(applied.problems()).isEmpty();
            assertThat(fixture.target.query("SELECT id, tableoid::regclass FROM reading"))
                    .containsExactly(List.of("1", "reading_1"));
        }
    }
}
