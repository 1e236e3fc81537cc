package io.github.dbops.sync.compare;

import io.github.dbops.sync.Change;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.TableShape;
import java.util.Collection;
import java.util.Collections;

/** What an update changes. */
final class Updates {

    private Updates() {}

    /** Whether it changes any of these columns. */
    static boolean changes(TableShape shape, Change update, Collection<String> columns) {
        int key = shape.key().leaves().size();
        int at = 0;
        for (Field field : shape.compared()) {
            int end = at + field.leaves().size();
            if (!Collections.disjoint(field.columns(), columns)
                    && !update.before().sameAt(at, end - at, update.after(), key + at)) {
                return true;
            }
            at = end;
        }
        return false;
    }
}
