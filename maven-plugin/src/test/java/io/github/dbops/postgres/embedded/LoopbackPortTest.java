package io.github.dbops.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {

    @Test
    void canBeListenedOn() throws Exception {
        try (ServerSocket socket = new ServerSocket(LoopbackPort.free(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    @Test
    void serversThatStartAtTheSameTimeDoNotMeet() {
        assertThat(IntStream.range(0, 50)
                        .map(i -> LoopbackPort.free())
                        .distinct()
                        .count())
                .isGreaterThan(45);
    }
}
