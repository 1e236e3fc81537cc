package io.github.dbops.postgres.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A valid index that keeps rows apart: a unique index, or the index of an exclusion constraint.
 *
 * @param name its name, also that of its constraint where it has one
 * @param elements what it is over, in order
 * @param predicate the condition of a partial index, in SQL on the table's columns
 * @param columns every column that elements and predicate read
 * @param immediate rows are kept apart one by one, not at the statement's or transaction's end
 * @param deferrable its constraint can be checked at the transaction's end
 * @param nullsDistinct two NULLs do not collide
 * @param exclusion it is an exclusion constraint's (also a key WITHOUT OVERLAPS): elements collide by other operators
 *     than equality
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-index.html">pg_index</a>
 */
public record UniqueIndex(
        String name,
        List<Element> elements,
        Optional<String> predicate,
        Set<String> columns,
        boolean immediate,
        boolean deferrable,
        boolean nullsDistinct,
        boolean exclusion) {

    public UniqueIndex {
        elements = List.copyOf(elements);
        columns = Set.copyOf(columns);
    }

    /** Its columns in order; empty where it has expressions. */
    public List<String> plainColumns() {
        boolean plain = elements.stream().allMatch(element -> element.column().isPresent());
        return plain
                ? elements.stream()
                        .map(element -> element.column().orElseThrow())
                        .toList()
                : List.of();
    }

    /** Whether no two rows of the table can share a value of these columns, NULLs aside. */
    public boolean keepsApart(List<String> key) {
        return !exclusion && predicate.isEmpty() && !plainColumns().isEmpty() && key.containsAll(plainColumns());
    }

    /** Whether another index keeps the same rows apart; names play no part. */
    public boolean isLike(UniqueIndex other) {
        return predicate.equals(other.predicate)
                && nullsDistinct == other.nullsDistinct
                && exclusion == other.exclusion
                && elements.stream()
                        .map(Element::expression)
                        .toList()
                        .equals(other.elements.stream().map(Element::expression).toList());
    }

    /** The condition under which two rows have the same to one of the elements, given what each has of it. */
    public String collides(Element element, String one, String other) {
        String same = element.operator().between(one, other);
        // Not IS NULL, which is true of a composite value of NULLs too.
        String none = " IS NOT DISTINCT FROM NULL";
        return nullsDistinct ? same : "(" + same + " OR (" + one + none + " AND " + other + none + "))";
    }

    /**
     * One element of an index.
     *
     * @param column the column that it is; empty for an expression
     * @param expression in SQL on the table's columns; a column's quoted name where it is one
     * @param operator the operator by which two rows collide
     */
    public record Element(Optional<String> column, String expression, Operator operator) {}
}
