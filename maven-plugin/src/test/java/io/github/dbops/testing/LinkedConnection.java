package io.github.dbops.testing;

import io.github.dbops.testing.NetworkLink.Speed;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/** One client's connection over a {@link NetworkLink}: for each direction, one thread that takes and one that delivers. */
final class LinkedConnection {

    private static final int CHUNK = 1 << 14;
    private static final int UNDER_WAY = 1 << 20;

    private final NetworkLink link;
    private final Speed speed;
    private final Socket client;
    private final Socket server;
    /** The client has said something that the server has not answered yet. */
    private final AtomicBoolean waiting = new AtomicBoolean();

    LinkedConnection(NetworkLink link, Speed speed, Socket client, Socket server) {
        this.link = link;
        this.speed = speed;
        this.client = client;
        this.server = server;
    }

    void start() throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        new Direction(client, server, this::sent).start();
        new Direction(server, client, this::received).start();
    }

    private void sent(int bytes) {
        link.countSent(bytes);
        waiting.set(true);
    }

    private void received(int bytes) {
        link.countReceived(bytes);
        if (waiting.getAndSet(false)) {
            link.countRoundTrip();
        }
    }

    /** Ends it on both sides. */
    void close() {
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is of no use any more, which is all that was wanted.
            }
        }
        link.forget(this);
    }

    /** Bytes on their way, in the order in which they set out. */
    private final class Direction {

        private final Socket from;
        private final Socket to;
        private final IntConsumer counting;
        private final DelayQueue<Chunk> underWay = new DelayQueue<>();
        private final Semaphore room = new Semaphore(UNDER_WAY);
        private long lastByteLeft = System.nanoTime();

        Direction(Socket from, Socket to, IntConsumer counting) {
            this.from = from;
            this.to = to;
            this.counting = counting;
        }

        void start() {
            ChaosProxy.start("network-link-takes", this::take);
            ChaosProxy.start("network-link-delivers", this::deliver);
        }

        private void take() {
            byte[] buffer = new byte[CHUNK];
            try {
                for (int read = from.getInputStream().read(buffer);
                        read >= 0;
                        read = from.getInputStream().read(buffer)) {
                    room.acquireUninterruptibly(read);
                    counting.accept(read);
                    underWay.add(chunk(Arrays.copyOf(buffer, read)));
                }
            } catch (IOException e) {
                // One side hung up; the other is to notice after what is still under way.
            }
            underWay.add(chunk(new byte[0]));
        }

        private Chunk chunk(byte[] bytes) {
            // Never the same for two of them, or they could overtake each other.
            lastByteLeft = Math.max(System.nanoTime(), lastByteLeft + 1) + speed.nanosFor(bytes.length);
            return new Chunk(bytes, lastByteLeft + speed.oneWayNanos());
        }

        private void deliver() {
            try {
                for (Chunk chunk = underWay.take(); chunk.bytes().length > 0; chunk = underWay.take()) {
                    to.getOutputStream().write(chunk.bytes());
                    room.release(chunk.bytes().length);
                }
            } catch (IOException | InterruptedException e) {
                // Whoever was to get it is gone.
            } finally {
                close();
                // Nobody delivers any more, and nobody is to wait for it.
                room.release(UNDER_WAY);
            }
        }
    }

    /**
     * Some bytes and when they arrive.
     *
     * @param bytes none: the end
     * @param due in nanoseconds of the system's timer; grows from one to the next
     */
    private record Chunk(byte[] bytes, long due) implements Delayed {

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(due, ((Chunk) other).due);
        }
    }
}
