package io.github.dbops.sync.shape;

import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.sync.SchemaDifference;
import io.github.dbops.sync.ShapedColumn;
import java.util.Optional;

/** What the two sides' columns of one name do not have alike, as far as a sync meets it. */
final class SchemaDifferences {

    private static final String ABSENT = "absent";

    private SchemaDifferences() {}

    static SchemaDifference onlyInTarget(Column column) {
        return new SchemaDifference(
                column.name(), ABSENT, told(column), "It is left alone, and keeps its default in inserted rows.");
    }

    static SchemaDifference onlyInSource(Column column) {
        return new SchemaDifference(column.name(), told(column), ABSENT, "It is not carried.");
    }

    /** Type, nullability and generation of a column that takes part; empty where they agree as far as it matters. */
    static Optional<SchemaDifference> of(ShapedColumn column) {
        Column here = column.source();
        Column there = column.target();
        if (column.isCast()) {
            return Optional.of(difference(
                    column,
                    "Values are compared and written as " + there.type().declared()
                            + "; one that does not fit exactly refuses the run."));
        }
        if (there.notNull() && !here.notNull()) {
            return Optional.of(difference(column, "A row with NULL in it refuses the run."));
        }
        if (here.generated()) {
            return Optional.of(difference(column, "What the source computes is carried as a plain value."));
        }
        return Optional.empty();
    }

    private static SchemaDifference difference(ShapedColumn column, String effect) {
        return new SchemaDifference(column.name(), told(column.source()), told(column.target()), effect);
    }

    private static String told(Column column) {
        return column.type().declared()
                + (column.notNull() ? " NOT NULL" : "")
                + (column.generated() ? " GENERATED ALWAYS" : "");
    }
}
