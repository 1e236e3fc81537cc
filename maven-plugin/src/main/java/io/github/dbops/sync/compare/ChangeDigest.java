package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Values;
import io.github.dbops.run.Digest;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.ShapedColumn.Part;
import io.github.dbops.sync.TableShape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;

/**
 * SHA-256 over an exact change set, every field preceded by its length; spec section 5, "The digest". A table's digest is
 * over its changes in key order, the whole one over the tables' digests in name order.
 */
final class ChangeDigest {

    private static final String TABLE_DOMAIN = "dbops change set, table, format 1";
    private static final String SET_DOMAIN = "dbops change set, format 1";

    private final MessageDigest sha;
    private final ByteBuffer gathered = ByteBuffer.allocate(1 << 13);
    private final List<Field> inserted;
    private final boolean allReviewed;

    private ChangeDigest(String domain, List<Field> inserted) {
        this.inserted = inserted;
        this.allReviewed = inserted.stream().allMatch(ChangeDigest::isReviewed);
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
        text(domain);
    }

    /** The digest of a whole change set. */
    static Digest of(String planHash, String source, String target, SortedMap<String, String> tables) {
        ChangeDigest digest = new ChangeDigest(SET_DOMAIN, List.of());
        digest.text(planHash);
        digest.text(source);
        digest.text(target);
        tables.forEach((name, hex) -> {
            digest.text(name);
            digest.text(hex);
        });
        return new Digest(digest.hex());
    }

    /** A digest of one table, to be fed its changes in key order. */
    static ChangeDigest ofTable(TableShape shape) {
        ChangeDigest digest = new ChangeDigest(TABLE_DOMAIN, shape.inserted());
        digest.text(shape.name().toString());
        digest.leaves(shape.key().leaves());
        digest.leaves(TableShape.leaves(shape.compared()));
        return digest;
    }

    /** The next change. Its surrogates and ignored columns are no part of what was reviewed. */
    void add(Change change) {
        text(change.action().name());
        length(change.key().size());
        change.key().forEach(this::text);
        values(change.before());
        if (change.action() == Change.Action.INSERT) {
            reviewed(change.after());
        } else {
            values(change.after());
        }
    }

    // Key and compared fields; what is carried along stands between them, in the target's order.
    private void reviewed(Values values) {
        if (allReviewed) {
            values(values);
            return;
        }
        List<Values> parts = new ArrayList<>();
        int at = 0;
        for (Field field : inserted) {
            int leaves = field.leaves().size();
            if (isReviewed(field)) {
                parts.add(values.slice(at, leaves));
            }
            at += leaves;
        }
        length(parts.stream().mapToInt(Values::count).sum());
        parts.forEach(part -> bytes(part.bytes()));
    }

    private static boolean isReviewed(Field field) {
        return field.part() == Part.KEY || field.part() == Part.COMPARED;
    }

    String hex() {
        flush();
        return HexFormat.of().formatHex(sha.digest());
    }

    private void leaves(List<Leaf> leaves) {
        length(leaves.size());
        for (Leaf leaf : leaves) {
            text(leaf.label());
            text(leaf.form().name());
        }
    }

    private void values(Values values) {
        length(values.count());
        bytes(values.bytes());
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        length(bytes.length);
        bytes(bytes);
    }

    private void length(int length) {
        if (gathered.remaining() < Integer.BYTES) {
            flush();
        }
        gathered.putInt(length);
    }

    // Many small pieces would each cost a call.
    private void bytes(byte[] bytes) {
        if (gathered.remaining() < bytes.length) {
            flush();
        }
        if (bytes.length > gathered.capacity()) {
            sha.update(bytes);
        } else {
            gathered.put(bytes);
        }
    }

    private void flush() {
        sha.update(gathered.flip());
        gathered.clear();
    }
}
