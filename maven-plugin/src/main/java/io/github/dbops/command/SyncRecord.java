package io.github.dbops.command;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.problem.Kind;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.ProtectedPattern;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableDifference;
import io.github.dbops.sync.TableOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What one run has learned so far; becomes the outcome at whatever point the run ends. */
final class SyncRecord {

    private final String runId = UUID.randomUUID().toString();
    private final Instant startedAt = Instant.now();
    private final Execution execution;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();
    private String planFile;
    private Optional<Plan> plan = Optional.empty();
    private Optional<String> source = Optional.empty();
    private Optional<String> target = Optional.empty();
    private Optional<ChangeSet> changes = Optional.empty();
    private Map<QualifiedName, Counts> applied = Map.of();

    SyncRecord(Execution execution, String planFile) {
        this.execution = execution;
        this.planFile = planFile;
    }

    String runId() {
        return runId;
    }

    Instant startedAt() {
        return startedAt;
    }

    void plan(Plan read) {
        plan = Optional.of(read);
        planFile = read.file();
    }

    void databases(String sourceDisplay, String targetDisplay) {
        source = Optional.of(sourceDisplay);
        target = Optional.of(targetDisplay);
    }

    void warn(String sentence) {
        if (!warnings.contains(sentence)) {
            warnings.add(sentence);
        }
    }

    void fact(String sentence) {
        if (!facts.contains(sentence)) {
            facts.add(sentence);
        }
    }

    void found(ChangeSet found) {
        changes = Optional.of(found);
    }

    Optional<ChangeSet> changes() {
        return changes;
    }

    /** The changes were committed. */
    void applied(Map<QualifiedName, Counts> counts) {
        applied = Map.copyOf(counts);
    }

    SyncOutcome outcome(List<Problem> problems, PhaseClock clock) {
        List<String> all = new ArrayList<>(warnings);
        changes.ifPresent(c -> all.addAll(c.warnings()));
        return new SyncOutcome(
                execution,
                result(problems),
                planFile,
                plan.map(Plan::hash),
                source,
                target,
                changes.flatMap(ChangeSet::digest),
                runId,
                startedAt,
                Duration.between(startedAt, Instant.now()),
                clock.phases(),
                plan.map(p -> p.protectedPatterns().stream()
                                .map(ProtectedPattern::glob)
                                .toList())
                        .orElse(List.of()),
                plan.flatMap(Plan::samples),
                tables(),
                all,
                facts,
                problems);
    }

    private SyncOutcome.Result result(List<Problem> problems) {
        if (!problems.isEmpty()) {
            return problems.get(0).code().kind() == Kind.REFUSAL
                    ? SyncOutcome.Result.REFUSED
                    : SyncOutcome.Result.FAILED;
        }
        boolean any = changes.map(c -> c.totals().hasChanges()).orElse(false);
        if (!any) {
            return SyncOutcome.Result.NOTHING_TO_DO;
        }
        return execution == Execution.APPLY ? SyncOutcome.Result.APPLIED : SyncOutcome.Result.CHANGES_FOUND;
    }

    private List<TableOutcome> tables() {
        List<TableOutcome> tables = new ArrayList<>();
        changes.ifPresent(c -> c.differences().forEach(d -> tables.add(table(d))));
        plan.ifPresent(
                p -> p.tables().stream().filter(t -> t.mode() == Mode.SKIP).forEach(t -> tables.add(skipped(t, p))));
        return tables;
    }

    private TableOutcome table(TableDifference difference) {
        PlannedTable planned = difference.shape().planned();
        QualifiedName name = difference.shape().name();
        return new TableOutcome(
                name.toString(),
                planned.mode(),
                planned.onConflict(),
                plan.flatMap(p -> p.protecting(name.schema(), name.name()))
                        .map(ProtectedPattern::glob)
                        .orElse(null),
                false,
                null,
                applied.getOrDefault(name, difference.counts()),
                difference.samples(),
                difference.shape().differences(),
                difference.notes());
    }

    private static TableOutcome skipped(PlannedTable table, Plan plan) {
        return new TableOutcome(
                table.name(),
                table.mode(),
                table.onConflict(),
                plan.protecting(table).map(ProtectedPattern::glob).orElse(null),
                true,
                "the plan says skip",
                Counts.NONE,
                List.of(),
                List.of());
    }
}
