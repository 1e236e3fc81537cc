package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Values;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Locator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A change as bytes: how many follow, the canonical key after its length, then everything else. Records lie one after the
 * other, and are compared where they lie.
 */
final class ChangeCodec {

    private static final int KEY = 2 * Integer.BYTES;
    private static final Change.Action[] ACTIONS = Change.Action.values();

    private ChangeCodec() {}

    /** The order of changes: by the canonical key's UTF-8 bytes, column by column. */
    static int compare(byte[] ones, int one, byte[] others, int other) {
        return Arrays.compareUnsigned(ones, one + KEY, keyEnd(ones, one), others, other + KEY, keyEnd(others, other));
    }

    /** How many bytes two records' keys begin with. */
    static int common(byte[] bytes, int one, int other) {
        int differs = Arrays.mismatch(bytes, one + KEY, keyEnd(bytes, one), bytes, other + KEY, keyEnd(bytes, other));
        return differs < 0 ? keyEnd(bytes, one) - one - KEY : differs;
    }

    /**
     * A few bytes of a key as a number, whose unsigned order is theirs; a key that ends before them goes on with zeros.
     *
     * @param from how many bytes of the key are left out
     * @param length how many are taken, at most eight
     */
    static long prefix(byte[] bytes, int record, int from, int length) {
        int start = record + KEY + from;
        int end = Math.min(keyEnd(bytes, record), start + length);
        long prefix = 0;
        for (int i = start; i < start + length; i++) {
            prefix = prefix << Byte.SIZE | (i < end ? bytes[i] & 0xFF : 0);
        }
        return prefix;
    }

    private static int keyEnd(byte[] bytes, int record) {
        return record + KEY + ByteBuffer.wrap(bytes).getInt(record + Integer.BYTES);
    }

    /** How long the record is that begins somewhere. */
    static int length(byte[] bytes, int record) {
        return Integer.BYTES + ByteBuffer.wrap(bytes).getInt(record);
    }

    /** Writes a record behind what is there; returns the room, a larger one where it did not suffice. */
    static ByteBuffer encode(Change change, ByteBuffer room) {
        byte[] key = key(change.key());
        int length = Integer.BYTES + key.length + 1 + 4 * Long.BYTES + size(change.before()) + size(change.after());
        ByteBuffer out = room;
        if (room.remaining() < Integer.BYTES + length) {
            int wanted = Math.max(2 * room.capacity(), room.position() + Integer.BYTES + length);
            out = ByteBuffer.allocate(wanted).put(room.flip());
        }
        out.putInt(length).putInt(key.length).put(key);
        out.put((byte) change.action().ordinal());
        place(out, change.source());
        place(out, change.target());
        values(out, change.before());
        values(out, change.after());
        return out;
    }

    /** Reads the record that begins somewhere. */
    static Change decode(byte[] bytes, int record) {
        ByteBuffer in = ByteBuffer.wrap(bytes).position(keyEnd(bytes, record));
        List<String> key = key(bytes, record + KEY, in.position());
        Change.Action action = ACTIONS[in.get()];
        Locator source = new Locator(in.getLong(), in.getLong());
        Locator target = new Locator(in.getLong(), in.getLong());
        return new Change(action, key, source, target, values(in), values(in));
    }

    // A text of PostgreSQL holds no NUL, so one ends each column and a shorter key sorts first.
    private static byte[] key(List<String> key) {
        String all = key.size() == 1 ? key.get(0) : String.join("\0", key);
        return all.concat("\0").getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> key(byte[] bytes, int from, int end) {
        String all = new String(bytes, from, end - from - 1, StandardCharsets.UTF_8);
        return all.indexOf('\0') < 0 ? List.of(all) : List.of(all.split("\0", -1));
    }

    private static void place(ByteBuffer out, Locator locator) {
        out.putLong(locator.relation()).putLong(locator.tuple());
    }

    private static int size(Values values) {
        return 2 * Integer.BYTES + values.bytes().length;
    }

    private static void values(ByteBuffer out, Values values) {
        out.putInt(values.count()).putInt(values.bytes().length).put(values.bytes());
    }

    private static Values values(ByteBuffer in) {
        int count = in.getInt();
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return new Values(count, bytes);
    }
}
