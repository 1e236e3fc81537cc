package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.run.Execution;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.NetworkLink.Speed;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each case of the benchmarks has the two servers do, counted instead of timed. */
@Timeout(120)
class SyncWorkPgTest {

    private static final Path EXPECTED = Path.of("src/test/resources/golden/sync-work.md");
    /** Another version has other plans and other settings. */
    private static final int POSTGRES = 18;

    private static final int ROWS = 60_000;

    private final TestServer server = TestServers.shared(POSTGRES);
    private final StringBuilder table = new StringBuilder("""
            What each case has the two servers do, on PostgreSQL %d; the large table has %,d rows here. Bytes and rows may
            differ by 2 %%. `mvn test -Dtest=SyncWorkPgTest -Ddbops.golden=rewrite` makes these numbers what they are now.

            | case | server | connections | round trips | statements | bytes to it | bytes from it | rows read | rows written |
            |---|---|--:|--:|--:|--:|--:|--:|--:|
            """.formatted(POSTGRES, ROWS));

    @Test
    void eachCaseHasTheServersDoWhatTheyDidBefore() throws IOException {
        measure("IDENTICAL, dry-run", Products.identical(server, ROWS), Execution.DRY_RUN);
        measure("DIFF1, dry-run", Products.diff1(server, ROWS), Execution.DRY_RUN);
        measure("DIFF1, apply", Products.diff1(server, ROWS), Execution.APPLY);
        measure("EMPTY, apply", Products.empty(server, ROWS), Execution.APPLY);
        measure("20 identical tables, dry-run", Products.tables(server, 20, ROWS / 20), Execution.DRY_RUN);
        measure("5 tiny tables, dry-run", Products.tables(server, 5, 10), Execution.DRY_RUN);
        measure("DIFF1 with two parents, dry-run", Products.references(server, ROWS), Execution.DRY_RUN);
        WorkTable found = WorkTable.of(table.toString());
        if ("rewrite".equals(System.getProperty("dbops.golden"))) {
            Files.writeString(EXPECTED, table);
        }
        assertThat(found.differences(WorkTable.of(Files.readString(EXPECTED))))
                .as(
                        "what differs from %s; where the new numbers are better, mvn test -Dtest=SyncWorkPgTest"
                                + " -Ddbops.golden=rewrite, and review the difference; found:%n%s",
                        EXPECTED, table)
                .isEmpty();
    }

    private void measure(String title, SyncFixture fixture, Execution execution) {
        try (fixture;
                CountedSide source = new CountedSide(fixture.source, Speed.UNLIMITED);
                CountedSide target = new CountedSide(fixture.target, Speed.UNLIMITED)) {
            SyncOutcome outcome =
                    fixture.from(source.url()).to(target.url()).withoutReview().run(execution);
            String refused = String.join(", ", new TreeSet<>(SyncFixture.codes(outcome)));
            String named = refused.isEmpty() ? title : title + " (refused: " + refused + ")";
            line(named, "source", source.work());
            line(named, "target", target.work());
        }
    }

    private void line(String title, String side, CountedSide.Work work) {
        table.append(String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %,d | %,d | %,d | %,d |%n",
                title,
                side,
                work.traffic().connections(),
                work.traffic().roundTrips(),
                work.statements(),
                work.traffic().sent(),
                work.traffic().received(),
                work.rowsRead(),
                work.rowsWritten()));
    }
}
