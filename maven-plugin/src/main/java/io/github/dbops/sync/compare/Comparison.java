package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Catalog;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Comparing;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.TableDifference;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

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
    private final List<TableComparison> tables = new ArrayList<>();
    private final ExecutorService background = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "dbops-source");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A comparison yet to run.
     *
     * @param plan what to compare
     * @param execution whether missing write privileges are a problem or a note
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
        this.progress = progress;
        this.hashings = hashings;
    }

    /**
     * Compares.
     *
     * @param source the source's session in its snapshot
     * @param target the target's session in its snapshot
     * @param identity what stays the same of both databases, for the digest
     * @throws ProblemException where plan, source and target do not fit each other
     */
    public ChangeSet run(Session source, Session target, Identity identity) {
        Sides sides = new Sides(source, target, background);
        Catalog sourceCatalog = Catalog.of(source);
        Catalog targetCatalog = Catalog.of(target);
        List<TableShape> shapes = new Shapes(plan, execution, sourceCatalog, targetCatalog).read();
        checkSource(new SourceChecks(source, target), shapes);
        Hashing hashing = hashings.apply(sides);
        Findings findings = new Findings(plan.samples().orElse(SampleDetail.KEYS));
        for (TableShape shape : shapes) {
            TableComparison table = new TableComparison(shape, sides, hashing, comparing, progress);
            tables.add(table);
            progress.rows(shape.name().toString(), 0);
            table.run();
            findings.add(table);
        }
        List<String> warnings = new ArrayList<>(findings.warnings());
        warnings.addAll(new PlanWarnings(plan, targetCatalog).list());
        MigrationHistories.difference(source, target).ifPresent(warnings::add);
        SortedMap<String, String> digests = new TreeMap<>();
        List<TableDifference> differences = new ArrayList<>();
        for (TableComparison table : tables) {
            differences.add(difference(table, sides, hashing, digests));
        }
        Optional<Digest> digest = findings.refusals().isEmpty()
                ? Optional.of(ChangeDigest.of(plan.hash(), identity.source(), identity.target(), digests))
                : Optional.empty();
        return new ChangeSet(differences, digest, digests, findings.refusals(), warnings);
    }

    private static void checkSource(SourceChecks checks, List<TableShape> shapes) {
        List<Problem> inexact = new ArrayList<>();
        for (TableShape shape : shapes) {
            checks.checkCondition(shape);
            inexact.addAll(checks.inexact(shape));
        }
        if (!inexact.isEmpty()) {
            throw new ProblemException(inexact, null);
        }
    }

    private TableDifference difference(
            TableComparison table, Sides sides, Hashing hashing, SortedMap<String, String> digests) {
        TableShape shape = table.shape();
        ChangeDigest digest = ChangeDigest.ofTable(shape);
        List<Change> first = new ArrayList<>();
        long[] seen = new long[Change.Action.values().length];
        table.changes().forEach(change -> {
            digest.add(shape, change);
            if (++seen[change.action().ordinal()] <= Tally.EXAMPLES) {
                first.add(change);
            }
        });
        if (seen[0] + seen[1] > 0) {
            digests.put(shape.name().toString(), digest.hex());
        }
        Samples samples = new Samples(shape, sides, hashing, plan.samples().orElse(SampleDetail.KEYS));
        List<Sample> shown = new ArrayList<>();
        first.forEach(change -> shown.add(samples.of(change)));
        table.differing()
                .rows()
                .forEach((key, places) -> shown.add(samples.conflict(
                        key, places.source().get(0), places.target().get(0))));
        return new TableDifference(
                shape, table.tally().counts(table.inserts()), table.changes(), shown, Findings.notes(table));
    }

    @Override
    public void close() {
        background.shutdownNow();
        tables.forEach(TableComparison::close);
    }

    /**
     * What stays the same of the two databases from one run to the next.
     *
     * @param source the source
     * @param target the target
     */
    public record Identity(String source, String target) {}
}
