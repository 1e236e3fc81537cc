package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A target that its URL says to be behind a transaction pooler. */
class SyncPoolerPgTest {

    @Test
    void aTransactionPoolerIsRefusedForAnApplyAndTakenForADryRun() {
        try (SyncFixture fixture = new SyncFixture(
                TestServers.newest(), TestServers.newest(), "CREATE TABLE a (k text PRIMARY KEY, v text)")) {
            fixture.source.execute("INSERT INTO a VALUES ('1', 'new')");
            fixture.plan("""
                    {"tables": [{"name": "a", "key": ["k"], "mode": "append"}]}
                    """);
            String direct = SyncFixture.text(fixture.target.url());
            fixture.toUrl(direct + (direct.contains("?") ? "&" : "?") + "pgbouncer=true");
            assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.CHANGES_FOUND);
            List<String> before = fixture.snapshot();
            assertThat(SyncFixture.codes(fixture.apply())).containsExactly("DBOPS-206");
            assertThat(fixture.snapshot()).isEqualTo(before);
        }
    }
}
