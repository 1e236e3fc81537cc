package io.github.dbops.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.command.SyncFixture;
import io.github.dbops.samples.NaturalComparison.Tally;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.SyncOutcome.Result;
import io.github.dbops.sync.TableOutcome;
import io.github.dbops.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One database of a sample carried into another by a plan, and what must then be true. */
public final class SampleSync implements AutoCloseable {

    private final SyncFixture fixture;
    private final Map<String, List<String>> keys;

    /**
     * A sync that is to come; both words for protected tables are said.
     *
     * @param source closed with this, as is the target
     * @param plan a plan's JSON
     */
    public SampleSync(TestDatabase source, TestDatabase target, String plan) {
        fixture = new SyncFixture(source, target).words().plan(plan);
        keys = new SamplePlan(plan).keys();
    }

    /**
     * Runs a dry-run and an apply, which find no problem. For any plan: of a plan that {@code dbops:init} drafted it asks
     * only that it can be run.
     */
    public void runs() {
        assertThat(fixture.dryRun().problems()).isEmpty();
        assertThat(fixture.apply().problems()).isEmpty();
    }

    /**
     * Carries everything, and holds the target against the source by means of its own: for a plan that says local_wins for
     * each table that it does not skip.
     */
    public void carriesEverything() {
        NaturalRows source = new NaturalRows(fixture.source, keys);
        NaturalComparison before = new NaturalComparison(source, new NaturalRows(fixture.target, keys));

        SyncOutcome dryRun = fixture.dryRun();
        assertThat(dryRun.problems()).isEmpty();
        assertThat(dryRun.result()).isEqualTo(Result.CHANGES_FOUND);
        assertCounts(dryRun, before);

        SyncOutcome applied = fixture.apply();
        assertThat(applied.problems()).isEmpty();
        assertThat(applied.result()).isEqualTo(Result.APPLIED);
        assertThat(applied.digest()).isEqualTo(dryRun.digest());
        assertThat(before.violations(new NaturalRows(fixture.target, keys))).isEmpty();

        SyncOutcome again = fixture.dryRun();
        assertThat(again.result()).isEqualTo(Result.NOTHING_TO_DO);
    }

    /** Runs a dry-run that is refused; returns the problems' codes. */
    public Set<String> refusals() {
        SyncOutcome dryRun = fixture.dryRun();
        assertThat(dryRun.result()).isEqualTo(Result.REFUSED);
        return Set.copyOf(SyncFixture.codes(dryRun));
    }

    @Override
    public void close() {
        fixture.close();
    }

    private void assertCounts(SyncOutcome dryRun, NaturalComparison expected) {
        Map<String, Counts> counts = dryRun.tables().stream()
                .filter(t -> !t.skipped())
                .collect(Collectors.toMap(TableOutcome::table, TableOutcome::counts));
        assertThat(counts.keySet()).isEqualTo(keys.keySet());
        counts.forEach((table, found) -> {
            Tally tally = expected.tally(table);
            long onBoth = tally.different() + tally.identical();
            assertThat(found)
                    .as(table)
                    .isEqualTo(new Counts(
                            tally.onlyInSource() + onBoth,
                            tally.onlyInTarget() + onBoth,
                            tally.onlyInSource(),
                            tally.different(),
                            onBoth,
                            tally.identical(),
                            tally.different(),
                            tally.onlyInTarget(),
                            0,
                            0,
                            0,
                            0));
        });
    }
}
