package io.github.dbops.sync.apply;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.SqlState;
import io.github.dbops.postgres.Writes;
import io.github.dbops.postgres.catalog.UniqueIndex;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.run.TableWork.Telling;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Reference.Binding;
import io.github.dbops.sync.TableDifference;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries a change set out inside the transaction in which it was decided; decides nothing. Does not commit: a caller
 * that gets an exception rolls back, and nothing has happened.
 */
public final class Applier {

    // The comparison has just read the tables, so that single rows are looked up for less than PostgreSQL takes it by
    // default: it would scan a million rows for ten thousand, once for each statement. Never more than is set.
    private static final String PAGES_ARE_CACHED = """
            SELECT set_config('random_page_cost', '1.1', true)
            WHERE current_setting('random_page_cost')::float8 > 1.1
            """;

    private final Session target;
    private final Progress progress;
    private final Writes start;
    private final Optional<UndoRecorder> recorder;

    private Applier(Session target, Progress progress, Writes start, Optional<UndoRecorder> recorder) {
        this.target = target;
        this.progress = progress;
        this.start = start;
        this.recorder = recorder;
    }

    /** An applier for a transaction that has written nothing yet. */
    public static Applier begin(Session target, Progress progress) {
        return new Applier(target, progress, Writes.read(target), Optional.empty());
    }

    /** The same, which also records what an undo of the run needs; {@code dbops.sync_undo} must be there. */
    public Applier recording(String runId) {
        return new Applier(target, progress, start, Optional.of(new UndoRecorder(target, runId)));
    }

    /**
     * Writes all changes, advances sequences, has deferred checks fire, and verifies.
     *
     * @param changes what was decided and reviewed
     * @param rules what the transaction may touch
     * @return each table's counts, applied numbers filled in
     * @throws io.github.dbops.postgres.SqlFailure where the database refuses; a unique violation means that the target
     *     changed
     * @throws io.github.dbops.problem.ProblemException where verification fails
     */
    public Map<QualifiedName, Counts> run(ChangeSet changes, TouchRules rules) {
        progress.phase("apply");
        target.execute(PAGES_ARE_CACHED);
        if (changes.differences().stream().map(TableDifference::shape).anyMatch(Applier::mustWait)) {
            target.execute("SET CONSTRAINTS ALL DEFERRED");
        }
        Map<QualifiedName, StagedTable> tables = new LinkedHashMap<>();
        Stages stages = new Stages(tables);
        for (TableDifference difference : changes.differences()) {
            tables.put(difference.shape().name(), new StagedTable(target, difference, tables.size(), stages));
        }
        try {
            groups(tables).forEach(this::write);
            new Sequences(target).advance(changes.differences());
            // A deferred trigger would fire at commit, after any verification.
            target.execute("SET CONSTRAINTS ALL IMMEDIATE");
            recorder.ifPresent(undo -> record(undo, tables.values()));
            progress.phase("verify");
            new Verification(target, rules).check(tables, start);
        } finally {
            tables.values().forEach(StagedTable::settle);
        }
        Map<QualifiedName, Counts> applied = new LinkedHashMap<>();
        tables.forEach((name, table) -> applied.put(name, table.applied()));
        return applied;
    }

    // References that go round, and values that rows hand to each other, are only complete when all rows are written.
    private static boolean mustWait(TableShape shape) {
        return shape.references().stream().anyMatch(reference -> reference.binding() == Binding.DEFERRED)
                || (shape.planned().overwrites()
                        && shape.target().uniqueIndexes().stream().anyMatch(UniqueIndex::deferrable));
    }

    private static List<List<StagedTable>> groups(Map<QualifiedName, StagedTable> tables) {
        Map<Integer, List<StagedTable>> groups = new LinkedHashMap<>();
        tables.values()
                .forEach(table -> groups.computeIfAbsent(table.shape().group(), group -> new ArrayList<>())
                        .add(table));
        return List.copyOf(groups.values());
    }

    private void record(UndoRecorder undo, Collection<StagedTable> tables) {
        progress.phase("record");
        undo.record(tables);
    }

    private void write(List<StagedTable> group) {
        for (StagedTable table : group) {
            working(table, Telling.AS_THEY_PASS, table::stage);
        }
        recorder.ifPresent(undo -> group.forEach(undo::keep));
        for (StagedTable table : group) {
            working(table, table.direct().isPresent() ? Telling.AS_THEY_PASS : Telling.AT_THE_END, rows -> {
                table.write(rows);
                rows.handled(table.updated() + table.inserted());
            });
        }
        group.forEach(StagedTable::complete);
    }

    private void working(StagedTable table, Telling telling, Consumer<Progress.Rows> work) {
        try (Progress.Rows rows = progress.table(work(table, telling))) {
            work.accept(rows);
        } catch (SqlFailure failure) {
            throw explained(failure, table);
        }
    }

    // Of values on their way into a stage, or straight into their table, the server names neither.
    private static RuntimeException explained(SqlFailure failure, StagedTable table) {
        return failure.state().equals(SqlState.UNTRANSLATABLE_CHARACTER)
                ? failure.problem().at("table " + table.shape().name()).exception(failure)
                : failure;
    }

    private static TableWork work(StagedTable table, Telling telling) {
        return TableWork.counted(
                table.shape().name().toString(),
                telling,
                table.planned().toUpdate() + table.planned().toInsert());
    }
}
