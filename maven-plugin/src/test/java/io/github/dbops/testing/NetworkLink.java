package io.github.dbops.testing;

import io.github.dbops.env.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way between a client and a server: a TCP proxy of given latency and bandwidth that counts what passes. It
 * understands nothing of what it carries, and holds as much of it as a link of this length holds.
 */
public final class NetworkLink implements AutoCloseable {

    private final DatabaseUrl.Server server;
    private final Speed speed;
    private final ServerSocket listener;
    private final Set<LinkedConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger roundTrips = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    /** A link that delays nothing and only counts. */
    public NetworkLink(DatabaseUrl.Server server) {
        this(server, Speed.UNLIMITED);
    }

    /** A link to a server's first host, listening on the loopback address. */
    public NetworkLink(DatabaseUrl.Server server, Speed speed) {
        this.server = server;
        this.speed = speed;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChaosProxy.start("network-link-accept", this::accept);
    }

    /** The server's URL by way of this link. */
    public DatabaseUrl.Server url() {
        return LocalPort.url(server, listener);
    }

    /** What has passed so far, over all connections. */
    public Traffic traffic() {
        return new Traffic(connections.get(), roundTrips.get(), sent.get(), received.get());
    }

    void countSent(int bytes) {
        sent.addAndGet(bytes);
    }

    void countReceived(int bytes) {
        received.addAndGet(bytes);
    }

    void countRoundTrip() {
        roundTrips.incrementAndGet();
    }

    void forget(LinkedConnection connection) {
        open.remove(connection);
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (IOException e) {
            // The listener was closed: the end of the link.
        }
    }

    private void connect(Socket client) throws IOException {
        connections.incrementAndGet();
        DatabaseUrl.Host host = server.hosts().get(0);
        LinkedConnection connection = new LinkedConnection(this, speed, client, new Socket(host.name(), host.port()));
        open.add(connection);
        connection.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(LinkedConnection::close);
    }

    /**
     * How fast a link is.
     *
     * @param roundTrip what a byte and its answer spend on the way
     * @param bytesPerSecond in each direction
     */
    public record Speed(Duration roundTrip, long bytesPerSecond) {

        /** As fast as the machine. */
        public static final Speed UNLIMITED = new Speed(Duration.ZERO, Long.MAX_VALUE);

        private static final long NANOS = 1_000_000_000;

        long oneWayNanos() {
            return roundTrip.toNanos() / 2;
        }

        long nanosFor(int bytes) {
            return (long) ((double) bytes / bytesPerSecond * NANOS);
        }
    }

    /**
     * What passed a link.
     *
     * @param connections how many were opened
     * @param roundTrips how often a client sent something, however much, and got an answer, however long
     * @param sent bytes to the server
     * @param received bytes from the server
     */
    public record Traffic(int connections, int roundTrips, long sent, long received) {

        /** What passed between an earlier reading and this one. */
        public Traffic since(Traffic earlier) {
            return new Traffic(
                    connections - earlier.connections,
                    roundTrips - earlier.roundTrips,
                    sent - earlier.sent,
                    received - earlier.received);
        }
    }
}
