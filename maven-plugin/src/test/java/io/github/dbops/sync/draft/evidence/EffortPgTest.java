package io.github.dbops.sync.draft.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.Session;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.draft.RowCount;
import io.github.dbops.sync.draft.Survey;
import io.github.dbops.sync.draft.Surveyed;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database is never asked for more than the effort that was allowed. */
class EffortPgTest {

    private final TestDatabase database = TestServers.newest()
            .createDatabase(
                    "CREATE TABLE word (id serial PRIMARY KEY, name text NOT NULL, kind text NOT NULL)",
                    "INSERT INTO word (name, kind) SELECT n::text, n % 7 FROM generate_series(1, 20000) n");

    private long rowsRead;

    @AfterEach
    void drop() {
        database.close();
    }

    private Surveyed look(Effort effort) {
        Connector connector = new Connector(ConnectionPolicy.DEFAULT, "test", line -> {});
        try (Session session = connector.open(database.url())) {
            session.begin(Session.Transaction.READ_ONLY);
            Survey survey = new SurveyReader(session).source(effort, Progress.SILENT);
            // The transaction goes on, whatever became of the look.
            rowsRead = session.one(
                    "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'word'", row -> row.getLong(1));
            return survey.tables().get(0);
        }
    }

    @Test
    void rowsAreCountedUpToTheLimitAndNotBeyond() {
        Surveyed all = look(Effort.upTo(20_000));
        assertThat(all.counted().rows()).isEqualTo(RowCount.counted(20_000));
        assertThat(all.counted().fill("name").orElseThrow().distinct()).isEqualTo(20_000);

        Surveyed more = look(Effort.upTo(19_999));
        assertThat(more.counted().unseen())
                .contains("Its rows were not looked at, because there are more than 19,999 (dbops.init.mostRows).");
        assertThat(more.counted().columns()).isEmpty();
    }

    @Test
    void noMoreRowsAreReadThanAllowedAlsoWhereTheServerHasNoEstimate() {
        Surveyed surveyed = look(Effort.upTo(100));
        assertThat(surveyed.counted().rows()).isEqualTo(RowCount.UNKNOWN);
        assertThat(rowsRead).isEqualTo(101);
    }

    @Test
    void anEstimateAboveTheLimitSavesTheLook() {
        database.execute("ANALYZE word");
        Surveyed surveyed = look(Effort.upTo(100));
        assertThat(surveyed.counted().rows()).isEqualTo(new RowCount(20_000, RowCount.Precision.ESTIMATED));
        assertThat(surveyed.counted().unseen()).isPresent();
    }

    @Test
    void noRowIsLookedAtWhereNoneMayBe() {
        assertThat(look(Effort.upTo(0)).counted().unseen()).isPresent();
        assertThat(rowsRead).isZero();
    }

    @Test
    void aStatementThatTakesTooLongIsGivenUp() {
        Surveyed surveyed = look(new Effort(10_000_000, Duration.ofMillis(1), Duration.ofMinutes(1)));
        assertThat(surveyed.counted().unseen())
                .contains("Its rows could not be looked at: canceling statement due to statement timeout.");
    }

    @Test
    void whenTheTimeIsUsedUpNoFurtherTableIsLookedAt() {
        Surveyed surveyed = look(new Effort(10_000_000, Duration.ofSeconds(1), Duration.ofMillis(-1)));
        assertThat(surveyed.counted().unseen()).contains("Its rows were not looked at: the time for that was used up.");
    }
}
