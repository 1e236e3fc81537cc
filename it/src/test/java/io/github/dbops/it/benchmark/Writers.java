package io.github.dbops.it.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * An application at work on the large table: each client reads and changes one product in a transaction, so many times a
 * second, as pgbench does with {@code --rate}.
 */
final class Writers implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final int KEYS = 20_000;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final String url;
    private final List<String> keys;
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final List<CompletableFuture<Void>> running = new ArrayList<>();
    private volatile ConcurrentLinkedQueue<Double> latencies = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    /** Begins to write into a database. */
    Writers(int port, String database) {
        this.url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres&sslmode=disable";
        this.keys = keys();
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(i);
            running.add(CompletableFuture.runAsync(() -> write(random), clients));
        }
    }

    private List<String> keys() {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT \"id\" FROM \"Product\" ORDER BY md5(\"id\") LIMIT " + KEYS)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What they measured while something else went on, in milliseconds; a client that failed fails this. */
    List<Double> during(Runnable other) {
        ConcurrentLinkedQueue<Double> window = new ConcurrentLinkedQueue<>();
        latencies = window;
        other.run();
        latencies = new ConcurrentLinkedQueue<>();
        running.stream().filter(CompletableFuture::isCompletedExceptionally).forEach(CompletableFuture::join);
        return window.stream().sorted().toList();
    }

    private void write(Random random) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement read =
                        connection.prepareStatement("SELECT \"stock\" FROM \"Product\" WHERE \"id\" = ?");
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE \"Product\" SET \"stock\" = \"stock\" + 1 WHERE \"id\" = ?")) {
            connection.setAutoCommit(false);
            long next = System.nanoTime();
            while (!ended) {
                ConcurrentLinkedQueue<Double> window = latencies;
                long began = System.nanoTime();
                String key = keys.get(random.nextInt(keys.size()));
                read.setString(1, key);
                read.executeQuery().close();
                update.setString(1, key);
                update.executeUpdate();
                connection.commit();
                window.add((System.nanoTime() - began) / 1e6);
                next = Math.max(next + PAUSE.toNanos(), System.nanoTime());
                while (System.nanoTime() < next) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        ended = true;
        clients.shutdown();
        running.forEach(client -> client.exceptionally(failure -> null).join());
    }
}
