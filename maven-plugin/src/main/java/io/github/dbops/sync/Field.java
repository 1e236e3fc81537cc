package io.github.dbops.sync;

import io.github.dbops.sync.ShapedColumn.Part;
import java.util.List;

/** What is compared and written as one: a column's value, or a reference to another row. */
public sealed interface Field permits ColumnField, ReferenceField {

    /** For people: the column's name, or those of all columns that make the reference, with commas between. */
    String name();

    /** What it takes part as. */
    Part part();

    /** The table's columns that it fills. */
    List<String> columns();

    /** The values that make it, in an order that never changes. */
    List<Leaf> leaves();

    /** Whether no report may show it. */
    boolean isSensitive();
}
