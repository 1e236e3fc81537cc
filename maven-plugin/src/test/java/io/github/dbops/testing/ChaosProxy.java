package io.github.dbops.testing;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.DatabaseUrl.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * A network that fails on command: a TCP proxy between driver and server that understands just enough of PostgreSQL's
 * protocol to act at an exact message. Nothing depends on time; every order to cut or to act is carried out once.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message formats</a>
 */
public final class ChaosProxy implements AutoCloseable {

    /** When, around a client's message, the connection is cut. */
    public enum Cut {
        /** The server never sees the message. */
        BEFORE_FORWARDING,
        /** The server sees it and works on it to its end; the client is cut off at once and learns nothing. */
        AFTER_FORWARDING,
        /** As before, but the client is cut off only when the server has answered; the answer is swallowed. */
        AFTER_ANSWER
    }

    /** What happens at the first message that is meant. */
    record Order(BiPredicate<Integer, String> message, Optional<Cut> cut, Runnable action) {

        Order(String text, Optional<Cut> cut, Runnable action) {
            this((number, sent) -> sent.contains(text), cut, action);
        }
    }

    private static final int NO_NUMBER = -1;

    private final Supplier<DatabaseUrl.Server> address;
    private final ServerSocket listener;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final List<Order> orders = new CopyOnWriteArrayList<>();
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger roundTrips = new AtomicInteger();

    /** A proxy in front of a server's first host, listening on the loopback address. */
    public ChaosProxy(DatabaseUrl.Server server) {
        this(() -> server);
    }

    /** The same in front of a server that a restart may move: it is asked for at every connection. */
    public ChaosProxy(Supplier<DatabaseUrl.Server> server) {
        this.address = server;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("chaos-proxy-accept", this::accept);
    }

    /** The server's URL by way of this proxy; unencrypted, or the proxy could not read along. */
    public DatabaseUrl.Server url() {
        return LocalPort.url(address.get(), listener);
    }

    /** Cuts every open connection now, on both sides. */
    public void cutAll() {
        open.forEach(ProxiedConnection::close);
    }

    /** Hangs up on the next connections instead of passing them on; 0 ends it. */
    public void refuse(int connections) {
        refusals.set(connections);
    }

    /**
     * Cuts the connection on which a client next sends a message that contains a text: a query, a statement being
     * prepared or executed, a parameter, COPY data.
     */
    public void cutAt(Cut cut, String text) {
        orders.add(new Order(text, Optional.of(cut), () -> {}));
    }

    /** The same at a message by its number among {@link #messages}, the first being 0. */
    public void cutAt(Cut cut, int number) {
        orders.add(new Order((current, sent) -> current == number, Optional.of(cut), () -> {}));
    }

    /** The same with something that happens just before: the client's death, for one. */
    public void cutAt(Cut cut, String text, Runnable action) {
        orders.add(new Order(text, Optional.of(cut), action));
    }

    /** What was sent so far that a server acts upon, over all connections: queries, and executions with their statement. */
    public List<String> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    /** Does something while the next message that contains a text is held back, then forwards it. */
    public void actBefore(String text, Runnable action) {
        orders.add(new Order(text, Optional.empty(), action));
    }

    /** Returns when every connection has ended on both sides. */
    public void awaitIdle() {
        synchronized (open) {
            while (!open.isEmpty()) {
                try {
                    open.wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** How many connections were tried so far, refused ones included. */
    public int attempts() {
        return attempts.get();
    }

    /** How often clients have waited for an answer so far, connecting not counted. */
    public int roundTrips() {
        return roundTrips.get();
    }

    void countRoundTrip() {
        roundTrips.incrementAndGet();
    }

    /** How many orders to cut or to act have not met their message yet. */
    public int ordersWaiting() {
        return orders.size();
    }

    /** The order for a message, which nobody gets a second time. */
    Optional<Order> take(String message) {
        return take(NO_NUMBER, message);
    }

    /** The same for a message that a server acts upon. */
    Optional<Order> takeNumbered(String message) {
        int number;
        synchronized (messages) {
            number = messages.size();
            messages.add(message);
        }
        return take(number, message);
    }

    private Optional<Order> take(int number, String message) {
        return orders.stream()
                .filter(order -> order.message().test(number, message))
                .filter(orders::remove)
                .findFirst();
    }

    void forget(ProxiedConnection connection) {
        open.remove(connection);
        synchronized (open) {
            open.notifyAll();
        }
    }

    static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                attempts.incrementAndGet();
                if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    client.close();
                } else {
                    passOn(client);
                }
            }
        } catch (IOException e) {
            // The listener was closed: the end of the proxy.
        }
    }

    private void passOn(Socket client) throws IOException {
        try {
            Host host = address.get().hosts().get(0);
            ProxiedConnection connection = new ProxiedConnection(this, client, new Socket(host.name(), host.port()));
            open.add(connection);
            connection.start();
        } catch (IOException | IllegalStateException e) {
            // The server is down; what a client sees of it is a connection that ends.
            client.close();
        }
    }

    /** Cuts everything and stops listening. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutAll();
    }
}
