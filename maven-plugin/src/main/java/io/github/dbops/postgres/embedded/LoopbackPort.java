package io.github.dbops.postgres.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * A TCP port for a server that is yet to start. Seconds pass between choosing one and listening on it, while binaries
 * are unpacked and a data directory is made; a port that the system would hand out for {@code 0} may meanwhile have
 * become the near end of any program's connection.
 */
public final class LoopbackPort {

    private static final int FIRST = 20_000;

    /** The last below those that Linux (from 32768), macOS and Windows (from 49152) hand out by themselves. */
    static final int LAST = 32_767;

    private LoopbackPort() {}

    /**
     * A port of the loopback address that nobody listens on, chosen at random so that servers which start at the same
     * time do not meet.
     *
     * @throws IllegalStateException where hundreds of them are all in use
     */
    public static int free() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(FIRST, LAST + 1))
                .limit(500)
                .filter(LoopbackPort::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port from " + FIRST + " to " + LAST));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
