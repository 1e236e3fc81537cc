package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.SyncOutcome.Result;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A standby as the compared side. */
@Timeout(120)
class SyncStandbyPgTest {

    @Test
    void dryRunReadsAStandbyThroughSeveralSessionsAndItsDigestHoldsForThePrimary() {
        try (TestServer server = TestServers.startOwn(18, Map.of("fsync", "off"));
                SyncFixture fixture = Products.tables(server, 2, 10_000)) {
            fixture.source.execute(
                    "UPDATE \"Product2\" SET \"name\" = 'other' WHERE \"id\" = (SELECT min(\"id\") FROM \"Product2\")");
            // A server without a primary to follow stays in recovery: what a standby is whose primary is idle.
            fixture.target.execute(
                    "DO $$ BEGIN EXECUTE format('COPY (SELECT) TO %L', current_setting('data_directory') || '/standby.signal');"
                            + " END $$");
            server.restart();
            fixture.from(fixture.source.url()).to(fixture.target.url());

            SyncOutcome dryRun = fixture.jobs(2).dryRun();

            assertThat(dryRun.problems()).isEmpty();
            assertThat(dryRun.result()).isEqualTo(Result.CHANGES_FOUND);
            assertThat(fixture.said("No further sessions to read through")).isEmpty();
            assertThat(SyncFixture.codes(fixture.apply())).containsExactly("DBOPS-211");

            fixture.target.query("SELECT pg_promote()");
            SyncOutcome applied = fixture.apply();
            assertThat(applied.problems()).isEmpty();
            assertThat(applied.digest()).isEqualTo(dryRun.digest());
        }
    }
}
