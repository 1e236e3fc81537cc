package io.github.dbops.sync.compare;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists of texts, put aside in the order in which they come and read again as often as needed; on disk once they are many. */
final class Spool implements AutoCloseable {

    private static final int MEMORY = 1 << 20;

    private final SpillFile file = new SpillFile();
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();
    private final DataOutputStream toFirst = new DataOutputStream(first);
    private @Nullable DataOutputStream rest;

    /** Puts one record aside; a text may be of any length. */
    void add(List<String> record) {
        try {
            DataOutputStream out = first.size() < MEMORY ? toFirst : rest();
            out.writeInt(record.size());
            for (String text : record) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
        }
    }

    private DataOutputStream rest() {
        DataOutputStream known = rest;
        if (known == null) {
            known = file.append();
            rest = known;
        }
        return known;
    }

    /** Hands out every record, in order. */
    void forEach(Consumer<List<String>> reader) {
        try {
            read(new DataInputStream(new ByteArrayInputStream(first.toByteArray())), reader);
            if (rest != null) {
                rest.flush();
                try (DataInputStream in = file.read()) {
                    read(in, reader);
                }
            }
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
        }
    }

    private static void read(DataInputStream in, Consumer<List<String>> reader) throws IOException {
        while (true) {
            int count;
            try {
                count = in.readInt();
            } catch (EOFException end) {
                return;
            }
            List<String> record = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                record.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
            }
            reader.accept(record);
        }
    }

    @Override
    public void close() {
        try {
            if (rest != null) {
                rest.close();
            }
        } catch (IOException failure) {
            throw SpillFile.noRoom(failure);
        } finally {
            file.close();
        }
    }
}
