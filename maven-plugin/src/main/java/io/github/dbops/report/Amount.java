package io.github.dbops.report;

import java.util.Locale;

/** Numbers as people read them. */
final class Amount {

    private Amount() {}

    /** With commas between thousands, whatever the machine's locale. */
    static String of(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** With its noun: {@code 1 row}, {@code 1,200 rows}. */
    static String of(long number, String noun) {
        return of(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
