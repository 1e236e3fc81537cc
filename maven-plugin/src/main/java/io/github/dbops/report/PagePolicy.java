package io.github.dbops.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What a browser lets the page do: run its own script, use its own style, and nothing else. No connection, no image, no
 * frame, no form; and no text becomes HTML, not even by a mistake in the script.
 *
 * @param style the text of the style element
 * @param script the text of the script element
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy</a>
 */
record PagePolicy(String style, String script) {

    /** The policy as it stands in the page. */
    Markup markup() {
        return new Markup(String.join(
                "; ",
                "default-src 'none'",
                "style-src " + source(style),
                "script-src " + source(script),
                "base-uri 'none'",
                "form-action 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'"));
    }

    private static String source(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
