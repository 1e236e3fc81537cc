package io.github.dbops.it;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The totals in a {@code sync-report.json}. */
public record Totals(
        int sourceRows,
        int targetRows,
        int toInsert,
        int toUpdate,
        int conflicts,
        int identical,
        int different,
        int onlyInTarget,
        int appliedInserts,
        int appliedUpdates) {

    private static final Pattern OBJECT = Pattern.compile("\"totals\"\\s*:\\s*\\{([^}]*)}");

    /** Reads them out of the report's text. */
    public static Totals in(String json) {
        Matcher object = OBJECT.matcher(json);
        if (!object.find()) {
            throw new IllegalArgumentException("no totals in " + json);
        }
        String fields = object.group(1);
        return new Totals(
                number("sourceRows", fields),
                number("targetRows", fields),
                number("toInsert", fields),
                number("toUpdate", fields),
                number("conflicts", fields),
                number("identical", fields),
                number("different", fields),
                number("onlyInTarget", fields),
                number("appliedInserts", fields),
                number("appliedUpdates", fields));
    }

    private static int number(String field, String fields) {
        Matcher number = Pattern.compile("\"" + field + "\"\\s*:\\s*(\\d+)").matcher(fields);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }
}
