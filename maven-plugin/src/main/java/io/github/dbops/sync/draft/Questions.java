package io.github.dbops.sync.draft;

import io.github.dbops.sync.draft.ColumnFacts.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a table's rows are worth being asked, so that each table costs two statements at most. */
public final class Questions {

    private static final int MOST_COLUMNS = 24;
    private static final int MOST_PAIRS = 24;

    private final TableFacts table;
    private final KeyRules rules;

    /** The questions about one table. */
    public Questions(TableFacts table) {
        this.table = table;
        this.rules = new KeyRules(new Surveyed(table, Counted.unseen(RowCount.UNKNOWN, "")));
    }

    /** Columns to be counted one by one, the most telling first; possibly none. */
    public List<String> columns() {
        Set<String> asked = new LinkedHashSet<>();
        table.uniqueIndexes().stream()
                .filter(UniqueFacts::tellsAllRowsApart)
                .filter(index -> rules.allows(index.columns()))
                .forEach(index -> asked.addAll(index.columns()));
        table.primaryKey().stream()
                .filter(name -> table.column(name)
                        .filter(c -> c.family() == Family.TEXT)
                        .isPresent())
                .forEach(asked::add);
        if (!hasProof()) {
            table.columns().stream()
                    .filter(c -> rules.isSearchable(c) || isParent(c))
                    .filter(c -> rules.sounding(c.name()) != Sounding.UNLIKELY || isParent(c) || isPartOfAName(c))
                    .sorted(Comparator.comparing(c -> isParent(c) ? Sounding.NAME : rules.sounding(c.name())))
                    .forEach(c -> asked.add(c.name()));
        }
        return asked.stream().limit(MOST_COLUMNS).toList();
    }

    /**
     * Pairs of columns whose different values are to be counted.
     *
     * @param rows how many rows there are
     * @param fills what was counted of the columns
     */
    public List<List<String>> pairs(long rows, Map<String, Counted.Fill> fills) {
        if (hasProof() || rows == 0) {
            return List.of();
        }
        List<String> parts = columns().stream()
                .filter(name -> fills.containsKey(name))
                .filter(name -> fill(fills, name).filled() == rows)
                .toList();
        List<List<String>> pairs = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            for (int j = i + 1; j < parts.size(); j++) {
                List<String> pair = ordered(parts.get(i), parts.get(j));
                if (isWorthALook(pair, rows, fills) && pairs.size() < MOST_PAIRS) {
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    private boolean isWorthALook(List<String> pair, long rows, Map<String, Counted.Fill> fills) {
        long one = fill(fills, pair.get(0)).distinct();
        long other = fill(fills, pair.get(1)).distinct();
        boolean alone = one == rows || other == rows;
        boolean possible = one * other >= rows;
        return !alone && possible && Pairing.isTelling(table, pair);
    }

    private static Counted.Fill fill(Map<String, Counted.Fill> fills, String name) {
        return fills.getOrDefault(name, Counted.Fill.NONE);
    }

    /** References first, then as the table has them. */
    private List<String> ordered(String one, String other) {
        List<String> order = table.columns().stream().map(ColumnFacts::name).toList();
        return List.of(one, other).stream()
                .sorted(Comparator.comparing((String name) -> !table.isReference(name))
                        .thenComparing(order::indexOf))
                .toList();
    }

    private boolean isParent(ColumnFacts column) {
        return table.isReference(column.name())
                && !table.isSelfReference(column.name())
                && column.is(Trait.KEYABLE)
                && !column.is(Trait.GENERATED);
    }

    private boolean isPartOfAName(ColumnFacts column) {
        return table.columns().stream()
                .anyMatch(c -> Sounding.isPersonsName(c.name(), column.name())
                        || Sounding.isPersonsName(column.name(), c.name()));
    }

    /** Whether the catalog alone proves a good key, so that the rows need not be searched for one. */
    private boolean hasProof() {
        boolean byIndex = table.uniqueIndexes().stream()
                .filter(UniqueFacts::tellsAllRowsApart)
                .map(UniqueFacts::columns)
                .anyMatch(columns -> isProof(columns) && rules.sounding(columns) != Sounding.PLACE);
        return byIndex || (!table.primaryKey().isEmpty() && isProof(table.primaryKey()));
    }

    private boolean isProof(List<String> columns) {
        return rules.allows(columns)
                && rules.isNeverNull(columns)
                && !rules.isHandedOutNumber(columns)
                && columns.stream().noneMatch(rules::isPlainId);
    }
}
