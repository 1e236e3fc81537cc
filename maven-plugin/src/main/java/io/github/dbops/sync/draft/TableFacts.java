package io.github.dbops.sync.draft;

import io.github.dbops.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A table as its catalog describes it, as far as a first plan needs to know it.
 *
 * @param name schema and name
 * @param planName how a plan calls it: bare in the current schema, else {@code schema.table}
 * @param columns in their order
 * @param primaryKey its columns in index order; empty: none
 * @param uniqueIndexes valid ones beside the primary key's
 * @param references its foreign keys
 * @param triggers user triggers that fire
 * @param estimatedRows what the server guesses; negative: it has no guess
 * @param obstacle why a sync cannot read or carry it now, a sentence; empty where nothing is in the way
 * @param notes what else is worth knowing, a sentence each
 */
public record TableFacts(
        QualifiedName name,
        String planName,
        List<ColumnFacts> columns,
        List<String> primaryKey,
        List<UniqueFacts> uniqueIndexes,
        List<Reference> references,
        List<TriggerFacts> triggers,
        long estimatedRows,
        Optional<String> obstacle,
        List<String> notes) {

    public TableFacts {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        uniqueIndexes = List.copyOf(uniqueIndexes);
        references = List.copyOf(references);
        triggers = List.copyOf(triggers);
        notes = List.copyOf(notes);
    }

    /** A column by its exact name. */
    public Optional<ColumnFacts> column(String columnName) {
        return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
    }

    /** Whether something holds of a column; not where there is no such column. */
    public boolean is(String columnName, ColumnFacts.Trait trait) {
        return column(columnName).filter(c -> c.is(trait)).isPresent();
    }

    /** Whether the column is one of a foreign key's. */
    public boolean isReference(String columnName) {
        return references.stream().anyMatch(r -> r.columns().contains(columnName));
    }

    /** Whether the column is one of a foreign key's that leads back to this table. */
    public boolean isSelfReference(String columnName) {
        return references.stream()
                .anyMatch(r -> r.parent().equals(name) && r.columns().contains(columnName));
    }

    /** Whether an index, the primary key's included, tells all rows apart that have a value in these columns. */
    public boolean isUnique(List<String> key) {
        boolean byPrimaryKey = !primaryKey.isEmpty() && key.containsAll(primaryKey);
        return byPrimaryKey
                || uniqueIndexes.stream().anyMatch(i -> i.tellsAllRowsApart() && key.containsAll(i.columns()));
    }
}
