package io.github.dbops.sync;

import io.github.dbops.sync.ShapedColumn.Part;
import java.util.List;
import java.util.stream.Stream;

/**
 * A reference whose values are numbers of one database: it is compared and written through the natural key of the row
 * that it leads to.
 *
 * @param reference the reference; it fills {@link Reference#provided}
 * @param part what it takes part as
 * @param isSensitive one of its own columns is
 */
public record ReferenceField(Reference reference, Part part, boolean isSensitive) implements Field {

    /** The references among some fields. */
    public static Stream<Reference> references(List<Field> fields) {
        return fields.stream()
                .filter(ReferenceField.class::isInstance)
                .map(field -> ((ReferenceField) field).reference());
    }

    @Override
    public String name() {
        return String.join(", ", reference.provided());
    }

    @Override
    public List<String> columns() {
        return reference.provided();
    }

    @Override
    public List<Leaf> leaves() {
        return reference.leaves(isSensitive);
    }
}
