package io.github.dbops.sync.draft;

import java.util.Optional;
import java.util.Set;

/** Why a column differs between two databases although its row is the same: each of them keeps it up by itself. */
public enum Upkeep {
    CHANGED("when a row was last changed, which each side sets itself"),
    CREATED("when a row was written, which each side sets itself"),
    SEARCH("a trigger keeps it up");

    private static final Set<String> CHANGES = Set.of(
            "updated",
            "update",
            "modified",
            "modification",
            "changed",
            "change",
            "edited",
            "touched",
            "mtime",
            "lastupdate",
            "lastupdated",
            "lastmodified",
            "updatedat",
            "updatedate");
    private static final Set<String> CREATIONS =
            Set.of("created", "creation", "create", "inserted", "ctime", "createdat", "createdate");

    /** What may stand beside such a word; another one makes it a fact of its own: {@code password_changed_at}. */
    private static final Set<String> BESIDE =
            Set.of("last", "row", "record", "date", "time", "datetime", "timestamp", "ts", "at", "on", "utc", "stamp");

    private final String reason;

    Upkeep(String reason) {
        this.reason = reason;
    }

    /** For people: what is said of such a column. */
    public String reason() {
        return reason;
    }

    /** A column's, if it has one. */
    static Optional<Upkeep> of(TableFacts table, ColumnFacts column) {
        boolean filled = table.triggers().stream()
                .anyMatch(t -> t.fills().filter(column.name()::equals).isPresent());
        if (filled) {
            return Optional.of(SEARCH);
        }
        if (column.family() != Family.MOMENT) {
            return Optional.empty();
        }
        Words words = Words.of(column.name());
        if (isMomentOf(words, CHANGES)) {
            return Optional.of(CHANGED);
        }
        // Without such a default it may be a date that somebody has entered.
        boolean written = isMomentOf(words, CREATIONS) && column.is(ColumnFacts.Trait.DEFAULTS_TO_NOW);
        return written ? Optional.of(CREATED) : Optional.empty();
    }

    private static boolean isMomentOf(Words words, Set<String> events) {
        return words.words().stream().anyMatch(events::contains)
                && words.words().stream().allMatch(word -> events.contains(word) || BESIDE.contains(word));
    }
}
