package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Values;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Locator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A change as bytes that sort by its canonical key. */
final class ChangeCodec {

    private ChangeCodec() {}

    /** The order of changes: by the canonical key's UTF-8 bytes, column by column. */
    static int compare(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, 4, 4 + keyLength(one), other, 4, 4 + keyLength(other));
    }

    private static int keyLength(byte[] record) {
        return (record[0] & 0xFF) << 24 | (record[1] & 0xFF) << 16 | (record[2] & 0xFF) << 8 | record[3] & 0xFF;
    }

    static byte[] encode(Change change) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            byte[] key = key(change.key());
            out.writeInt(key.length);
            out.write(key);
            out.writeByte(change.action().ordinal());
            place(out, change.source());
            place(out, change.target());
            values(out, change.before());
            values(out, change.after());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static Change decode(byte[] record) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
            byte[] key = in.readNBytes(in.readInt());
            Change.Action action = Change.Action.values()[in.readByte()];
            Locator source = new Locator(in.readLong(), in.readLong());
            Locator target = new Locator(in.readLong(), in.readLong());
            return new Change(action, key(key), source, target, values(in), values(in));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    // A text of PostgreSQL holds no NUL, so one ends each column and a shorter key sorts first.
    private static byte[] key(List<String> key) {
        StringBuilder text = new StringBuilder();
        key.forEach(column -> text.append(column).append('\0'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> key(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return List.of(text.substring(0, text.length() - 1).split("\0", -1));
    }

    private static void place(DataOutputStream out, Locator locator) throws IOException {
        out.writeLong(locator.relation());
        out.writeLong(locator.tuple());
    }

    private static void values(DataOutputStream out, Values values) throws IOException {
        out.writeInt(values.count());
        out.writeInt(values.bytes().length);
        out.write(values.bytes());
    }

    private static Values values(DataInputStream in) throws IOException {
        return new Values(in.readInt(), in.readNBytes(in.readInt()));
    }
}
