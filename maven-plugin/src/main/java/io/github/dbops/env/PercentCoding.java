package io.github.dbops.env;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding as RFC 3986 and libpq do it: a plus sign is a plus sign. */
final class PercentCoding {

    private PercentCoding() {}

    /**
     * A part of a URL, decoded.
     *
     * @throws io.github.dbops.problem.ProblemException URL_MALFORMED for a percent sign that begins no code, for bytes
     *     that are not UTF-8, and for control characters
     */
    static String decode(String part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < part.length()) {
            if (part.charAt(at) == '%') {
                bytes.write(code(part, at));
                at += 3;
            } else {
                int end = part.indexOf('%', at);
                String plain = part.substring(at, end < 0 ? part.length() : end);
                bytes.writeBytes(plain.getBytes(StandardCharsets.UTF_8));
                at += plain.length();
            }
        }
        String decoded = text(bytes.toByteArray());
        // They would let a URL write lines of its own into a log, and the protocol ends texts at NUL.
        if (decoded.chars().anyMatch(Character::isISOControl)) {
            throw MalformedUrl.shape("It holds a control character, such as a line break.");
        }
        return decoded;
    }

    /** As {@link #decode}, with {@code +} for a space: what {@link java.net.URLDecoder} and so pgjdbc do. */
    static String decodeForm(String part) {
        return decode(part.replace('+', ' '));
    }

    private static int code(String part, int at) {
        int high = at + 2 < part.length() ? Character.digit(part.charAt(at + 1), 16) : -1;
        int low = at + 2 < part.length() ? Character.digit(part.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw MalformedUrl.unescaped("A '%' in it is not followed by two hexadecimal digits.");
        }
        return high * 16 + low;
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw MalformedUrl.unescaped("Its percent-encoded bytes are not UTF-8.");
        }
    }
}
