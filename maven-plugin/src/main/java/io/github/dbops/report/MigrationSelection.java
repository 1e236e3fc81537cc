package io.github.dbops.report;

import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationState;
import java.util.ArrayList;
import java.util.List;

/**
 * Some of a history: everything that is not simply applied, and of what is, the last few.
 *
 * @param shown in the history's order
 * @param earlier how many simply applied ones are not among them
 */
record MigrationSelection(List<Migration> shown, int earlier) {

    /** Chooses from a history. */
    static MigrationSelection of(List<Migration> history, int mostApplied) {
        int earlier = Math.max(
                0, (int) history.stream().filter(MigrationSelection::simple).count() - mostApplied);
        List<Migration> shown = new ArrayList<>();
        int left = earlier;
        for (Migration migration : history) {
            if (simple(migration) && left > 0) {
                left--;
            } else {
                shown.add(migration);
            }
        }
        return new MigrationSelection(List.copyOf(shown), earlier);
    }

    /** Where among the shown the simply applied ones begin; behind all of them where none is shown. */
    int firstSimple() {
        return (int) shown.stream().takeWhile(m -> !simple(m)).count();
    }

    /** Applied, and nothing else is to be said of it. */
    static boolean simple(Migration migration) {
        return migration.state() == MigrationState.APPLIED
                && !migration.pending()
                && migration.notes().isEmpty();
    }
}
