package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.Locator;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a table for the reports, read many at once. Values are read only where the plan lets them be shown. */
final class Samples {

    /** Characters; each report shortens further, as its lines allow. */
    private static final int LONGEST_CELL = 1000;

    private final TableShape shape;
    private final Sides sides;
    private final Hashing hashing;
    private final SampleDetail detail;
    private final List<Leaf> keys;
    private final List<String> keyLabels;
    private final List<Leaf> compared;
    private final List<String> comparedLabels;

    Samples(TableShape shape, Sides sides, Hashing hashing, SampleDetail detail) {
        this.shape = shape;
        this.sides = sides;
        this.hashing = hashing;
        this.detail = detail;
        this.keys = shape.key().leaves();
        this.keyLabels = labels(keys);
        this.compared = TableShape.leaves(shape.compared());
        this.comparedLabels = labels(compared);
    }

    // Once for all rows: to put them together takes longer than all the rest of a row.
    private static List<String> labels(List<Leaf> leaves) {
        return leaves.stream().map(Leaf::label).toList();
    }

    /** Rows to be inserted. */
    List<Sample> inserts(List<Change> changes) {
        List<Locator> places = changes.stream().map(Change::source).toList();
        List<List<@Nullable String>> values = read(Side.SOURCE, places);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            List<Sample.Change> cells = new ArrayList<>();
            if (detail == SampleDetail.VALUES) {
                for (int leaf = 0; leaf < compared.size(); leaf++) {
                    cells.add(new Sample.Change(
                            comparedLabels.get(leaf),
                            null,
                            shown(leaf, values.get(i).get(leaf))));
                }
            }
            samples.add(new Sample(Sample.Kind.INSERT, key(changes.get(i).key()), cells));
        }
        return samples;
    }

    /** Rows that are on both sides and differ. */
    List<Sample> differing(Sample.Kind kind, List<Pair> pairs) {
        List<List<@Nullable String>> ours =
                read(Side.SOURCE, pairs.stream().map(Pair::source).toList());
        List<List<@Nullable String>> theirs =
                read(Side.TARGET, pairs.stream().map(Pair::target).toList());
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            List<Sample.Change> cells = new ArrayList<>();
            if (detail == SampleDetail.VALUES) {
                for (int leaf = 0; leaf < compared.size(); leaf++) {
                    String here = ours.get(i).get(leaf);
                    String there = theirs.get(i).get(leaf);
                    if (!Objects.equals(here, there)) {
                        cells.add(new Sample.Change(comparedLabels.get(leaf), shown(leaf, there), shown(leaf, here)));
                    }
                }
            }
            samples.add(new Sample(kind, key(pairs.get(i).key()), cells));
        }
        return samples;
    }

    /** Rows whose parent will not be there. */
    List<Sample> blocked(List<Blocked.Example> examples) {
        return examples.stream()
                .map(example ->
                        new Sample(Sample.Kind.BLOCKED, key(example.key()), List.of(), Findings.parent(example)))
                .toList();
    }

    private List<Sample.Cell> key(List<String> key) {
        List<Sample.Cell> cells = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            String told = keys.get(i).isSensitive() ? KeyText.MASK : KeyText.shortened(key.get(i));
            cells.add(new Sample.Cell(keyLabels.get(i), told));
        }
        return cells;
    }

    private List<List<@Nullable String>> read(Side side, List<Locator> places) {
        List<List<@Nullable String>> all = new ArrayList<>();
        if (detail != SampleDetail.VALUES || places.isEmpty()) {
            return all;
        }
        Projection projection = new Projection(shape, side, hashing);
        List<String> expressions = projection.text();
        if (expressions.isEmpty()) {
            expressions = List.of("NULL");
        }
        try (CopyRows rows = new CopyRows(sides.session(side), projection.rows(places, expressions))) {
            while (rows.next()) {
                List<@Nullable String> values = new ArrayList<>();
                for (int i = 0; i < compared.size(); i++) {
                    values.add(rows.isNull(i) ? null : rows.text(i));
                }
                all.add(values);
            }
        }
        return all;
    }

    private @Nullable String shown(int leaf, @Nullable String value) {
        if (value == null) {
            return null;
        }
        return compared.get(leaf).isSensitive() ? KeyText.MASK : KeyText.shortened(value, LONGEST_CELL);
    }

    /**
     * A row of both sides.
     *
     * @param key its canonical key
     * @param source where it lies in the source
     * @param target where it lies in the target
     */
    record Pair(List<String> key, Locator source, Locator target) {}
}
