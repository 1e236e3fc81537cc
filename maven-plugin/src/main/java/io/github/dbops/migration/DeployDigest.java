package io.github.dbops.migration;

import io.github.dbops.run.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The digest of what a deploy would do: engine, settings, what the target has with its checksums, what is pending with
 * its checksums in order; spec section 4. Two histories with equal digests lead to the same deploy.
 */
public final class DeployDigest {

    private static final String DOMAIN = "dbops migrate-deploy 1";

    private final MessageDigest sha256;

    private DeployDigest() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The digest of the next deploy. */
    public static Digest of(History history) {
        DeployDigest digest = new DeployDigest();
        digest.part(DOMAIN);
        digest.part(history.engine().word());
        digest.parts(history.settings());
        digest.parts(history.migrations().stream()
                .filter(m -> !m.rows().isEmpty())
                .map(DeployDigest::recorded)
                .sorted()
                .toList());
        digest.parts(history.pending().stream()
                .map(m -> m.name() + "\u0000" + text(m.fileChecksum()))
                .toList());
        return new Digest(HexFormat.of().formatHex(digest.sha256.digest()));
    }

    private static String recorded(Migration migration) {
        return migration.name() + "\u0000" + text(migration.recordedChecksum()) + "\u0000"
                + migration.state().word();
    }

    private static String text(Optional<String> checksum) {
        return checksum.orElse("none");
    }

    private void parts(List<String> parts) {
        part(Integer.toString(parts.size()));
        parts.forEach(this::part);
    }

    // Each with its length before it, so that no two lists of parts make the same bytes.
    private void part(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        sha256.update(bytes);
    }
}
