package io.github.dbops.command.undo;

import io.github.dbops.command.PhaseClock;
import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.problem.Kind;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.RecordedRun;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoTable;
import io.github.dbops.sync.undo.Reversal;
import io.github.dbops.sync.undo.Reverter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What one undo has learned so far; becomes the outcome at whatever point it ends. */
final class UndoRecord {

    private final String runId = UUID.randomUUID().toString();
    private final Instant startedAt = Instant.now();
    private final Execution execution;
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> facts = new LinkedHashSet<>();
    private Optional<String> target = Optional.empty();
    private Optional<RecordedRun> run = Optional.empty();
    private Optional<List<RecordedRun>> runs = Optional.empty();
    private Optional<Reversal> reversal = Optional.empty();
    private Map<QualifiedName, Reverter.Done> done = Map.of();

    UndoRecord(Execution execution) {
        this.execution = execution;
    }

    String runId() {
        return runId;
    }

    Instant startedAt() {
        return startedAt;
    }

    void target(String display) {
        target = Optional.of(display);
    }

    void warn(String sentence) {
        warnings.add(sentence);
    }

    void fact(String sentence) {
        facts.add(sentence);
    }

    void run(RecordedRun recorded) {
        run = Optional.of(recorded);
    }

    /** No run was named: these are the last. */
    void listed(List<RecordedRun> last) {
        runs = Optional.of(last);
    }

    /** What was decided; a later decision, inside the transaction that writes, is the better one. */
    void found(Reversal decided) {
        reversal = Optional.of(decided);
        run = Optional.of(decided.run());
    }

    /** The reversal was committed. */
    void undone(Map<QualifiedName, Reverter.Done> rows) {
        done = Map.copyOf(rows);
    }

    UndoOutcome outcome(List<Problem> problems, PhaseClock clock) {
        return new UndoOutcome(
                execution,
                result(problems),
                run,
                target,
                reversal.flatMap(Reversal::digest),
                runId,
                startedAt,
                Duration.between(startedAt, Instant.now()),
                clock.phases(),
                tables(),
                runs.orElse(List.of()),
                new ArrayList<>(warnings),
                new ArrayList<>(facts),
                problems);
    }

    private List<UndoTable> tables() {
        return reversal.map(Reversal::tables).orElse(List.of()).stream()
                .map(table -> {
                    Reverter.Done rows = done.get(table.name());
                    return rows == null ? table : table.applied(rows.restored(), rows.deleted());
                })
                .toList();
    }

    private UndoOutcome.Result result(List<Problem> problems) {
        if (!problems.isEmpty()) {
            return problems.get(0).code().kind() == Kind.REFUSAL
                    ? UndoOutcome.Result.REFUSED
                    : UndoOutcome.Result.FAILED;
        }
        if (runs.isPresent()) {
            return UndoOutcome.Result.RUNS_LISTED;
        }
        if (reversal.flatMap(Reversal::digest).isEmpty()) {
            return UndoOutcome.Result.NOTHING_TO_DO;
        }
        return execution == Execution.APPLY ? UndoOutcome.Result.UNDONE : UndoOutcome.Result.CHANGES_FOUND;
    }
}
