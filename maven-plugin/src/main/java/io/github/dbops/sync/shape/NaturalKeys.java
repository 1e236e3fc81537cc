package io.github.dbops.sync.shape;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.ColumnField;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.NaturalKey;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.Reference.Binding;
import io.github.dbops.sync.ReferenceField;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.ShapedColumn.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Natural keys with the references in them resolved: of a parent whose own key refers to its parent, and so on. */
final class NaturalKeys {

    private final Map<QualifiedName, PlannedColumns> tables;
    private final Providers providers;
    private final Map<QualifiedName, NaturalKey> known = new HashMap<>();
    private final Set<QualifiedName> open = new LinkedHashSet<>();

    NaturalKeys(Map<QualifiedName, PlannedColumns> tables, Providers providers) {
        this.tables = tables;
        this.providers = providers;
    }

    /**
     * The natural key of a table.
     *
     * @throws io.github.dbops.problem.ProblemException (REFERENCE_UNTRANSLATABLE) where a key goes through itself
     */
    NaturalKey of(QualifiedName name) {
        NaturalKey done = known.get(name);
        if (done != null) {
            return done;
        }
        PlannedColumns table = Objects.requireNonNull(tables.get(name));
        if (!open.add(name)) {
            throw throughItself(table).exception();
        }
        List<ShapedColumn> columns = table.columns().stream()
                .filter(column -> column.part() == Part.KEY)
                .toList();
        NaturalKey key = new NaturalKey(
                table.planned(),
                table.source(),
                table.target(),
                fields(
                        table,
                        columns,
                        column -> providers.of(table, column).map(link -> reference(link, Binding.PARENT_FIRST))));
        open.remove(name);
        known.put(name, key);
        return key;
    }

    /** A link as a reference that fills what only its parent can tell. */
    Reference reference(Link link, Binding binding) {
        return new Reference(link.key(), of(link.parent()), providers.provided(link), binding);
    }

    /**
     * Columns as fields: each of its own, or as the reference that fills it, where its first column stands.
     *
     * @param references the reference that fills a column; empty: its value is taken as it is
     */
    static List<Field> fields(
            PlannedColumns table, List<ShapedColumn> columns, Function<String, Optional<Reference>> references) {
        List<Field> fields = new ArrayList<>();
        Set<String> filled = new LinkedHashSet<>();
        for (ShapedColumn column : columns) {
            if (filled.contains(column.name())) {
                continue;
            }
            Optional<Reference> reference = references.apply(column.name());
            if (reference.isPresent()) {
                filled.addAll(reference.get().provided());
                fields.add(field(table, reference.get()));
            } else {
                fields.add(new ColumnField(column));
            }
        }
        return fields;
    }

    private static Field field(PlannedColumns table, Reference reference) {
        List<ShapedColumn> columns = reference.provided().stream()
                .flatMap(name -> table.column(name).stream())
                .toList();
        // A column that is written on insert only keeps the whole reference from being updated.
        Part part = List.of(Part.KEY, Part.IGNORED, Part.COMPARED, Part.CARRIED).stream()
                .filter(candidate -> columns.stream().anyMatch(column -> column.part() == candidate))
                .findFirst()
                .orElseThrow();
        return new ReferenceField(reference, part, columns.stream().anyMatch(ShapedColumn::sensitive));
    }

    private Problem throughItself(PlannedColumns table) {
        return Problem.of(
                        Code.REFERENCE_UNTRANSLATABLE,
                        "The key of " + table.name() + " goes through itself.",
                        "It holds references whose rows are told by keys that lead back to it: "
                                + String.join(
                                        " -> ",
                                        open.stream().map(Object::toString).toList())
                                + " -> " + table.name() + ".",
                        "Choose a key that does not contain the reference, or list its column in \"rawReferences\".")
                .at(table.place());
    }
}
