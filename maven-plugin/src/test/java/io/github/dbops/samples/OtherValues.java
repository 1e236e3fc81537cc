package io.github.dbops.samples;

import io.github.dbops.samples.SampleTable.Column;

/** SQL for values that a row {@code t} does not have. */
final class OtherValues {

    private OtherValues() {}

    /**
     * A value that no row of the table has.
     *
     * @param number SQL for a positive number, another for each new row
     * @throws IllegalArgumentException for a type of which no value can be made up
     */
    static String absent(SampleTable table, Column column, String number) {
        String old = "t." + column.sql();
        return switch (column.kind()) {
            case 'S' -> "left('~' || " + number + " || '~' || coalesce(" + old + ", ''), " + column.length() + ")";
            case 'N' -> "(SELECT max(" + column.sql() + ") FROM " + table.sql() + ") + " + number;
            case 'D' -> old + " + (36500 + " + number + ")::integer * " + day(column);
            default -> throw new IllegalArgumentException("no new value for " + table.id() + "." + column.name());
        };
    }

    /** Mostly another value of the column's type, sometimes NULL or no longer NULL; empty for types left alone. */
    static String differing(Column column) {
        String old = "t." + column.sql();
        String changed = switch (column.kind()) {
            case 'S' -> "'~' || substr(" + old + ", 2)";
            case 'N' -> old + " + 1";
            case 'D' -> old + " + " + day(column);
            case 'B' -> "NOT " + old;
            default -> "";
        };
        if (!column.nullable() || changed.isEmpty()) {
            return changed;
        }
        String something = column.kind() == 'S' ? "'~'" : "NULL";
        return "CASE WHEN " + old + " IS NULL THEN " + something + " WHEN length(" + old
                + "::text) % 7 = 0 THEN NULL ELSE " + changed + " END";
    }

    private static String day(Column column) {
        return column.type().equals("date") ? "1" : "interval '1 day'";
    }
}
