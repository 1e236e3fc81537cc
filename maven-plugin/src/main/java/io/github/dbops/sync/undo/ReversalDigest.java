package io.github.dbops.sync.undo;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.run.Digest;
import io.github.dbops.sync.UndoState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over exactly what an undo does, every field preceded by its length. A table's digest is over its rows in the
 * order in which they were recorded, which never changes; the whole one over the tables' digests in name order.
 */
final class ReversalDigest {

    private static final String TABLE_DOMAIN = "dbops undo, table, format 1";
    private static final String DOMAIN = "dbops undo, format 1";

    private final MessageDigest sha;

    private ReversalDigest(String domain) {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
        text(domain);
    }

    /** The digest of all that is reverted. */
    static Digest of(String target, String runId, SortedMap<String, String> tables) {
        ReversalDigest digest = new ReversalDigest(DOMAIN);
        digest.text(target);
        digest.text(runId);
        tables.forEach((name, hex) -> {
            digest.text(name);
            digest.text(hex);
        });
        return new Digest(digest.hex());
    }

    /** A digest of one table, to be fed its rows. */
    static ReversalDigest ofTable(QualifiedName table) {
        ReversalDigest digest = new ReversalDigest(TABLE_DOMAIN);
        digest.text(table.schema());
        digest.text(table.name());
        return digest;
    }

    /** What the values of the rows that follow are of. */
    void columns(List<String> key, List<String> restored) {
        texts(key);
        texts(restored);
    }

    /** The next row; of one that is deleted the values are empty: it is as it was inserted. */
    void add(UndoState state, List<String> key, List<@Nullable String> present, List<@Nullable String> former) {
        text(state.word());
        texts(key);
        texts(present);
        texts(former);
    }

    String hex() {
        return HexFormat.of().formatHex(sha.digest());
    }

    private void texts(List<? extends @Nullable String> texts) {
        length(texts.size());
        for (String text : texts) {
            if (text == null) {
                length(-1);
            } else {
                text(text);
            }
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        length(bytes.length);
        sha.update(bytes);
    }

    private void length(int length) {
        sha.update(new byte[] {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length});
    }
}
