package io.github.dbops.sync.compare;

import io.github.dbops.sync.MoreSides;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Hashes several tables at once, each within a pair of sessions; the largest first, so that none is left over. No side works
 * with more processes than were allowed: those that are not sessions of their own may be parallel workers.
 */
final class Lanes {

    /** What a further pair of sessions costs is not earned back by smaller tables. */
    private static final double WORTH_A_LANE = 10_000;

    // One scan would else be spread over three processes, and the other lanes' too; or it would begin where another one
    // is just now, and equal rows would not come from both sides at about the same time.
    private static final String SETTINGS = """
            SELECT set_config(name, value, true)
            FROM (VALUES ('max_parallel_workers_per_gather', ?), ('synchronize_seqscans', 'off')) AS wanted (name, value)
            WHERE CASE name
                      WHEN 'synchronize_seqscans' THEN current_setting(name, true) = 'on'
                      ELSE current_setting(name, true)::int > value::int
                  END
            """;

    private final Sides first;
    private final MoreSides more;
    private final int jobs;

    Lanes(Sides first, MoreSides more, int jobs) {
        this.first = first;
        this.more = more;
        this.jobs = jobs;
    }

    /** Hashes all of them; the first failure wins, others are suppressed in it. */
    void run(List<TableComparison> tables) {
        Queue<TableComparison> open = new ConcurrentLinkedQueue<>(tables.stream()
                .sorted(Comparator.comparing((TableComparison table) -> -rows(table.shape())))
                .toList());
        long large = tables.stream()
                .filter(table -> rows(table.shape()) >= WORTH_A_LANE)
                .count();
        List<Sides> lanes = new ArrayList<>();
        while (lanes.size() + 1 < Math.min(jobs, large)) {
            Optional<Sides> lane = more.open();
            if (lane.isEmpty()) {
                break;
            }
            lanes.add(lane.get());
        }
        int workers = jobs / (lanes.size() + 1) - 1;
        limit(first, workers);
        lanes.forEach(lane -> limit(lane, workers));
        if (lanes.isEmpty()) {
            work(open, first);
        } else {
            together(open, lanes);
        }
    }

    private static double rows(TableShape shape) {
        return Math.max(shape.source().estimatedRows(), shape.target().estimatedRows());
    }

    private static void limit(Sides lane, int workers) {
        String most = Integer.toString(workers);
        lane.both((side, session) -> session.query(SETTINGS, row -> row.getString(1), most));
    }

    private void together(Queue<TableComparison> open, List<Sides> lanes) {
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size(), work -> {
            Thread thread = new Thread(work, "dbops-lane");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<CompletableFuture<Void>> others = lanes.stream()
                    .map(lane -> CompletableFuture.runAsync(() -> work(open, lane), threads))
                    .toList();
            RuntimeException failed = attempt(() -> work(open, first), null);
            for (CompletableFuture<Void> other : others) {
                failed = attempt(other::join, failed);
            }
            if (failed != null) {
                throw failed;
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static @Nullable RuntimeException attempt(Runnable work, @Nullable RuntimeException earlier) {
        try {
            work.run();
            return earlier;
        } catch (RuntimeException failure) {
            RuntimeException cause =
                    failure instanceof CompletionException && failure.getCause() instanceof RuntimeException inner
                            ? inner
                            : failure;
            if (earlier == null) {
                return cause;
            }
            earlier.addSuppressed(cause);
            return earlier;
        }
    }

    private static void work(Queue<TableComparison> open, Sides lane) {
        try {
            for (TableComparison table = open.poll(); table != null; table = open.poll()) {
                table.hash(lane);
            }
        } catch (RuntimeException failure) {
            // The others need not go on.
            open.clear();
            throw failure;
        }
    }
}
