package io.github.dbops.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of the values that a field is made of: a column of the table, or a column of a natural key to which references
 * lead.
 *
 * @param path the references from the table to the one that has the column; empty: the table itself
 * @param column the column
 * @param isSensitive no report may show its values
 */
public record Leaf(List<Reference> path, ShapedColumn column, boolean isSensitive) {

    public Leaf {
        path = List.copyOf(path);
    }

    /** A column of the table itself. */
    static Leaf of(ShapedColumn column) {
        return new Leaf(List.of(), column, column.sensitive());
    }

    /** The same value, seen through one reference more. */
    Leaf through(Reference reference, boolean sensitiveReference) {
        List<Reference> longer = new ArrayList<>(List.of(reference));
        longer.addAll(path);
        return new Leaf(longer, column, isSensitive || sensitiveReference);
    }

    /** How its values travel. */
    public WireForm form() {
        return path.isEmpty() ? column.form() : WireForm.CANONICAL;
    }

    /** For people: {@code slug}, or {@code categoryId.slug} where the category's slug stands for its id. */
    public String label() {
        return Stream.concat(
                        path.stream()
                                .map(reference ->
                                        String.join("+", reference.foreignKey().columns())),
                        Stream.of(column.name()))
                .collect(Collectors.joining("."));
    }
}
