package io.github.dbops.world;

import io.github.dbops.command.SyncFixture;
import io.github.dbops.command.undo.UndoFixture;
import io.github.dbops.postgres.Identifier;
import io.github.dbops.report.UndoConsoleReport;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.UndoCounts;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must hold in every world: a dry-run writes nothing and counts what the oracle counts; the same facts under other
 * ids have the same digest; comparing exactly changes nothing; an apply makes of the target what the oracle says, and no
 * bit more; after it there is nothing to do; an undo takes it back; and whatever is refused has written nothing.
 */
final class Law {

    /** A world in which the law does not hold. */
    static final class Broken extends AssertionError {
        private static final long serialVersionUID = 1;

        private final String clause;

        Broken(String clause, String what) {
            super(clause + ": " + what);
            this.clause = clause;
        }

        /** Which clause of the law; the same for one defect, however large the world. */
        String clause() {
            return clause;
        }
    }

    private final Arena arena;
    private final Undo undo;

    /**
     * @param undo how an apply is taken back
     */
    Law(Arena arena, Undo undo) {
        this.arena = arena;
        this.undo = undo;
    }

    /**
     * Runs a world.
     *
     * @throws Broken where the law does not hold
     */
    void check(World world) throws SQLException {
        arena.plan(world);
        arena.load(world, Side.TARGET);
        arena.load(Renumbering.of(world), Side.SOURCE);
        SyncOutcome twin = outcome(arena.exact()::dryRun);
        arena.load(world, Side.SOURCE);
        Oracle oracle = arena.oracle(world);
        Verdict verdict = new Verdict(world, oracle.expectation());
        Snapshot source = snapshot(world, Side.SOURCE);
        Snapshot target = snapshot(world, Side.TARGET);
        Contents contents = Contents.of(world, arena.scratch(Side.TARGET));
        SyncOutcome dryRun = outcome(arena.hashing()::dryRun);
        untouched("a dry-run writes nothing into the source", source, snapshot(world, Side.SOURCE));
        untouched("a dry-run writes nothing into the target", target, snapshot(world, Side.TARGET));
        silent(arena.hashing(), dryRun);
        boolean accepted = verdict.acceptsDryRun(dryRun, "dry-run");
        verdict.sameFacts(dryRun, twin);
        boolean reviewed = accepted && dryRun.digest().isPresent();
        SyncFixture operator = reviewed ? arena.hashing() : arena.reckless();
        SyncOutcome applied = outcome(operator::apply);
        silent(operator, applied);
        if (!verdict.acceptsApply(accepted, applied)) {
            untouched(
                    "a refused apply writes nothing",
                    withoutSequences(target),
                    withoutSequences(snapshot(world, Side.TARGET)));
            return;
        }
        untouched("an apply writes nothing into the source", source, snapshot(world, Side.SOURCE));
        verdict.applied(applied);
        applied(world, applied, oracle, target);
        again(world);
        if (applied.result() == SyncOutcome.Result.APPLIED) {
            undone(world, applied, contents, dryRun);
        }
    }

    private static <T> T outcome(Supplier<T> run) {
        try {
            return run.get();
        } catch (RuntimeException thrown) {
            String where = Arrays.stream(thrown.getStackTrace())
                    .filter(frame -> frame.getClassName().startsWith("io.github.dbops"))
                    .limit(4)
                    .map(frame -> "\n    at " + frame)
                    .collect(Collectors.joining());
            throw (Broken) new Broken("a run ends in an outcome", thrown + where).initCause(thrown);
        }
    }

    private static void silent(SyncFixture operator, SyncOutcome outcome) {
        List<String> texts = new ArrayList<>(operator.said(""));
        texts.addAll(Verdict.texts(outcome.problems()));
        texts.addAll(outcome.warnings());
        texts.addAll(outcome.facts());
        silent(operator, texts);
        operator.said.clear();
    }

