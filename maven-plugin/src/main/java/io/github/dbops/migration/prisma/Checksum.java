package io.github.dbops.migration.prisma;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Prisma's checksum of a script: SHA-256 of its bytes as they are on disk, in lower-case hexadecimal digits. */
final class Checksum {

    private static final int DIGITS = 64;

    private Checksum() {}

    /** What is recorded of a script. */
    static String of(byte[] script) {
        return HexFormat.of().formatHex(sha256(script));
    }

    /**
     * Whether a recorded checksum is of this text. Line ends do not count: a checkout on Windows changes them.
     *
     * @param recorded as in the history; early versions of Prisma left the leading zero of each byte out
     */
    static boolean isOf(String recorded, String text) {
        return Stream.of(text, text.replace("\r\n", "\n"), text.replace("\n", "\r\n"))
                .map(form -> sha256(form.getBytes(StandardCharsets.UTF_8)))
                .anyMatch(digest -> recorded.equals(HexFormat.of().formatHex(digest))
                        || (!recorded.isEmpty() && recorded.length() != DIGITS && recorded.equals(unpadded(digest))));
    }

    private static String unpadded(byte[] digest) {
        return IntStream.range(0, digest.length)
                .mapToObj(i -> Integer.toHexString(digest[i] & 0xff))
                .collect(Collectors.joining());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
