package io.github.dbops.sync.compare;

import io.github.dbops.sync.Change;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Whether updates of a table change some of its columns, told by where those columns' values stand in a change. */
final class Updates {

    private final int key;
    private final List<Span> spans;

    private Updates(int key, List<Span> spans) {
        this.key = key;
        this.spans = spans;
    }

    /** Of these columns, as far as they are compared. */
    static Updates of(TableShape shape, Collection<String> columns) {
        List<Span> spans = new ArrayList<>();
        int at = 0;
        for (Field field : shape.compared()) {
            int count = field.leaves().size();
            if (!Collections.disjoint(field.columns(), columns)) {
                spans.add(new Span(at, count));
            }
            at += count;
        }
        List<Reference> doubtful = shape.doubtful();
        for (int i = 0; i < doubtful.size(); i++) {
            if (!Collections.disjoint(doubtful.get(i).provided(), columns)) {
                spans.add(new Span(at + i, 1));
            }
        }
        return new Updates(shape.key().leaves().size(), List.copyOf(spans));
    }

    /** Whether an update changes any of them. */
    boolean change(Change update) {
        for (Span span : spans) {
            if (!update.before().sameAt(span.first, span.count, update.after(), key + span.first)) {
                return true;
            }
        }
        return false;
    }

    /** Values of one field among the compared ones, or how one reference stands. */
    private record Span(int first, int count) {}
}
