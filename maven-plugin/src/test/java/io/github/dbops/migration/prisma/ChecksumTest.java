package io.github.dbops.migration.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChecksumTest {

    private static final String LF = "CREATE TABLE a ();\n";
    private static final String CRLF = "CREATE TABLE a ();\r\n";

    @Test
    void isWhatSha256sumPrints() {
        assertThat(Checksum.of("abc".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void lineEndsDoNotCount() {
        assertThat(Checksum.isOf(of(LF), CRLF)).isTrue();
        assertThat(Checksum.isOf(of(CRLF), LF)).isTrue();
        assertThat(Checksum.isOf(of(CRLF), CRLF)).isTrue();
        assertThat(Checksum.isOf(of(LF + LF), LF)).isFalse();
    }

    @Test
    void earlyVersionsLeftZerosOut() {
        assertThat(Checksum.isOf("ba7816bf8f1cfea414140de5dae2223b0361a396177a9cb410ff61f2015ad", "abc"))
                .isTrue();
        assertThat(Checksum.isOf("", "abc")).isFalse();
    }

    @Test
    void byteOrderMarkCounts() {
        assertThat(Checksum.isOf(of(LF), '\uFEFF' + LF)).isFalse();
    }

    private static String of(String text) {
        return Checksum.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
