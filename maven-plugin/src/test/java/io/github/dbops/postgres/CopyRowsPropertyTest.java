package io.github.dbops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.testing.Property;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.copy.CopyOut;

/** Whoever stands between may cut a copy into other messages than PostgreSQL's, one for each row. */
class CopyRowsPropertyTest {

    @Test
    void rowsAreTheSameHoweverTheyAreCut() {
        Property.forAll(300, random -> {
            List<List<@Nullable String>> rows = rows(random);
            CopyRows read = new CopyRows("a database", copy(cut(written(rows), random)));
            for (List<@Nullable String> row : rows) {
                assertThat(read.next()).isTrue();
                for (int i = 0; i < row.size(); i++) {
                    assertThat(read.isNull(i) ? null : read.text(i)).isEqualTo(row.get(i));
                }
                assertThat(read.values(0, row.size()).count()).isEqualTo(row.size());
            }
            assertThat(read.next()).isFalse();
            assertThat(read.next()).isFalse();
            read.close();
        });
    }

    private static List<List<@Nullable String>> rows(Random random) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            List<@Nullable String> row = new ArrayList<>();
            for (int field = random.nextInt(20); field > 0; field--) {
                row.add(random.nextInt(4) == 0 ? null : "x".repeat(random.nextInt(1 << random.nextInt(12))));
            }
            rows.add(row);
        }
        return rows;
    }

    private static byte[] written(List<List<@Nullable String>> rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write("PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
        out.writeLong(0);
        for (List<@Nullable String> row : rows) {
            out.writeShort(row.size());
            for (String field : row) {
                byte[] text = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
                out.writeInt(field == null ? -1 : text.length);
                out.write(text);
            }
        }
        out.writeShort(-1);
        return bytes.toByteArray();
    }

    private static Deque<byte[]> cut(byte[] all, Random random) {
        Deque<byte[]> messages = new ArrayDeque<>();
        int longest = 1 + random.nextInt(1 << random.nextInt(14));
        for (int at = 0; at < all.length; ) {
            int end = Math.min(all.length, at + random.nextInt(longest + 1));
            messages.add(Arrays.copyOfRange(all, at, end));
            at = end;
        }
        return messages;
    }

    private static CopyOut copy(Deque<byte[]> messages) {
        return (CopyOut) Proxy.newProxyInstance(
                CopyOut.class.getClassLoader(),
                new Class<?>[] {CopyOut.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isActive" -> !messages.isEmpty();
                    case "readFromCopy" -> messages.poll();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
