package io.github.dbops.sync.draft;

import io.github.dbops.sync.draft.KeyCandidate.Grade;
import io.github.dbops.sync.draft.UniqueFacts.Limit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One table's candidates for a key, the best first, and why others are none. */
final class KeyCandidates {

    private static final int FEWEST_ROWS = 2;
    private static final int FEWEST_ROWS_FOR_GROUPS = 10;

    private final TableFacts table;
    private final Counted counted;
    private final KeyRules rules;
    private final Set<String> hidden;
    private final List<KeyCandidate> candidates = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Finds them.
     *
     * @param hidden columns that seem to reference another table, see {@link HiddenReferences}
     */
    KeyCandidates(Surveyed surveyed, Set<String> hidden) {
        this.table = surveyed.facts();
        this.hidden = Set.copyOf(hidden);
        this.counted = surveyed.counted();
        this.rules = new KeyRules(surveyed);
        addPrimaryKey();
        table.uniqueIndexes().forEach(this::addIndex);
        counted.columns().keySet().stream().sorted().forEach(column -> addFromData(List.of(column)));
        counted.distinct().keySet().stream()
                .sorted(Comparator.comparing(List::toString))
                .forEach(this::addFromData);
        candidates.sort(Comparator.comparing(KeyCandidate::grade)
                .thenComparing(c -> rules.sounding(c.columns()))
                .thenComparing(c -> rules.isSensitive(c.columns()))
                .thenComparing(c -> c.columns().size())
                .thenComparing(c ->
                        table.columns().indexOf(table.column(c.columns().get(0)).orElseThrow())));
    }

    /** The candidates, best first. */
    List<KeyCandidate> ranked() {
        return List.copyOf(candidates);
    }

    /** Why what is unique is no candidate all the same, a sentence each. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    private void addPrimaryKey() {
        List<String> columns = table.primaryKey();
        if (columns.isEmpty() || columns.stream().anyMatch(rules::isMadeUpHere)) {
            return;
        }
        if (rules.objection(columns).isPresent()) {
            notes.add("The primary key is none: " + rules.objection(columns).get() + ".");
            return;
        }
        List<String> plain = columns.stream().filter(rules::isPlainId).toList();
        if (rules.isHandedOutNumber(columns)) {
            add(columns, Grade.PLAIN_ID, "the primary key, numbers that no sequence makes");
        } else if (!plain.isEmpty()) {
            add(
                    columns,
                    Grade.PLAIN_ID,
                    "the primary key, an id: it means the same on both sides only where rows were copied");
        } else {
            add(columns, Grade.UNIQUE, "the primary key");
        }
    }

    private void addIndex(UniqueFacts index) {
        String called = "unique index " + Quoted.name(index.name());
        List<String> columns = index.columns();
        if (!index.tellsAllRowsApart()) {
            notes.add("The " + called + (columns.isEmpty() ? " is over an expression" : " does not cover all rows")
                    + ", so it proves no key.");
        } else if (rules.objection(columns).isPresent()) {
            notes.add("The " + called + " makes no key: "
                    + rules.objection(columns).get() + ".");
        } else if (isNew(columns) && columns.stream().noneMatch(rules::isMadeUpHere)) {
            add(columns, grade(columns), called + limits(index) + nulls(columns) + hidden(columns));
        }
    }

    private Grade grade(List<String> columns) {
        boolean filled = counted.unseen().isEmpty() && counted.isFilled(columns);
        if (!rules.isNeverNull(columns) && !filled) {
            return Grade.UNPROVEN;
        }
        if (columns.stream().anyMatch(hidden::contains)
                || columns.stream().anyMatch(rules::isPlainId)
                || rules.sounding(columns) == Sounding.PLACE && isAlone(columns)) {
            return Grade.PLAIN_ID;
        }
        return rules.isNeverNull(columns) ? Grade.UNIQUE : Grade.UNIQUE_WHERE_FILLED;
    }

    // A position is unique within what it is a position in; without that it only orders the rows that are there now.
    private boolean isAlone(List<String> columns) {
        return columns.stream().noneMatch(table::isReference);
    }

    private String hidden(List<String> columns) {
        List<String> found = columns.stream().filter(hidden::contains).toList();
        return found.isEmpty()
                ? ""
                : ", though " + Quoted.names(found) + " looks like a reference that no foreign key declares";
    }

    private String limits(UniqueFacts index) {
        return (index.limits().contains(Limit.DEFERRABLE) ? ", deferrable" : "")
                + (index.limits().contains(Limit.NULLS_NOT_DISTINCT) ? ", NULLS NOT DISTINCT" : "");
    }

    private String nulls(List<String> columns) {
        if (rules.isNeverNull(columns)) {
            return "";
        }
        if (counted.unseen().isPresent()) {
            return "; NULL is allowed, and whether rows have it was not looked at";
        }
        List<String> lacking = columns.stream()
                .filter(c -> counted.fill(c)
                        .filter(f -> f.filled() == counted.rows().rows())
                        .isEmpty())
                .toList();
        return lacking.isEmpty()
                ? "; NULL is allowed, but no row has it now"
                : "; but "
                        + String.format(
                                Locale.ROOT,
                                "%,d of %s",
                                counted.rows().rows()
                                        - counted.fill(lacking.get(0))
                                                .map(Counted.Fill::filled)
                                                .orElse(0L),
                                counted.rows().words())
                        + " have no " + Quoted.name(lacking.get(0));
    }

    private void addFromData(List<String> columns) {
        long rows = counted.rows().rows();
        if (rows == 0 && columns.size() == 1 && isNew(columns) && sounds(columns) && rules.allows(columns)) {
            add(columns, Grade.UNPROVEN, "by its name alone, since there are no rows that could tell");
            return;
        }
        boolean told = counted.tellsRowsApart(columns) && rows > 0;
        if (!told
                || !isNew(columns)
                || !rules.allows(columns)
                || columns.stream().anyMatch(rules::isPlainId)) {
            return;
        }
        boolean single = columns.size() == 1;
        if (single && (table.isReference(columns.get(0)) || rules.sounding(columns.get(0)) == Sounding.UNLIKELY)) {
            return;
        }
        boolean enough = rows >= (single ? FEWEST_ROWS : FEWEST_ROWS_FOR_GROUPS);
        add(
                columns,
                sounds(columns) && enough ? Grade.UNIQUE_IN_DATA : Grade.UNPROVEN,
                "unique in "
                        + (rows == 1 ? "its only row" : "all " + counted.rows().words())
                        + ", though no index keeps it so");
    }

    private boolean sounds(List<String> columns) {
        return columns.size() == 1
                ? rules.sounding(columns.get(0)).isBusinessLike()
                : Pairing.isTelling(table, columns);
    }

    /** Whether no other candidate gets along with the same columns or fewer. */
    private boolean isNew(List<String> columns) {
        return candidates.stream().filter(KeyCandidate::isProposable).noneMatch(c -> columns.containsAll(c.columns()));
    }

    private void add(List<String> columns, Grade grade, String evidence) {
        candidates.add(new KeyCandidate(columns, grade, evidence));
    }
}
