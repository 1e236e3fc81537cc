package io.github.dbops.world;

import static io.github.dbops.sync.SyncOutcome.Result.APPLIED;
import static io.github.dbops.sync.SyncOutcome.Result.CHANGES_FOUND;
import static io.github.dbops.sync.SyncOutcome.Result.NOTHING_TO_DO;

import io.github.dbops.command.SyncFixture;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Optional<Undo> undo;

    /**
     * @param undo how an apply is taken back; empty as long as there is no such goal
     */
    Law(Arena arena, Optional<Undo> undo) {
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
        SyncOutcome twin = arena.exact().dryRun();
        arena.load(world, Side.SOURCE);
        Oracle oracle = arena.oracle(world);
        Expectation expected = oracle.expectation();
        Snapshot source = snapshot(world, Side.SOURCE);
        Snapshot target = snapshot(world, Side.TARGET);
        SyncOutcome dryRun = arena.hashing().dryRun();
        untouched("a dry-run writes nothing into the source", source, snapshot(world, Side.SOURCE));
        untouched("a dry-run writes nothing into the target", target, snapshot(world, Side.TARGET));
        silent(arena.hashing(), dryRun);
        boolean accepted = dryRun(world, expected, dryRun, "dry-run");
        sameDigest(world, expected, dryRun, twin);
        boolean reviewed = accepted && dryRun.digest().isPresent();
        SyncOutcome applied = (reviewed ? arena.hashing() : arena.reckless()).apply();
        silent(reviewed ? arena.hashing() : arena.reckless(), applied);
        if (!applies(expected, accepted, applied)) {
            untouched(
                    "a refused apply writes nothing",
                    withoutSequences(target),
                    withoutSequences(snapshot(world, Side.TARGET)));
            return;
        }
        untouched("an apply writes nothing into the source", source, snapshot(world, Side.SOURCE));
        applied(world, expected, applied, oracle, target);
        again(world);
        undo.ifPresent(way -> undone(world, way, applied, target));
    }

    /** Values of sensitive columns stand in no report, no message and no line. */
    private static void silent(SyncFixture operator, SyncOutcome outcome) {
        List<String> texts = new ArrayList<>(operator.said(""));
        texts.addAll(texts(outcome));
        texts.addAll(outcome.warnings());
        texts.addAll(outcome.facts());
        try (Stream<Path> reports = Files.list(operator.folder.resolve("reports"))) {
            for (Path report : reports.filter(Files::isRegularFile).toList()) {
                texts.add(Files.readString(report));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        texts.stream().filter(text -> text.contains(Alphabets.SECRET)).forEach(text -> {
            throw new Broken("a sensitive value is shown nowhere", text);
        });
        operator.said.clear();
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

    /** Whether it was let through, and rightly. */
    private static boolean dryRun(World world, Expectation expected, SyncOutcome outcome, String run) {
        boolean refused = isRefused(outcome);
        if (refused) {
            rightly(run + " is refused for a reason", expected.dryRunCodes(), outcome);
            return false;
        }
        if (!expected.refused().isEmpty()) {
            throw new Broken(
                    run + " must be refused", "because of " + expected.refused() + "; it found " + outcome.tables());
        }
        counts(world, expected.counts(), outcome, run);
        boolean changes = outcome.totals().hasChanges();
        if (outcome.result() != (changes ? CHANGES_FOUND : NOTHING_TO_DO) && !expected.isBlocked()) {
            throw new Broken(run + " says what it found", outcome.result() + " with " + outcome.totals());
        }
        if (outcome.digest().isPresent() == expected.isBlocked()) {
            throw new Broken(run + " has a digest unless rows are blocked", outcome.digest() + ", " + expected);
        }
        return true;
    }

    private static boolean isRefused(SyncOutcome outcome) {
        return !outcome.problems().isEmpty();
    }

    private static void rightly(String clause, Set<String> allowed, SyncOutcome outcome) {
        List<String> codes = SyncFixture.codes(outcome);
        if (!allowed.containsAll(codes)) {
            throw new Broken(clause, "allowed " + allowed + ", said " + texts(outcome));
        }
    }

    private static List<String> texts(SyncOutcome outcome) {
        return outcome.problems().stream().map(Problem::toString).toList();
    }

    private static void counts(World world, Map<String, Counts> expected, SyncOutcome outcome, String run) {
        for (Table table : world.tables()) {
            if (table.entry() == null) {
                continue;
            }
            Counts found = table(world, outcome, table).counts().applied(0, 0);
            if (!found.equals(expected.get(table.name()))) {
                throw new Broken(
                        run + " counts what there is",
                        table.name() + ": expected " + expected.get(table.name()) + ", found " + found);
            }
        }
    }

    private static TableOutcome table(World world, SyncOutcome outcome, Table table) {
        return outcome.tables().stream()
                .filter(each -> each.table().equals(world.target().schema() + "." + table.name())
                        || each.table().equals(table.name()))
                .findFirst()
                .orElseThrow(() -> new Broken(
                        "a report has every table of the plan", table.name() + " is not in " + outcome.tables()));
    }

    private static void sameDigest(World world, Expectation expected, SyncOutcome dryRun, SyncOutcome twin) {
        if (isRefused(dryRun)) {
            return;
        }
        if (isRefused(twin)) {
            if (!expected.mayBeRefused().isEmpty()) {
                return;
            }
            throw new Broken("other ids for the same facts change nothing", "refused: " + texts(twin));
        }
        counts(world, expected.counts(), twin, "dry-run of the same facts with other ids");
        if (!dryRun.digest().equals(twin.digest())) {
            throw new Broken(
                    "the same facts have the same digest", dryRun.digest() + " and, with other ids, " + twin.digest());
        }
    }

    /** Whether it was applied, and rightly. */
    private static boolean applies(Expectation expected, boolean accepted, SyncOutcome outcome) {
        if (!accepted || isRefused(outcome)) {
            if (!isRefused(outcome)) {
                throw new Broken("an apply is refused where the dry-run is", "it was applied");
            }
            rightly("an apply is refused for a reason", expected.applyCodes(), outcome);
            return false;
        }
        if (!expected.applyRefused().isEmpty()) {
            throw new Broken("an apply must be refused", "because of " + expected.applyRefused());
        }
        return true;
    }

    private void applied(World world, Expectation expected, SyncOutcome outcome, Oracle oracle, Snapshot before) {
        boolean changes = outcome.totals().hasChanges();
        if (outcome.result() != (changes ? APPLIED : NOTHING_TO_DO)) {
            throw new Broken("an apply says what it did", outcome.result() + " with " + outcome.totals());
        }
        counts(world, expected.counts(), outcome, "apply");
        for (Table table : world.tables()) {
            if (table.entry() != null) {
                Counts found = table(world, outcome, table).counts();
                if (found.appliedInserts() != found.toInsert() || found.appliedUpdates() != found.toUpdate()) {
                    throw new Broken("an apply does what it found", table.name() + ": " + found);
                }
            }
        }
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
            if (!rules.isWritten()) {
                continue;
            }
            for (String id : rules.carriedSurrogates()) {
                if (table.column(id).origin().isSequence()) {
                    String quoted = io.github.dbops.postgres.Identifier.quote(table.name());
                    String next = arena.scratch(Side.TARGET)
                            .column(
                                    "SELECT format('SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END > (SELECT coalesce(max(%I), 0) FROM %s) FROM %s', "
                                            + WorldScript.literal(id) + ", " + WorldScript.literal(quoted)
                                            + ", pg_get_serial_sequence(" + WorldScript.literal(quoted) + ", "
                                            + WorldScript.literal(id) + "))")
                            .get(0);
                    if (!arena.scratch(Side.TARGET).column(next).get(0).equals("t")) {
                        throw new Broken("a sequence is ahead of the ids that were carried", table.name() + "." + id);
                    }
                }
            }
        }
    }

    /** After an apply another dry-run finds what another oracle finds, and nothing to do. */
    private void again(World world) throws SQLException {
        Expectation expected = arena.oracle(world).expectation();
        SyncOutcome outcome = arena.hashing().dryRun();
        silent(arena.hashing(), outcome);
        boolean accepted = dryRun(world, expected, outcome, "dry-run after the apply");
        if (accepted && outcome.totals().hasChanges()) {
            throw new Broken(
                    "after an apply there is nothing to do", outcome.tables().toString());
        }
    }

    private void undone(World world, Undo way, SyncOutcome applied, Snapshot before) {
        way.undo(arena.hashing(), applied);
        List<String> values = before.values();
        List<String> after = snapshot(world, Side.TARGET).values();
        if (!values.equals(after)) {
            throw new Broken("an undo brings back what was", "before " + values + ", after " + after);
        }
    }
}
