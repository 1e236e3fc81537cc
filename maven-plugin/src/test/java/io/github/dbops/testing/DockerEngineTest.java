package io.github.dbops.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DockerEngineTest {

    @TempDir
    private Path folder;

    @Test
    void engineThatAnswersThePingIsThere() throws Exception {
        assertThat(pingAnsweredBy("HTTP/1.1 200 OK\r\n\r\nOK")).isTrue();
    }

    @Test
    void otherAnswersAreNoEngine() throws Exception {
        assertThat(pingAnsweredBy("HTTP/1.1 503 Service Unavailable\r\n\r\n")).isFalse();
    }

    @Test
    void socketThatHangsUpIsNoEngine() throws Exception {
        assertThat(pingAnsweredBy("")).isFalse();
    }

    @Test
    void missingSocketIsNoEngine() {
        assertThat(DockerEngine.answersPing(folder.resolve("docker.sock"))).isFalse();
    }

    private boolean pingAnsweredBy(String answer) throws Exception {
        Path socket = folder.resolve("docker.sock");
        try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            CompletableFuture<Boolean> asked = CompletableFuture.supplyAsync(() -> DockerEngine.answersPing(socket));
            try (SocketChannel client = engine.accept()) {
                client.read(ByteBuffer.allocate(100));
                client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
            }
            return asked.get();
        }
    }
}
