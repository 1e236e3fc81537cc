package io.github.dbops.command;

import io.github.dbops.problem.Kind;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.draft.Draft;
import io.github.dbops.sync.draft.InitOutcome;
import io.github.dbops.sync.draft.InitOutcome.Result;
import io.github.dbops.sync.draft.text.DraftFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What one run of {@code dbops:init} has learned so far; becomes the outcome at whatever point the run ends. */
final class InitRecord {

    private final String runId = UUID.randomUUID().toString();
    private final Instant startedAt = Instant.now();
    private final Execution execution;
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> facts = new LinkedHashSet<>();
    private String planFile = "sync-plan.json";
    private String schemaFile = "sync-plan.schema.json";
    private String syncCommand = "mvn dbops:sync";
    private Optional<String> source = Optional.empty();
    private Optional<String> target = Optional.empty();
    private Optional<Draft> draft = Optional.empty();
    private Optional<String> text = Optional.empty();

    InitRecord(Execution execution) {
        this.execution = execution;
    }

    void file(DraftFile file) {
        planFile = file.name();
        schemaFile = file.schemaName();
        syncCommand = file.command();
    }

    void source(String display) {
        source = Optional.of(display);
    }

    /** The target's catalog was looked at. */
    void consulted(String display) {
        target = Optional.of(display);
    }

    void warn(String sentence) {
        warnings.add(sentence);
    }

    void fact(String sentence) {
        facts.add(sentence);
    }

    void drafted(Draft plan, String planText) {
        draft = Optional.of(plan);
        text = Optional.of(planText);
    }

    InitOutcome outcome(List<Problem> problems, PhaseClock clock) {
        return new InitOutcome(
                result(problems),
                execution,
                planFile,
                schemaFile,
                syncCommand,
                source,
                target,
                draft,
                text,
                runId,
                startedAt,
                Duration.between(startedAt, Instant.now()),
                clock.phases(),
                new ArrayList<>(warnings),
                new ArrayList<>(facts),
                problems);
    }

    private Result result(List<Problem> problems) {
        if (!problems.isEmpty()) {
            return problems.get(0).code().kind() == Kind.REFUSAL ? Result.REFUSED : Result.FAILED;
        }
        return execution == Execution.APPLY ? Result.WRITTEN : Result.SHOWN;
    }
}
