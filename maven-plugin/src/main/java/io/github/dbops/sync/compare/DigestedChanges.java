package io.github.dbops.sync.compare;

import io.github.dbops.sync.Change;
import io.github.dbops.sync.Changes;
import io.github.dbops.sync.TableShape;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A table's changes, whose digest is made while somebody reads all of them; nobody has to read them for it alone. */
final class DigestedChanges implements Changes {

    private final TableShape shape;
    private final Changes changes;
    private @Nullable String digest;

    DigestedChanges(TableShape shape, Changes changes) {
        this.shape = shape;
        this.changes = changes;
    }

    /** The table's name. */
    String table() {
        return shape.name().toString();
    }

    /** SHA-256 over the changes; reads them where nobody has. */
    String digest() {
        String known = digest;
        return known == null ? read(change -> true) : known;
    }

    @Override
    public void whileWanted(Predicate<Change> reader) {
        if (digest == null) {
            read(reader);
        } else {
            changes.whileWanted(reader);
        }
    }

    private String read(Predicate<Change> reader) {
        ChangeDigest made = ChangeDigest.ofTable(shape);
        boolean[] wanted = {true};
        changes.whileWanted(change -> {
            made.add(change);
            wanted[0] = reader.test(change);
            return wanted[0];
        });
        String hex = made.hex();
        if (wanted[0]) {
            digest = hex;
        }
        return hex;
    }
}
