package io.github.dbops.sync.apply;

import io.github.dbops.postgres.Session;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.TableDifference;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table whose changes are being carried out. */
final class StagedTable {

    private final Session target;
    private final TableDifference difference;
    private final Stages stages;
    private final @Nullable Stage updates;
    private final @Nullable Stage inserts;
    private final @Nullable DirectCopy direct;
    private final Map<Change.Action, Long> held = new EnumMap<>(Change.Action.class);
    private long inserted;
    private long updated;
    private long filled;

    StagedTable(Session target, TableDifference difference, int number, Stages stages) {
        this.target = target;
        this.difference = difference;
        this.stages = stages;
        Counts counts = difference.counts();
        this.updates = counts.toUpdate() > 0 ? new Stage(shape(), Change.Action.UPDATE, 2 * number) : null;
        boolean inserting = counts.toInsert() > 0;
        this.direct = inserting
                ? difference
                        .load()
                        .map(load -> new DirectCopy(difference, load))
                        .orElse(null)
                : null;
        this.inserts = inserting && direct == null ? new Stage(shape(), Change.Action.INSERT, 2 * number + 1) : null;
    }

    TableShape shape() {
        return difference.shape();
    }

    Optional<Stage> inserts() {
        return Optional.ofNullable(inserts);
    }

    /** Inserts that need no stage. */
    Optional<DirectCopy> direct() {
        return Optional.ofNullable(direct);
    }

    Optional<Stage> updates() {
        return Optional.ofNullable(updates);
    }

    /** Brings the changes into the target's session. */
    void stage(Progress.Rows rows) {
        long staged = 0;
        if (updates != null) {
            staged = updates.fill(target, difference, rows::handled);
        }
        if (inserts != null) {
            long before = staged;
            inserts.fill(target, difference, filled -> rows.handled(before + filled));
        }
    }

    /** Updates, then inserts; what must wait for rows of the same group waits. */
    void write(Progress.Rows rows) {
        if (updates != null) {
            updated += target.update(writing(updates).updateNow());
        }
        if (inserts != null) {
            inserted += target.update(writing(inserts).insert());
        }
        if (direct != null) {
            inserted += direct.write(target, rows::handled);
        }
    }

    /** What had to wait. */
    void complete() {
        if (inserts != null) {
            filled += writing(inserts).fill().map(target::update).orElse(0L);
        }
        if (updates != null) {
            updated += writing(updates).updateLater().map(target::update).orElse(0L);
        }
    }

    /** Statements for one of the stages. */
    Writing writing(Stage stage) {
        return new Writing(stage, stages);
    }

    long inserted() {
        return inserted;
    }

    long updated() {
        return updated;
    }

    /** Rows of this run's inserts that were updated once more, to get a reference that had to wait. */
    long filled() {
        return filled;
    }

    Counts planned() {
        return difference.counts();
    }

    /** The counts with what was done. */
    Counts applied() {
        return difference.counts().applied(inserted, updated);
    }

    /** Waits for what others still do for it; after it was written, whether that has succeeded or not. */
    void settle() {
        if (direct != null) {
            direct.settle();
        }
    }

    /** Tells how many staged rows somebody else has met in the table that hold what they should. */
    void met(Stage stage, long rows) {
        held.put(stage.action(), rows);
    }

    /** What of the staged rows the target does not hold as it should. */
    List<Missing> missing() {
        List<Missing> missing = new ArrayList<>();
        if (updates != null) {
            missing(updates, planned().toUpdate(), "updated").ifPresent(missing::add);
        }
        if (inserts != null) {
            missing(inserts, planned().toInsert(), "inserted").ifPresent(missing::add);
        }
        if (direct != null) {
            direct.missing(target).ifPresent(missing::add);
        }
        return missing;
    }

    private Optional<Missing> missing(Stage stage, long wanted, String verb) {
        Long met = held.get(stage.action());
        long present = met == null ? held(stage) : met;
        return present == wanted
                ? Optional.empty()
                : Optional.of(new Missing(wanted - present, verb, differing(stage)));
    }

    private long held(Stage stage) {
        Writing writing = writing(stage);
        String held = writing.keysMatch() + "\nAND " + writing.holdsAll();
        return target.one(
                "SELECT count(*) FROM " + writing.from() + "\nJOIN "
                        + shape().target().sql() + " AS t ON " + held,
                row -> row.getLong(1));
    }

    private List<String> differing(Stage stage) {
        List<Field> checked = stage.checked();
        if (checked.isEmpty()) {
            return List.of();
        }
        Writing writing = writing(stage);
        String matches = writing.keysMatch();
        List<String> counts = checked.stream()
                .map(field -> "count(*) FILTER (WHERE NOT (" + writing.holds(field) + "))")
                .toList();
        return target.one(
                "SELECT " + String.join(", ", counts) + " FROM " + writing.from() + "\nJOIN "
                        + shape().target().sql() + " AS t ON " + matches,
                row -> {
                    List<String> names = new ArrayList<>();
                    for (int i = 0; i < checked.size(); i++) {
                        if (row.getLong(i + 1) > 0) {
                            names.add(checked.get(i).name());
                        }
                    }
                    return names;
                });
    }

    /**
     * Staged rows that the target does not hold.
     *
     * @param rows how many
     * @param verb what was done with them
     * @param fields those that hold something else; empty: the rows are not there
     */
    record Missing(long rows, String verb, List<String> fields) {}
}
