package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application notices of a comparison: nothing that it would wait for. How fast it goes on is measured elsewhere. */
@Timeout(60)
class SyncWritersPgTest {

    private static final int ROWS = 1000;

    /** Fails where it has to wait for a lock. */
    private static final String WRITES = """
            SET LOCAL lock_timeout = 1000;
            UPDATE "Product" SET "stock" = "stock" + 1;
            DELETE FROM "Product" WHERE "rank" = 3;
            INSERT INTO "Product" SELECT 'written-' || "id", 'written-' || "slug", "name", "description", "brand", "category",
                "price", "salePrice", "currency", "stock", "rank", "active", "featured", "attributes", "createdAt", "updatedAt"
            FROM "Product" WHERE "rank" = 2 LIMIT 1
            """;

    @Test
    void dryRunHoldsUpNoWriterAndSeesNoneOfTheirWrites() {
        try (SyncFixture fixture = Products.diff1(TestServers.newest(), ROWS)) {
            Counts expected = SyncFixture.counts(fixture.dryRun(), "Product");
            Writing progress = new Writing(fixture.source, fixture.target);
            SyncOutcome outcome = fixture.run(Execution.DRY_RUN, progress);

            assertThat(outcome.problems()).isEmpty();
            assertThat(progress.writes).hasPositiveValue();
            assertThat(SyncFixture.counts(outcome, "Product")).isEqualTo(expected);
            assertThat(SyncFixture.counts(fixture.dryRun(), "Product")).isNotEqualTo(expected);
        }
    }

    /** Writes on both sides whenever the comparison says how far it has come. */
    private record Writing(TestDatabase source, TestDatabase target, AtomicInteger writes) implements Progress {

        Writing(TestDatabase source, TestDatabase target) {
            this(source, target, new AtomicInteger());
        }

        @Override
        public void say(String line) {}

        @Override
        public void phase(String name) {}

        @Override
        public Rows table(TableWork work) {
            write();
            return new Rows() {
                @Override
                public void handled(long soFar) {
                    write();
                }

                @Override
                public void close() {}
            };
        }

        private void write() {
            if (writes.incrementAndGet() == 1) {
                source.execute(WRITES);
            }
            target.execute(WRITES.replace("written-", "written-" + writes + "-"));
        }
    }
}
