package io.github.dbops.sync.plan;

import io.github.dbops.sync.Ids;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.ProtectedPattern;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 over what a plan means. Two plans have the same hash if and only if they ask for the same thing: spelling
 * plays no part (white space, comments, order of fields, order of tables and of lists, a default said or unsaid), nor do
 * {@code $schema}, {@code version}, {@code report}, {@code undo} and the file's name. The order of {@code key} does: it
 * orders rows. {@code onConflict} counts only where the mode asks for it.
 *
 * <p>The bytes hashed: the format's name, then each text as its length in UTF-8 bytes (four bytes, big-endian) and those
 * bytes, each list as its length and its elements, so that no two plans run together.
 */
final class PlanHash {

    private static final String FORMAT = "dbops sync plan 1";

    private final MessageDigest digest;

    private PlanHash(MessageDigest digest) {
        this.digest = digest;
    }

    /** 64 lower-case hexadecimal digits. */
    static String of(List<PlannedTable> tables, List<ProtectedPattern> patterns, List<String> sideEffects) {
        try {
            PlanHash hash = new PlanHash(MessageDigest.getInstance("SHA-256"));
            hash.text(FORMAT);
            hash.set(patterns.stream()
                    .map(pattern -> (pattern.builtIn() ? "built-in " : "own ") + pattern.glob())
                    .toList());
            hash.set(sideEffects);
            hash.number(tables.size());
            tables.stream().sorted(Comparator.comparing(PlannedTable::name)).forEach(hash::table);
            return HexFormat.of().formatHex(hash.digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void table(PlannedTable table) {
        text(table.name());
        list(table.key());
        text(table.mode().word());
        text(table.mode() == Mode.UPSERT ? table.onConflict().word() : "");
        number(table.columns().isPresent() ? 1 : 0);
        set(table.columns().orElse(List.of()));
        text(table.where().orElse(""));
        set(table.exclude());
        set(table.ignore());
        set(table.sensitive());
        text(table.ids().map(Ids::word).orElse(""));
        set(table.rawReferences());
    }

    private void set(List<String> texts) {
        list(texts.stream().sorted().toList());
    }

    private void list(List<String> texts) {
        number(texts.size());
        texts.forEach(this::text);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
    }

    private void number(int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }
}
