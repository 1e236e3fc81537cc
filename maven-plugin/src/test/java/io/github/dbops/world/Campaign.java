package io.github.dbops.world;

import io.github.dbops.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tries the law on many worlds: even seeds from the first server to the second, odd ones the other way, both at a time.
 * {@code -Ddbops.seed=N} runs one world alone, {@code -Ddbops.from=N} begins with that seed, {@code -Ddbops.failures=N}
 * goes on until so many have failed.
 */
final class Campaign {

    private static final Path REPLAYS = Path.of("target", "worlds");

    private final Undo undo;
    private final AtomicInteger failuresLeft = new AtomicInteger(Integer.getInteger("dbops.failures", 1));
    private final List<String> failures = new ArrayList<>();
    private final List<Exception> surprises = new ArrayList<>();

    Campaign(Undo undo) {
        this.undo = undo;
    }

    /**
     * Checks the worlds of so many seeds, or of the one that is asked for.
     *
     * @throws AssertionError with the broken clauses, the command to replay each, and the smallest world found that
     *     breaks the first
     */
    void run(int count, TestServer first, TestServer second) throws Exception {
        Long replayed = Long.getLong("dbops.seed");
        long from = replayed == null ? Long.getLong("dbops.from", 0) : replayed;
        long end = replayed == null ? from + count : replayed + 1;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> halves = List.of(
                    threads.submit(() -> half(0, from, end, first, second)),
                    threads.submit(() -> half(1, from, end, second, first)));
            for (Future<?> half : halves) {
                half.get();
            }
        } finally {
            threads.shutdownNow();
        }
        if (!failures.isEmpty()) {
            AssertionError all = new AssertionError(String.join("\n\n", failures));
            surprises.forEach(all::addSuppressed);
            throw all;
        }
    }

    private Void half(int parity, long from, long end, TestServer source, TestServer target) throws Exception {
        if (from + 1 == end && Math.floorMod(from, 2) != parity) {
            return null;
        }
        try (Arena arena = new Arena(source, target)) {
            WorldGenerator generator = new WorldGenerator(arena.sourceVersion(), arena.targetVersion());
            Law law = new Law(arena, undo);
            for (long seed = from; seed < end && failuresLeft.get() > 0; seed++) {
                if (Math.floorMod(seed, 2) == parity) {
                    check(generator.world(seed), law);
                }
            }
        }
        return null;
    }

    private void check(World world, Law law) throws Exception {
        try {
            law.check(world);
        } catch (Law.Broken broken) {
            failuresLeft.decrementAndGet();
            Shrunk shrunk = new Shrinker(law).shrink(world, broken);
            report(shrunk.world(), String.valueOf(shrunk.broken().getMessage()));
        } catch (RuntimeException | java.sql.SQLException unexpected) {
            failuresLeft.decrementAndGet();
            report(world, "unexpected: " + unexpected);
            synchronized (surprises) {
                surprises.add(unexpected);
            }
        }
    }

    private synchronized void report(World world, String what) throws Exception {
        Path folder = REPLAYS.resolve("seed-" + world.seed());
        new Replay(world).write(folder);
        failures.add("seed " + world.seed() + ": " + what + "\n  replay it with -Ddbops.seed=" + world.seed()
                + "; the smallest world found is in "
                + folder.toAbsolutePath() + (failures.isEmpty() ? ":\n" + new Replay(world) : ""));
    }
}
