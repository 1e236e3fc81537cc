package io.github.dbops.world;

import static java.util.stream.Collectors.joining;

import io.github.dbops.postgres.Identifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A unique index, or a constraint that has one.
 *
 * @param predicate of a partial index; null where it holds all rows
 * @param sides where it is
 */
record UniqueIndex(
        String name, Form form, List<Part> parts, @Nullable Predicate predicate, Nulls nulls, Set<Side> sides) {

    UniqueIndex {
        parts = List.copyOf(parts);
        sides = Set.copyOf(sides);
    }

    /** On both sides, over whole columns and all rows, NULL never equal to NULL. */
    static UniqueIndex of(String name, Form form, List<String> columns) {
        return new UniqueIndex(
                name,
                form,
                columns.stream().map(c -> new Part(c, Fold.NONE)).toList(),
                null,
                Nulls.DISTINCT,
                Set.of(Side.values()));
    }

    /** How it is declared. */
    enum Form {
        PRIMARY_KEY,
        CONSTRAINT,
        DEFERRABLE_CONSTRAINT,
        INDEX
    }

    /** Whether NULL collides with NULL; servers before 15 know DISTINCT only. */
    enum Nulls {
        DISTINCT,
        NOT_DISTINCT
    }

    /** What is indexed of a column. */
    enum Fold {
        NONE,
        LOWER
    }

    /** A column or an expression on it. */
    record Part(String column, Fold fold) {
        String sql() {
            String quoted = Identifier.quote(column);
            return fold == Fold.LOWER ? "lower(" + quoted + ")" : quoted;
        }
    }

    /** Which rows a partial index holds. */
    record Predicate(String column, Test test) {
        /** What is asked of the column. */
        enum Test {
            IS_TRUE,
            IS_NOT_NULL
        }

        String sql() {
            String quoted = Identifier.quote(column);
            return test == Test.IS_TRUE ? quoted : quoted + " IS NOT NULL";
        }
    }

    /** Every column that decides what it holds, the predicate's included. */
    Set<String> deciding() {
        Set<String> all = new HashSet<>(columns());
        if (predicate != null) {
            all.add(predicate.column());
        }
        return all;
    }

    /** The columns of its parts. */
    List<String> columns() {
        return parts.stream().map(Part::column).toList();
    }

    /** Its parts as SQL. */
    List<String> expressions() {
        return parts.stream().map(Part::sql).toList();
    }

    /** Whether a foreign key may reference these columns by it. */
    boolean isReferencable() {
        return sides.size() == 2
                && predicate == null
                && form != Form.DEFERRABLE_CONSTRAINT
                && nulls == Nulls.DISTINCT
                && parts.stream().allMatch(part -> part.fold() == Fold.NONE);
    }

    /** Whether NULLs collide on a server. */
    boolean isNullsNotDistinct(int majorVersion) {
        return nulls == Nulls.NOT_DISTINCT && majorVersion >= 15;
    }

    /**
     * The statement that makes it.
     *
     * @param table quoted
     * @param majorVersion of the server
     */
    String ddl(String table, int majorVersion) {
        String list = expressions().stream().collect(joining(", ", "(", ")"));
        String nullsClause = isNullsNotDistinct(majorVersion) ? " NULLS NOT DISTINCT" : "";
        String alter = "ALTER TABLE " + table + " ADD CONSTRAINT " + Identifier.quote(name) + " ";
        return switch (form) {
            case PRIMARY_KEY -> alter + "PRIMARY KEY " + list;
            case CONSTRAINT -> alter + "UNIQUE" + nullsClause + " " + list;
            case DEFERRABLE_CONSTRAINT -> alter + "UNIQUE" + nullsClause + " " + list + " DEFERRABLE";
            case INDEX ->
                "CREATE UNIQUE INDEX " + Identifier.quote(name) + " ON " + table + " " + list + nullsClause
                        + (predicate == null ? "" : " WHERE " + predicate.sql());
        };
    }
}
