package io.github.dbops.sync;

import io.github.dbops.postgres.catalog.ForeignKey;
import io.github.dbops.postgres.catalog.Table;
import java.util.List;

/**
 * A foreign key to a table of the plan whose natural key is known: the row that it leads to is the same on both sides
 * when its natural key is, whatever its ids are.
 *
 * @param foreignKey the foreign key, of the target, or of the source where only that has it
 * @param parent how the row that it leads to is told
 * @param provided its columns that are filled through the parent; those that are not hold values which mean the same on
 *     both sides, or are filled by another reference
 * @param binding when its parent is there
 */
public record Reference(ForeignKey foreignKey, NaturalKey parent, List<String> provided, Binding binding) {

    public Reference {
        provided = List.copyOf(provided);
    }

    /** The natural key of the row that it leads to, as values of the referencing table. */
    public List<Leaf> leaves() {
        return leaves(false);
    }

    List<Leaf> leaves(boolean sensitive) {
        return parent.leaves().stream()
                .map(leaf -> leaf.through(this, sensitive))
                .toList();
    }

    /** Whether the side proves by a foreign key that every reference has its row. */
    public boolean isProven(Table side) {
        return side.foreignKeys().stream()
                .anyMatch(key -> key.proven()
                        && key.columns().equals(foreignKey.columns())
                        && key.parentColumns().equals(foreignKey.parentColumns()));
    }

    /** Whether a side's schema proves that every reference leads to a row with a natural key. */
    public boolean isAlwaysTold(Side side, Table child) {
        return isProven(child) && parent.isAlwaysThere(side);
    }

    /** How it is made sure that the parent is there when the constraint looks. */
    public enum Binding {
        /** The parent's table is written before. */
        PARENT_FIRST,
        /** It is written before, but not all that its key refers to: until then only what is staged tells its rows. */
        BY_STAGE,
        /** The parent may be inserted by the same statement, at whose end the constraint looks. */
        SAME_STATEMENT,
        /** The constraint looks at the transaction's end. */
        DEFERRED,
        /** Inserted as NULL, and filled when the parent is there. */
        SECOND_STEP
    }
}
