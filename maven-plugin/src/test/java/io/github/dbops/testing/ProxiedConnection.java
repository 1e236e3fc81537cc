package io.github.dbops.testing;

import io.github.dbops.testing.ChaosProxy.Cut;
import io.github.dbops.testing.ChaosProxy.Order;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One client's connection through a {@link ChaosProxy}: two threads, one for each direction. */
final class ProxiedConnection {

    private static final int TYPE_AND_LENGTH = 5;

    private final ChaosProxy proxy;
    private final Socket client;
    private final Socket server;
    /** Query texts by statement name: later executions of a prepared statement name it only. */
    private final Map<String, String> statements = new HashMap<>();
    /** Set once a cut after forwarding has begun: from then on the server's answers are swallowed. */
    private volatile @Nullable Cut ending;

    ProxiedConnection(ChaosProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void start() throws IOException {
        // Messages are passed on one by one; without this each waits for the one before to be acknowledged.
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        ChaosProxy.start("chaos-proxy-requests", () -> closeAfter(this::forwardRequests));
        ChaosProxy.start("chaos-proxy-answers", () -> closeAfter(this::forwardAnswers));
    }

    /** Cuts both sides. */
    void close() {
        closeQuietly(client);
        closeQuietly(server);
        proxy.forget(this);
    }

    private interface Forwarding {
        void run() throws IOException;
    }

    private void closeAfter(Forwarding forwarding) {
        try {
            forwarding.run();
        } catch (IOException e) {
            // One side hung up, or was cut: either way the other is to notice.
        } finally {
            close();
        }
    }

    private void forwardRequests() throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
        OutputStream out = server.getOutputStream();
        out.write(startup(in));
        while (true) {
            byte[] message = message(in);
            boolean actedUpon = message[0] == 'Q' || message[0] == 'B';
            String text = searchable(message);
            Optional<Order> order = actedUpon ? proxy.takeNumbered(text) : proxy.take(text);
            order.ifPresent(found -> found.action().run());
            Cut cut = order.flatMap(Order::cut).orElse(null);
            if (cut == Cut.BEFORE_FORWARDING) {
                return;
            }
            if (cut != null) {
                ending = cut;
            }
            boolean answerDue = message[0] == 'Q' || message[0] == 'S';
            if (answerDue) {
                proxy.countRoundTrip();
            }
            out.write(message);
            if (ending != null && answerDue) {
                finish();
                return;
            }
        }
    }

    /** Leaves the rest to the answering thread, which closes when the server is done. */
    private void finish() throws IOException {
        if (ending == Cut.AFTER_FORWARDING) {
            closeQuietly(client);
        }
        synchronized (server) {
            while (!server.isClosed()) {
                try {
                    server.wait();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private void forwardAnswers() throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
        OutputStream out = client.getOutputStream();
        while (true) {
            byte[] message = message(in);
            if (ending == null) {
                out.write(message);
            } else if (message[0] == 'Z') {
                return;
            }
        }
    }

    /** The one message without a type: its length, then the rest. */
    private static byte[] startup(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] message = new byte[length];
        ByteBuffer.wrap(message).putInt(length);
        in.readFully(message, Integer.BYTES, length - Integer.BYTES);
        return message;
    }

    private static byte[] message(DataInputStream in) throws IOException {
        byte type = in.readByte();
        int length = in.readInt();
        byte[] message = new byte[1 + length];
        ByteBuffer.wrap(message).put(type).putInt(length);
        in.readFully(message, TYPE_AND_LENGTH, message.length - TYPE_AND_LENGTH);
        return message;
    }

    /** A message's bytes as text, an execution's with the text of the statement it names. */
    private String searchable(byte[] message) {
        String body = new String(message, TYPE_AND_LENGTH, message.length - TYPE_AND_LENGTH, StandardCharsets.UTF_8);
        String[] strings = body.split("\0", 3);
        if (message[0] == 'P') {
            // Found when it is executed, which a batch of messages does at once; preparing alone changes nothing.
            statements.put(strings[0], strings[1]);
            return "";
        }
        return message[0] == 'B' ? statements.getOrDefault(strings[1], "") + body : body;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, which is all that was wanted.
        }
        synchronized (socket) {
            socket.notifyAll();
        }
    }
}
