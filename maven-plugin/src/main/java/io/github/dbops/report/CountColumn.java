package io.github.dbops.report;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One column of the table of counts, the same on the console and in Markdown.
 *
 * @param title its heading
 * @param value its number
 * @param weight whether the eye should find it
 */
record CountColumn(String title, ToLongFunction<Counts> value, Weight weight) {

    /** How much a number matters to its reader. */
    enum Weight {
        PLAIN,
        STRONG
    }

    private static final List<CountColumn> ALWAYS = List.of(
            plain("source", Counts::sourceRows),
            plain("target", Counts::targetRows),
            strong("insert", Counts::toInsert),
            strong("update", Counts::toUpdate),
            plain("conflicts", Counts::conflicts),
            plain("identical", Counts::identical),
            plain("different", Counts::different),
            plain("only in target", Counts::onlyInTarget));

    /** The columns for an outcome: some appear only where they say something. */
    static List<CountColumn> of(SyncOutcome outcome) {
        List<CountColumn> columns = new ArrayList<>(ALWAYS);
        Counts totals = outcome.totals();
        boolean applied =
                outcome.result() == SyncOutcome.Result.APPLIED || totals.appliedInserts() + totals.appliedUpdates() > 0;
        // An apply refuses blocked rows: once it has written, there are none.
        if (!applied || totals.blocked() > 0) {
            columns.add(strong("blocked", Counts::blocked));
        }
        if (totals.duplicateSourceKeyGroups() > 0) {
            columns.add(strong("duplicate keys", Counts::duplicateSourceKeyGroups));
        }
        if (applied) {
            columns.add(strong("inserted", Counts::appliedInserts));
            columns.add(strong("updated", Counts::appliedUpdates));
        }
        return columns;
    }

    /** The number as people read it. */
    String text(Counts counts) {
        return Amount.of(value.applyAsLong(counts));
    }

    private static CountColumn plain(String title, ToLongFunction<Counts> value) {
        return new CountColumn(title, value, Weight.PLAIN);
    }

    private static CountColumn strong(String title, ToLongFunction<Counts> value) {
        return new CountColumn(title, value, Weight.STRONG);
    }
}
