package io.github.dbops.sync.draft;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was counted in a table's rows. Values themselves never left the database.
 *
 * @param rows how many there are
 * @param columns by name, for those that were asked about
 * @param distinct how many different values groups of columns have, for groups without NULLs that were asked about
 * @param unseen why the rows were not looked at, a sentence; empty where they were
 */
public record Counted(
        RowCount rows, Map<String, Fill> columns, Map<List<String>, Long> distinct, Optional<String> unseen) {

    public Counted {
        columns = Map.copyOf(columns);
        distinct = Map.copyOf(distinct);
    }

    /** Nothing, for a reason. */
    public static Counted unseen(RowCount rows, String why) {
        return new Counted(rows, Map.of(), Map.of(), Optional.of(why));
    }

    /** Whether no row lacks a value in any of the columns; not where that was not looked at. */
    public boolean isFilled(List<String> names) {
        return names.stream()
                .allMatch(name ->
                        fill(name).filter(f -> f.filled() == rows.rows()).isPresent());
    }

    /** Whether the columns are filled in every row and tell all rows apart; not where that was not looked at. */
    public boolean tellsRowsApart(List<String> names) {
        Optional<Long> different =
                names.size() == 1 ? fill(names.get(0)).map(Fill::distinct) : Optional.ofNullable(distinct.get(names));
        return unseen.isEmpty()
                && isFilled(names)
                && different.filter(d -> d == rows.rows()).isPresent();
    }

    /** What was counted of a column. */
    public Optional<Fill> fill(String name) {
        return Optional.ofNullable(columns.get(name));
    }

    /**
     * What was counted of one column.
     *
     * @param filled rows that have a value in it
     * @param distinct different values
     * @param generated values that look like ids which a program makes: uuid, cuid, ulid, hexadecimal
     * @param longest characters of the longest text; 0 for other types
     */
    public record Fill(long filled, long distinct, long generated, long longest) {

        /** Nothing is known. */
        static final Fill NONE = new Fill(0, 0, 0, 0);

        /** Whether nearly all of its values look like ids which a program makes. */
        public boolean looksGenerated() {
            return filled > 0 && generated * 10 >= filled * 9;
        }
    }
}
