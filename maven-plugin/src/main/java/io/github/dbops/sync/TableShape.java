package io.github.dbops.sync;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.sync.ShapedColumn.Part;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A planned table as both sides have it: what takes part as what. Complete and checked when it exists.
 *
 * @param key how its rows are told
 * @param fields what takes part: key fields first, in the plan's order, then by the target's order
 * @param references every reference to a table of the plan, those included that fill no column
 * @param reserved columns whose values an apply must take from the target's own default before it inserts, because rows
 *     of the same statement or of a deferred constraint refer to them
 * @param group tables whose references go round have the same number, others each their own; groups are in the order in
 *     which they are written
 * @param differences columns that the two sides do not have alike
 * @param notes what the operator should know, one sentence each
 */
public record TableShape(
        NaturalKey key,
        List<Field> fields,
        List<Reference> references,
        List<Column> reserved,
        int group,
        List<SchemaDifference> differences,
        List<String> notes) {

    public TableShape {
        fields = List.copyOf(fields);
        references = List.copyOf(references);
        reserved = List.copyOf(reserved);
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    /** The plan's entry. */
    public PlannedTable planned() {
        return key.planned();
    }

    /** The source's table. */
    public Table source() {
        return key.source();
    }

    /** The target's table. */
    public Table target() {
        return key.target();
    }

    /** The target's name, under which the table is reported. */
    public QualifiedName name() {
        return key.name();
    }

    /** What is compared. */
    public List<Field> compared() {
        return parts(EnumSet.of(Part.COMPARED));
    }

    /**
     * Compared references that may lead to a row without a natural key, or to none: their values are NULL then, as where
     * there is no reference, and it is not the same.
     */
    public List<Reference> doubtful() {
        return ReferenceField.references(compared())
                .filter(reference ->
                        Arrays.stream(Side.values()).anyMatch(side -> !reference.isAlwaysTold(side, side.table(key))))
                .toList();
    }

    /** What an update carries: the key, then what is compared. */
    public List<Field> updated() {
        return parts(EnumSet.of(Part.KEY, Part.COMPARED));
    }

    /** What an insert carries: all. */
    public List<Field> inserted() {
        return fields;
    }

    /** The values of some fields, one after the other. */
    public static List<Leaf> leaves(List<Field> fields) {
        return fields.stream().flatMap(field -> field.leaves().stream()).toList();
    }

    private List<Field> parts(Set<Part> wanted) {
        return fields.stream().filter(field -> wanted.contains(field.part())).toList();
    }
}
