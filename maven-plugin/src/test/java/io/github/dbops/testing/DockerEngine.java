package io.github.dbops.testing;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a Docker engine answers, asked without Testcontainers: its own search takes seconds and prints pages. */
final class DockerEngine {

    private static final Path SOCKET = Path.of("/var/run/docker.sock");

    private DockerEngine() {}

    /** Whether servers are to be containers: as the system property says, else where an engine answers. */
    static boolean wanted() {
        String said = System.getProperty("dbops.test.servers", "auto");
        return switch (said) {
            case "docker" -> true;
            case "binaries" -> false;
            case "auto" -> System.getenv("DOCKER_HOST") != null || answersPing(SOCKET);
            default ->
                throw new IllegalArgumentException("dbops.test.servers is auto, binaries or docker, not " + said);
        };
    }

    /** One GET of the engine's own liveness address over its local socket. */
    static boolean answersPing(Path socket) {
        if (!Files.exists(socket)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            byte[] request = "GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(request));
            ByteBuffer answer = ByteBuffer.allocate("HTTP/1.1 200".length());
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                // Reading on until the status stands there whole or the engine hangs up.
            }
            return new String(answer.array(), StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
    }
}
