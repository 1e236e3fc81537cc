package io.github.dbops.samples;

import io.github.dbops.samples.NaturalRows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Two databases held against each other, row by row, by natural keys. */
public final class NaturalComparison {

    /**
     * One table's numbers, as the product's report has to tell them.
     *
     * @param onlyInSource rows that the target lacks
     * @param different rows on both sides that differ in a fact
     * @param identical rows on both sides that do not
     * @param onlyInTarget rows that the source lacks
     */
    public record Tally(long onlyInSource, long different, long identical, long onlyInTarget) {

        /** No rows. */
        static final Tally NONE = new Tally(0, 0, 0, 0);

        Tally plus(Tally other) {
            return new Tally(
                    onlyInSource + other.onlyInSource,
                    different + other.different,
                    identical + other.identical,
                    onlyInTarget + other.onlyInTarget);
        }
    }

    private final NaturalRows source;
    private final NaturalRows target;

    /** Both read by the keys of one plan. */
    public NaturalComparison(NaturalRows source, NaturalRows target) {
        this.source = source;
        this.target = target;
    }

    /** The numbers of a table. */
    public Tally tally(String table) {
        long onlyInSource = 0;
        long different = 0;
        long identical = 0;
        for (Map.Entry<String, Row> row : source.rows(table).entrySet()) {
            Row twin = target.rows(table).get(row.getKey());
            if (twin == null) {
                onlyInSource++;
            } else if (twin.facts().equals(row.getValue().facts())) {
                identical++;
            } else {
                different++;
            }
        }
        long onlyInTarget = target.rows(table).size() - different - identical;
        return new Tally(onlyInSource, different, identical, onlyInTarget);
    }

    /** Every row in which they differ, as a sentence with its table and natural key; none: they hold the same facts. */
    public List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (String table : source.tables()) {
            differences(table, "the source", source.rows(table), "the target", target.rows(table), differences);
        }
        return differences;
    }

    /**
     * What a target that was synced, local_wins in every table, has and must not have, or lacks: each row of the source
     * with its facts, each row that only the target had as it was, nothing more, and no id of an earlier row changed.
     *
     * @param after the target as it is now; this comparison's target is what it was before
     */
    public List<String> violations(NaturalRows after) {
        List<String> violations = new ArrayList<>();
        for (String table : source.tables()) {
            Map<String, Row> due = new TreeMap<>(target.rows(table));
            due.putAll(source.rows(table));
            differences(table, "what is due", due, "the target now", after.rows(table), violations);
            target.rows(table).forEach((key, row) -> {
                Row now = after.rows(table).get(key);
                if (now != null && !now.id().equals(row.id())) {
                    violations.add(table + " " + key + ": its id was " + row.id() + ", now " + now.id());
                }
            });
        }
        return violations;
    }

    private static void differences(
            String table,
            String left,
            Map<String, Row> leftRows,
            String right,
            Map<String, Row> rightRows,
            List<String> found) {
        TreeSet<String> keys = new TreeSet<>(leftRows.keySet());
        keys.addAll(rightRows.keySet());
        for (String key : keys) {
            Row one = leftRows.get(key);
            Row other = rightRows.get(key);
            if (one == null || other == null) {
                found.add(table + " " + key + ": not in " + (one == null ? left : right));
            } else if (!one.facts().equals(other.facts())) {
                found.add(table + " " + key + ": " + left + " " + one.facts() + ", " + right + " " + other.facts());
            }
        }
    }
}
