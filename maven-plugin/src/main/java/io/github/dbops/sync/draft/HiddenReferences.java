package io.github.dbops.sync.draft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Columns that hold another table's numbers, by their names, although no foreign key says so. */
final class HiddenReferences {

    private final List<Parent> parents;

    HiddenReferences(Survey survey) {
        this.parents = survey.tables().stream()
                .map(Surveyed::facts)
                .filter(t -> t.primaryKey().size() == 1
                        && survey.isSequenceBacked(t, t.primaryKey().get(0)))
                .map(Parent::of)
                .toList();
    }

    /** One table's, with the table that each seems to reference. */
    Map<String, TableFacts> in(TableFacts table) {
        Map<String, TableFacts> hidden = new LinkedHashMap<>();
        for (ColumnFacts column : table.columns()) {
            boolean number = column.family() == Family.NUMBER
                    && !column.is(ColumnFacts.Trait.SEQUENCE_BACKED)
                    && !table.isReference(column.name());
            if (number) {
                parent(table, Words.of(column.name())).ifPresent(parent -> hidden.put(column.name(), parent));
            }
        }
        return hidden;
    }

    private Optional<TableFacts> parent(TableFacts table, Words column) {
        return parents.stream()
                .filter(parent -> !parent.table().name().equals(table.name()) && parent.namesColumn(column))
                .map(Parent::table)
                .findFirst();
    }

    /**
     * A table whose numbers others may hold.
     *
     * @param table the table
     * @param key the words of its primary key
     * @param noun the words of its name
     */
    private record Parent(TableFacts table, List<String> key, Words noun) {

        static Parent of(TableFacts table) {
            return new Parent(
                    table,
                    Words.of(table.primaryKey().get(0)).words(),
                    Words.of(table.name().name()));
        }

        /** {@code manager_staff_id} after {@code staff.staff_id}, {@code authorId} after {@code authors.id}. */
        boolean namesColumn(Words column) {
            List<String> words = column.words();
            int before = words.size() - key.size();
            if (key.isEmpty()
                    || before < 0
                    || words.size() == 1
                    || !words.subList(before, words.size()).equals(key)) {
                return false;
            }
            return key.size() > 1
                    || new Words(words.subList(0, before)).isSameNoun(noun)
                    || (before > 0 && new Words(words.subList(before - 1, before)).isSameNoun(noun));
        }
    }
}
