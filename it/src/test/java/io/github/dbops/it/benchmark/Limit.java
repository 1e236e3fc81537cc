package io.github.dbops.it.benchmark;

import java.util.Locale;

/**
 * What a case may cost at most.
 *
 * @param against the title of the method that it is measured against
 * @param measure how the two are compared
 * @param most the limit
 */
record Limit(String against, Measure measure, double most) {

    /** The same against another method. */
    Limit against(String title) {
        return new Limit(title, measure, most);
    }

    /** How two times are compared. */
    enum Measure {
        /** Times as long. */
        RATIO {
            @Override
            double of(double seconds, double baseline) {
                return seconds / baseline;
            }

            @Override
            String text(double value) {
                return String.format(Locale.ROOT, "%.2f", value);
            }
        },
        /** Seconds more. */
        SECONDS_MORE {
            @Override
            double of(double seconds, double baseline) {
                return seconds - baseline;
            }

            @Override
            String text(double value) {
                return String.format(Locale.ROOT, "%+.2f s", value);
            }
        };

        abstract double of(double seconds, double baseline);

        abstract String text(double value);
    }
}
