package io.github.dbops.command;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.NetworkLink;
import io.github.dbops.testing.NetworkLink.Speed;
import io.github.dbops.testing.NetworkLink.Traffic;
import io.github.dbops.testing.TestDatabase;
import java.util.List;

/** One side of a sync, with everything counted that it is asked and answers. */
final class CountedSide implements AutoCloseable {

    private final TestDatabase database;
    private final ChaosProxy messages;
    private final NetworkLink link;
    private final Rows before;

    /** A side over a link of a given speed. */
    CountedSide(TestDatabase database, Speed speed) {
        this.database = database;
        this.messages = new ChaosProxy(database.url());
        this.link = new NetworkLink(messages.url(), speed);
        this.before = rows();
    }

    /** How a client reaches it. */
    DatabaseUrl.Server url() {
        return link.url();
    }

    /** What it did since it was made; its sessions have ended. */
    Work work() {
        messages.awaitIdle();
        while (!database.query("SELECT FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name LIKE 'dbops/%'")
                .isEmpty()) {
            Thread.onSpinWait();
        }
        Rows now = rows();
        return new Work(
                link.traffic(),
                messages.messages().size(),
                now.read() - before.read(),
                now.written() - before.written());
    }

    /** The server's own statistics of the application's tables; dbops' own records aside. */
    private Rows rows() {
        List<String> sums = database.query("""
                SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0),
                       coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)
                FROM pg_stat_user_tables
                WHERE schemaname = 'public'
                """).get(0);
        return new Rows(Long.parseLong(sums.get(0)), Long.parseLong(sums.get(1)));
    }

    @Override
    public void close() {
        link.close();
        messages.close();
    }

    private record Rows(long read, long written) {}

    /**
     * What a server was asked and did.
     *
     * @param traffic what passed
     * @param statements how many it was sent to run
     * @param rowsRead how many rows its scans and index lookups read
     * @param rowsWritten how many it inserted, updated and deleted
     */
    record Work(Traffic traffic, int statements, long rowsRead, long rowsWritten) {}
}
