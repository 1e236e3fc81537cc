package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.command.CountedSide.Work;
import io.github.dbops.sync.SyncOutcome.Result;
import io.github.dbops.testing.NetworkLink.Speed;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a comparison costs where both servers are far away: 50 ms there and back, 10 MB a second. */
@Timeout(120)
class SyncSlowLinkPgTest {

    private static final Speed FAR = new Speed(Duration.ofMillis(50), 10_000_000);
    /** As many as have a table hashed before it is read: a smaller one is read at once. */
    private static final int FEW = 3_000;

    private static final int MANY = 10_000;
    /** What may pass for each row of a table that differs, whether the row does or not. */
    private static final int BYTES_A_ROW = 40;
    /** What may pass for a row that differs, beside its values: where it lies, its key, and what frames them. */
    private static final int BYTES_A_DIFFERENCE = 150;

    private final TestServer server = TestServers.newest();

    /** What each side was asked, source first. */
    private static List<Work> dryRun(SyncFixture fixture, Speed speed, Result expected) {
        try (CountedSide source = new CountedSide(fixture.source, speed);
                CountedSide target = new CountedSide(fixture.target, speed)) {
            assertThat(fixture.from(source.url()).to(target.url()).dryRun().result())
                    .isEqualTo(expected);
            return List.of(source.work(), target.work());
        }
    }

    private static List<Integer> roundTrips(List<Work> sides) {
        return sides.stream().map(side -> side.traffic().roundTrips()).toList();
    }

    private static long bytes(Work side) {
        return side.traffic().sent() + side.traffic().received();
    }

    @Test
    void identicalTableTakesAsManyRoundTripsHoweverManyRowsItHas() {
        try (SyncFixture few = Products.identical(server, FEW);
                SyncFixture many = Products.identical(server, MANY)) {
            List<Work> expected = dryRun(few, Speed.UNLIMITED, Result.NOTHING_TO_DO);
            List<Work> found = dryRun(many, FAR, Result.NOTHING_TO_DO);

            assertThat(roundTrips(found)).isEqualTo(roundTrips(expected));
            for (int side = 0; side < found.size(); side++) {
                assertThat(bytes(found.get(side)) - bytes(expected.get(side))).isBetween(-100L, 100L);
            }
        }
    }

    @Test
    void differencesMoveFewBytesForARowAndTheRowsThatDiffer() {
        try (SyncFixture identical = Products.identical(server, FEW);
                SyncFixture different = Products.diff1(server, MANY)) {
            List<Work> catalog = dryRun(identical, Speed.UNLIMITED, Result.NOTHING_TO_DO);
            List<Work> found = dryRun(different, FAR, Result.CHANGES_FOUND);

            for (int side = 0; side < found.size(); side++) {
                assertThat(bytes(found.get(side)) - bytes(catalog.get(side)))
                        .as(side == 0 ? "source" : "target")
                        .isLessThan((long) BYTES_A_ROW * MANY + differing(different));
            }
        }
    }

    /** What the rows that differ are worth: those to insert and those to update. */
    private static long differing(SyncFixture fixture) {
        return Long.parseLong(
                fixture.source.query("""
                        SELECT sum(octet_length(t::text) + %d) FROM "Product" AS t
                        WHERE abs(hashtext("id")) %% 100 IN (7, 13)
                        """.formatted(BYTES_A_DIFFERENCE)).get(0).get(0));
    }
}
