package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which locks a run holds on user tables, looked at by another session whenever the run says something. */
@Timeout(120)
class SyncLocksPgTest {

    private static final String LOCKS = """
            SELECT DISTINCT c.relname || ' ' || l.mode
            FROM pg_locks l
            JOIN pg_class c ON c.oid = l.relation AND c.relkind IN ('r', 'p')
            JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
            WHERE l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;

    private final SyncFixture fixture = Shelf.between(TestServers.newest(), TestServers.newest());

    @AfterEach
    void close() {
        fixture.close();
    }

    /** A run's locks are kept to its transaction's end, so that the last look before it sees all. */
    private static final class Watch implements Progress {

        private final TestDatabase database;
        private final Set<String> locks = new ConcurrentSkipListSet<>();

        Watch(TestDatabase database) {
            this.database = database;
        }

        private synchronized void look() {
            database.query(LOCKS).forEach(row -> locks.add(row.get(0)));
        }

        @Override
        public void say(String line) {
            look();
        }

        @Override
        public void phase(String name) {
            look();
        }

        @Override
        public Rows table(TableWork work) {
            look();
            return new Rows() {
                @Override
                public void handled(long soFar) {}

                @Override
                public void close() {
                    look();
                }
            };
        }
    }

    @Test
    void dryRunLocksNoTableButAgainstItsBeingDropped() {
        for (TestDatabase side : List.of(fixture.source, fixture.target)) {
            Watch watch = new Watch(side);

            assertThat(fixture.run(Execution.DRY_RUN, watch).problems()).isEmpty();

            assertThat(watch.locks).containsExactly("color AccessShareLock", "tag AccessShareLock");
        }
    }

    @Test
    void applyLocksItsTablesAsEveryInsertDoes() {
        Watch watch = new Watch(fixture.target);

        assertThat(fixture.run(Execution.APPLY, watch).problems()).isEmpty();

        assertThat(watch.locks)
                .containsExactly(
                        "color AccessShareLock",
                        "color RowExclusiveLock",
                        "tag AccessShareLock",
                        "tag RowExclusiveLock");
    }

    @Test
    void applyReadsItsSourceAsADryRunDoes() {
        Watch watch = new Watch(fixture.source);

        assertThat(fixture.run(Execution.APPLY, watch).problems()).isEmpty();

        assertThat(watch.locks).containsExactly("color AccessShareLock", "tag AccessShareLock");
    }

    @Test
    void applyLocksOtherWritersOutOnlyWhereNoUniqueIndexKeepsTheKey() {
        fixture.target.execute("ALTER TABLE tag DROP CONSTRAINT tag_slug_key");
        Watch watch = new Watch(fixture.target);

        SyncOutcome outcome = fixture.run(Execution.APPLY, watch);

        assertThat(outcome.problems()).isEmpty();
        assertThat(watch.locks)
                .contains("tag ShareRowExclusiveLock")
                .isSubsetOf(
                        "color AccessShareLock",
                        "color RowExclusiveLock",
                        "tag AccessShareLock",
                        "tag RowExclusiveLock",
                        "tag ShareRowExclusiveLock");
        assertThat(outcome.tables())
                .filteredOn(table -> table.table().equals("public.tag"))
                .singleElement()
                .satisfies(table -> assertThat(table.notes())
                        .contains("The key (slug) has no unique index in the target; an apply locks the table against"
                                + " other writers."));
    }

    @Test
    void nothingThatHoldsBackVacuumIsOlderThanTheRunOrOutlivesIt() {
        String beforeRun =
                fixture.target.query("SELECT clock_timestamp()").get(0).get(0);
        Set<String> ages = new ConcurrentSkipListSet<>();
        String holding = """
                SELECT xact_start >= TIMESTAMPTZ '%s' FROM pg_stat_activity
                WHERE datname = current_database() AND application_name LIKE 'dbops/%%' AND backend_xmin IS NOT NULL
                """.formatted(beforeRun);

        SyncOutcome outcome = fixture.run(
                Execution.APPLY,
                phase -> fixture.target.query(holding).forEach(row -> ages.add(row.get(0))),
                line -> {});

        assertThat(outcome.problems()).isEmpty();
        assertThat(ages).containsExactly("t");
        // The server ends a session soon after its client has gone.
        while (!fixture.target.query(holding).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(fixture.target.query("SELECT FROM pg_prepared_xacts WHERE database = current_database()"))
                .isEmpty();
    }
}
