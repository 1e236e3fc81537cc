package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Session;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Changes;
import io.github.dbops.sync.Comparing;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.MoreSides;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableDifference;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads both sides and decides what an apply would do. Both sessions must be inside their transactions; nothing is
 * written. Holds the changes' temporary files until closed.
 */
public final class Comparison implements AutoCloseable {

    private final Plan plan;
    private final Execution execution;
    private final Comparing comparing;
    private final Progress progress;
    private final Function<Sides, Hashing> hashings;
    private MoreSides more = MoreSides.NONE;
    private int jobs = 1;
    private final List<AutoCloseable> held = new ArrayList<>();
    private boolean reviewed = true;
    private final List<DigestedChanges> changed = new ArrayList<>();
    private @Nullable Identity between;

    /**
     * A comparison yet to run.
     *
     * @param plan what to compare
     * @param execution whether blocked rows are a warning or a refusal
     * @param comparing hash or exact
     * @param progress told the tables and rows
     */
    public Comparison(Plan plan, Execution execution, Comparing comparing, Progress progress) {
        this(plan, execution, comparing, progress, Hashing::agreed);
    }

    Comparison(
            Plan plan, Execution execution, Comparing comparing, Progress progress, Function<Sides, Hashing> hashings) {
        this.plan = plan;
        this.execution = execution;
        this.comparing = comparing;
        this.progress = new OneAtATime(progress);
        this.hashings = hashings;
    }

    /**
     * Reads several tables at once.
     *
     * @param wanted sessions a side, the first ones included
     * @param opener opens the further ones; closed as soon as they are not needed
     */
    public Comparison reading(int wanted, MoreSides opener) {
        jobs = wanted;
        more = opener;
        return this;
    }

    /** Leaves the digest to {@link #digested}, because whatever is found is applied. */
    public Comparison unreviewed() {
        reviewed = false;
        return this;
    }

    /**
     * Compares.
     *
     * @param sides both sessions in their snapshots
     * @param shapes the plan's tables, in the order in which they are written
     * @param identity what stays the same of both databases, for the digest
     * @return what was decided, with its digest unless nobody reviews it
     * @throws ProblemException where source and target do not fit each other
     */
    public ChangeSet run(Sides sides, List<TableShape> shapes, Identity identity) {
        Session source = sides.source();
        checkSource(new SourceChecks(source, sides.target()), shapes);
        Hashing hashing = hashings.apply(sides);
        Findings findings = new Findings(execution, plan.samples().orElse(SampleDetail.KEYS));
        Parents parents = new Parents(shapes, sides);
        held.add(parents);
        List<TableComparison> tables = compare(sides, shapes, hashing, parents, findings);
        SlowPaths.hashing(sides, hashing).ifPresent(findings::warn);
        MigrationHistories.difference(source, sides.target()).ifPresent(findings::warn);
        List<TableDifference> differences = new ArrayList<>();
        Showing showing = new Showing(sides, hashing, plan.samples().orElse(SampleDetail.KEYS));
        for (TableComparison table : tables) {
            differences.add(difference(table, parents.blocked(table.shape()), showing));
        }
        between = identity;
        ChangeSet found =
                new ChangeSet(differences, Optional.empty(), Map.of(), findings.refusals(), findings.warnings());
        boolean applicable = findings.refusals().isEmpty() && !findings.isBlocked();
        return applicable && reviewed ? digested(found) : found;
    }

    /**
     * The change set with its digest. Changes are digested while they are read, so that it costs next to nothing where they
     * were written before.
     *
     * @param found what {@link #run} returned; it may be applied
     */
    public ChangeSet digested(ChangeSet found) {
        Identity identity = Objects.requireNonNull(between, "nothing was compared");
        SortedMap<String, String> tables = new TreeMap<>();
        changed.forEach(changes -> tables.put(changes.table(), changes.digest()));
        return found.digested(ChangeDigest.of(plan.hash(), identity.source(), identity.target(), tables), tables);
    }

    private List<TableComparison> compare(
            Sides sides, List<TableShape> shapes, Hashing hashing, Parents parents, Findings findings) {
        new LookupChecks(sides, findings).check(shapes);
        List<TableComparison> tables = new ArrayList<>();
        for (TableShape shape : shapes) {
            TableComparison table = new TableComparison(shape, sides, hashing, comparing, parents, progress);
            held.add(table);
            tables.add(table);
            if (execution == Execution.APPLY && Loadable.is(shape, shapes)) {
                table.loadable();
            }
        }
        try (MoreSides further = more) {
            new Lanes(sides, further, jobs).run(tables);
        }
        progress.phase("fetch");
        for (int i = 0; i < tables.size(); i++) {
            TableComparison table = tables.get(i);
            table.read();
            findings.add(table);
            int group = table.shape().group();
            if (i == tables.size() - 1 || tables.get(i + 1).shape().group() != group) {
                parents.settle(group);
            }
        }
        for (TableComparison table : tables) {
            findings.addBlocked(table.shape(), parents.blocked(table.shape()));
            findings.addCollisions(table.shape(), table.collisions().settle());
        }
        return tables;
    }

    private static void checkSource(SourceChecks checks, List<TableShape> shapes) {
        List<Problem> problems = new ArrayList<>();
        for (TableShape shape : shapes) {
            checks.checkCondition(shape);
            problems.addAll(checks.problems(shape));
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems, null);
        }
    }

    private TableDifference difference(TableComparison table, Blocked blocked, Showing showing) {
        TableShape shape = table.shape();
        Counts counts = table.tally().counts(blocked);
        Changes changes =
                reader -> table.changes().whileWanted(change -> blocked.contains(change) || reader.test(change));
        Showing.Gathered shown = showing.gather(shape, counts);
        changes.whileWanted(shown::add);
        DigestedChanges digested = new DigestedChanges(shape, changes);
        if (counts.hasChanges()) {
            changed.add(digested);
        }
        return new TableDifference(
                shape,
                counts,
                digested,
                table.load(blocked),
                shown.samples(table.differing(), blocked),
                Findings.notes(table));
    }

    @Override
    public void close() {
        for (AutoCloseable each : held) {
            try {
                each.close();
            } catch (Exception failure) {
                throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
            }
        }
    }

    /**
     * What stays the same of the two databases from one run to the next.
     *
     * @param source the source
     * @param target the target
     */
    public record Identity(String source, String target) {}
}
