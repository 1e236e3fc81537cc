package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.Value;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Locator;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.TableShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A few rows of a table for the reports. Values are read only where the plan lets them be shown. */
final class Samples {

    private static final String MASK = "****";

    private final TableShape shape;
    private final Sides sides;
    private final Projection source;
    private final Projection target;
    private final SampleDetail detail;

    Samples(TableShape shape, Sides sides, Hashing hashing, SampleDetail detail) {
        this.shape = shape;
        this.sides = sides;
        this.source = new Projection(shape, Side.SOURCE, hashing);
        this.target = new Projection(shape, Side.TARGET, hashing);
        this.detail = detail;
    }

    Sample of(Change change) {
        boolean insert = change.action() == Change.Action.INSERT;
        return new Sample(
                insert ? Sample.Kind.INSERT : Sample.Kind.UPDATE,
                key(change.key()),
                insert ? inserted(change.source()) : cells(change.source(), change.target()));
    }

    Sample conflict(List<String> key, Locator here, Locator there) {
        return new Sample(Sample.Kind.CONFLICT, key(key), cells(here, there));
    }

    private List<Sample.Cell> key(List<String> key) {
        List<Sample.Cell> cells = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            ShapedColumn column = shape.key().get(i);
            cells.add(new Sample.Cell(column.name(), column.sensitive() ? MASK : KeyText.shortened(key.get(i))));
        }
        return cells;
    }

    private List<Sample.Change> inserted(Locator here) {
        if (detail != SampleDetail.VALUES) {
            return List.of();
        }
        List<@Nullable Value> values = read(Side.SOURCE, here);
        List<Sample.Change> cells = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            ShapedColumn column = shape.compared().get(i);
            cells.add(new Sample.Change(column.name(), null, shown(column, values.get(i))));
        }
        return cells;
    }

    private List<Sample.Change> cells(Locator here, Locator there) {
        if (detail != SampleDetail.VALUES) {
            return List.of();
        }
        List<@Nullable Value> ours = read(Side.SOURCE, here);
        List<@Nullable Value> theirs = read(Side.TARGET, there);
        List<Sample.Change> cells = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ShapedColumn column = shape.compared().get(i);
            if (!Objects.equals(ours.get(i), theirs.get(i))) {
                cells.add(new Sample.Change(column.name(), shown(column, theirs.get(i)), shown(column, ours.get(i))));
            }
        }
        return cells;
    }

    private List<@Nullable Value> read(Side side, Locator place) {
        Projection projection = side == Side.SOURCE ? source : target;
        try (CopyRows rows =
                new CopyRows(sides.session(side), projection.rows(List.of(place), projection.text(shape.compared())))) {
            rows.next();
            List<@Nullable Value> values =
                    rows.from(shape.key().size(), shape.compared().size());
            rows.next();
            return values;
        }
    }

    private static @Nullable String shown(ShapedColumn column, @Nullable Value value) {
        if (value == null) {
            return null;
        }
        return column.sensitive() ? MASK : KeyText.shortened(new String(value.bytes(), StandardCharsets.UTF_8));
    }
}