    /** Values of sensitive columns stand in no report, no message and no line. */
    private static void silent(SyncFixture operator, List<String> texts) {
        List<String> all = new ArrayList<>(texts);
        try (Stream<Path> reports = Files.list(operator.folder.resolve("reports"))) {
            for (Path report : reports.filter(Files::isRegularFile).toList()) {
                all.add(Files.readString(report));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.stream().filter(text -> text.contains(Alphabets.SECRET)).forEach(text -> {
            throw new Broken("a sensitive value is shown nowhere", text);
        });
    }

    private Snapshot snapshot(World world, Side side) {
        return Snapshot.of(world, side, arena.scratch(side));
    }

    private static Snapshot withoutSequences(Snapshot snapshot) {
        return new Snapshot(snapshot.rows(), List.of());
    }

    private static void untouched(String clause, Snapshot before, Snapshot after) {
        if (!before.equals(after)) {
            List<Object> gone = new ArrayList<>(before.rows());
            gone.addAll(before.sequences());
            List<Object> come = new ArrayList<>(after.rows());
            come.addAll(after.sequences());
            List<Object> common = new ArrayList<>(gone);
            common.retainAll(come);
            gone.removeAll(common);
            come.removeAll(common);
            throw new Broken(clause, "before " + gone + ", after " + come);
        }
    }

    private void applied(World world, SyncOutcome outcome, Oracle oracle, Snapshot before) {
        kept(oracle, before, snapshot(world, Side.TARGET), outcome);
        List<String> disagreements = oracle.disagreements();
        if (!disagreements.isEmpty()) {
            throw new Broken("the target is as it must be", String.join("\n", disagreements));
        }
        sequences(world);
    }

    /** Rows that were not updated are where they were, written by whom they were written; nothing but the inserts is new. */
    private static void kept(Oracle oracle, Snapshot before, Snapshot after, SyncOutcome outcome) {
        Set<String> updated = new HashSet<>(oracle.updatedPlaces());
        Set<Snapshot.Line> there = new HashSet<>(after.rows());
        List<Snapshot.Line> touched = before.rows().stream()
                .filter(line -> !updated.contains(line.place()) && !there.contains(line))
                .filter(line -> !line.place().startsWith(World.AUDIT_LOG))
                .toList();
        if (!touched.isEmpty()) {
            throw new Broken("an apply leaves all other rows alone", touched.toString());
        }
        long come = after.rows().stream()
                        .filter(line -> !line.place().startsWith(World.AUDIT_LOG))
                        .count()
                - before.rows().stream()
                        .filter(line -> !line.place().startsWith(World.AUDIT_LOG))
                        .count();
        if (come != outcome.totals().toInsert()) {
            throw new Broken("an apply adds the inserts and nothing else", come + " rows for " + outcome.totals());
        }
    }

    /** A sequence is ahead of every id that was carried, so that the next row finds one that is free. */
    private void sequences(World world) {
        for (Table table : world.tables()) {
            Rules rules = new Rules(world, table);
            if (rules.isWritten()) {
                rules.carriedSurrogates().stream()
                        .filter(id -> table.column(id).origin().isSequence())
                        .filter(id -> !isAhead(table, id))
                        .forEach(id -> {
                            throw new Broken(
                                    "a sequence is ahead of the ids that were carried", table.name() + "." + id);
                        });
            }
        }
    }

    private boolean isAhead(Table table, String id) {
        String name = Identifier.quote(table.name());
        Scratch target = arena.scratch(Side.TARGET);
        String sequence = target.column("SELECT pg_get_serial_sequence(" + WorldScript.literal(name) + ", "
                        + WorldScript.literal(id) + ")")
                .get(0);
        return target.number("SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM " + sequence)
                > target.number("SELECT coalesce(max(" + Identifier.quote(id) + "), 0) FROM " + name);
    }

    /** After an apply another dry-run finds what another oracle finds, and nothing to do. */
    private void again(World world) throws SQLException {
        Verdict verdict = new Verdict(world, arena.oracle(world).expectation());
        SyncOutcome outcome = outcome(arena.hashing()::dryRun);
        silent(arena.hashing(), outcome);
        boolean accepted = verdict.acceptsDryRun(outcome, "dry-run after the apply");
        if (accepted && outcome.totals().hasChanges()) {
            throw new Broken(
                    "after an apply there is nothing to do", outcome.tables().toString());
        }
    }

    /**
     * An undo takes back what was recorded: all, unless the plan kept a table with sensitive columns out of the record,
     * or a value that others refer to has gone from one row to another. Then rows may stay, and no more differs from
     * before than what is said to stay.
     */
    private void undone(World world, SyncOutcome applied, Contents before, SyncOutcome dryRun) {
        UndoFixture operator = arena.undoing();
        UndoOutcome undone = outcome(() -> undo.undo(operator, applied.runId(), each -> silent(operator, each)));
        silent(operator, undone);
        if (!undone.problems().isEmpty()) {
            throw new Broken(
                    "an undo succeeds", Verdict.texts(undone.problems()).toString());
        }
        UndoCounts totals = undone.totals();
        long unrecorded = unrecorded(world, applied);
        boolean mayLeave = unrecorded > 0 || changesReferencedValues(world);
        if (totals.of(UndoState.UNRECORDED) != unrecorded || (totals.left() > 0 && !mayLeave)) {
            throw new Broken(
                    "an undo takes back all that was recorded", undone.tables().toString());
        }
        Contents after = Contents.of(world, arena.scratch(Side.TARGET));
        List<String> gone = before.without(after);
        List<String> come = after.without(before);
        if (gone.size() > totals.left() || come.size() > totals.left()) {
            throw new Broken("an undo brings back what was", "missing " + gone + ", new " + come);
        }
        if (totals.left() == 0) {
            SyncOutcome again = outcome(arena.hashing()::dryRun);
            if (!again.digest().equals(dryRun.digest())) {
                throw new Broken(
                        "after an undo a dry-run finds what it found before",
                        again.tables().toString());
            }
        }
    }

    /** Whether an update may give a value that others refer to, so that two rows can have had it one after the other. */
    private static boolean changesReferencedValues(World world) {
        return world.tables().stream()
                .flatMap(table -> table.foreignKeys().stream())
                .anyMatch(key -> {
                    Rules parent = new Rules(world, world.table(key.parent()));
                    return parent.isWritten()
                            && parent.entry().updates()
                            && key.parentColumns().stream().anyMatch(parent.compared()::contains);
                });
    }

    private static long unrecorded(World world, SyncOutcome applied) {
        if (world.spelling().recording() == World.Recording.SAID) {
            return 0;
        }
        Verdict verdict = new Verdict(world, Expectation.refused(Set.of(), Set.of()));
        return world.tables().stream()
                .filter(table ->
                        table.entry() != null && !table.entry().sensitive().isEmpty())
                .map(table -> verdict.table(applied, table).counts())
                .mapToLong(counts -> counts.toInsert() + counts.toUpdate())
                .sum();
    }

    private static void silent(UndoFixture operator, UndoOutcome outcome) {
        List<String> texts = new ArrayList<>(operator.said);
        texts.addAll(Verdict.texts(outcome.problems()));
        texts.addAll(outcome.warnings());
        texts.addAll(outcome.facts());
        texts.addAll(new UndoConsoleReport(outcome).lines());
        silent(operator.sync, texts);
        operator.said.clear();
    }
}
