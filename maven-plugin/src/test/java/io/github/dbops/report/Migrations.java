package io.github.dbops.report;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.EngineName;
import io.github.dbops.migration.History;
import io.github.dbops.migration.HistoryRow;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.MigrationGoal;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationOutcome.Result;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.Resolution;
import io.github.dbops.migration.SameDatabaseOptions;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Migrations, histories and outcomes of migrate goals as engines and commands would make them. */
final class Migrations {

    private static final Instant DAY = Instant.parse("2026-01-05T09:12:33.120Z");

    private Migrations() {}

    static Migration applied(String name) {
        return of(name, MigrationState.APPLIED, false);
    }

    static Migration pending(String name) {
        return of(name, MigrationState.PENDING, true);
    }

    static Migration of(String name, MigrationState state, boolean pending, String... notes) {
        boolean ran = state != MigrationState.PENDING
                && state != MigrationState.ABOVE_TARGET
                && state != MigrationState.BELOW_BASELINE
                && state != MigrationState.IGNORED
                && state != MigrationState.AVAILABLE;
        boolean onDisk = state != MigrationState.MISSING && state != MigrationState.FUTURE;
        boolean ended = ran && state != MigrationState.FAILED && state != MigrationState.RUNNING;
        return new Migration(
                name,
                Optional.empty(),
                "sql",
                state,
                pending,
                Optional.of("prisma/migrations/" + name + "/migration.sql").filter(f -> onDisk),
                Optional.of("5e2f".repeat(16)).filter(c -> ran),
                Optional.of((state == MigrationState.MODIFIED ? "9a01" : "5e2f").repeat(16))
                        .filter(c -> onDisk),
                Optional.of(DAY).filter(at -> ran),
                Optional.of(Duration.ofMillis(412)).filter(took -> ended),
                Optional.empty(),
                List.of(notes),
                ran ? List.of(row(name, state)) : List.of());
    }

    /** As Flyway tells of one: with a title, and who ran it. */
    static Migration flyway(String version, String title, MigrationState state, boolean pending, String... notes) {
        Migration plain = of(version, state, pending, notes);
        return new Migration(
                version,
                Optional.of(title),
                state == MigrationState.BASELINE ? "baseline" : "sql",
                state,
                pending,
                plain.file().map(f -> "db/migration/V" + version + "__" + title.replace(' ', '_') + ".sql"),
                plain.recordedChecksum().map(c -> "1785217382"),
                plain.fileChecksum().map(c -> "1785217382"),
                plain.at(),
                plain.took(),
                plain.at().map(at -> "deploy"),
                plain.notes(),
                plain.rows());
    }

    private static HistoryRow row(String name, MigrationState state) {
        boolean failed = state == MigrationState.FAILED;
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        values.put("migration_name", name);
        values.put("started_at", "2026-01-05T09:12:32.708Z");
        values.put("finished_at", failed ? null : "2026-01-05T09:12:33.120Z");
        values.put("logs", failed ? "ERROR: relation \"Coupon\" already exists" : null);
        return new HistoryRow(values);
    }

    static History history(Migration... migrations) {
        return history(EngineName.PRISMA, List.of(migrations));
    }

    static History history(EngineName engine, List<Migration> migrations) {
        String table = engine == EngineName.PRISMA ? "public._prisma_migrations" : "public.flyway_schema_history";
        return new History(engine, Optional.of(table), migrations, List.of(), List.of());
    }

    static MigrationOutcome status(Result result, History history, Problem... problems) {
        return new Telling(MigrationGoal.STATUS, Execution.DRY_RUN, result)
                .before(history)
                .problems(problems)
                .outcome();
    }

    static MigrationOutcome resolve(Execution execution, Result result, History history, List<Resolution> resolutions) {
        return new Telling(MigrationGoal.RESOLVE, execution, result)
                .before(history)
                .resolutions(resolutions)
                .outcome();
    }

    /** An outcome being told. */
    static final class Telling {

        private final MigrationGoal goal;
        private final Execution execution;
        private final Result result;
        private Optional<History> before = Optional.empty();
        private Optional<History> after = Optional.empty();
        private List<Deployment.Step> steps = List.of();
        private Optional<MigrationFailure> failure = Optional.empty();
        private List<Resolution> resolutions = List.of();
        private final List<String> warnings = new ArrayList<>();
        private final List<String> facts = new ArrayList<>();
        private List<Problem> problems = List.of();

        Telling(MigrationGoal goal, Execution execution, Result result) {
            this.goal = goal;
            this.execution = execution;
            this.result = result;
        }

        Telling before(History history) {
            before = Optional.of(history);
            return this;
        }

        Telling after(History history) {
            after = Optional.of(history);
            return this;
        }

        Telling steps(Deployment.Step... done) {
            steps = List.of(done);
            return this;
        }

        Telling failure(MigrationFailure at) {
            failure = Optional.of(at);
            problems = List.of(at.problem());
            return this;
        }

        Telling resolutions(List<Resolution> done) {
            resolutions = done;
            return this;
        }

        Telling warning(String sentence) {
            warnings.add(sentence);
            return this;
        }

        Telling fact(String sentence) {
            facts.add(sentence);
            return this;
        }

        Telling problems(Problem... all) {
            problems = List.of(all);
            return this;
        }

        MigrationOutcome outcome() {
            EngineName engine = before.map(History::engine).orElse(EngineName.PRISMA);
            boolean prisma = engine == EngineName.PRISMA;
            return new MigrationOutcome(
                    goal,
                    execution,
                    result,
                    before.map(History::engine),
                    before.map(h -> prisma ? "prisma/migrations" : "db/migration"),
                    before.map(h -> "postgresql://deploy@db.example.com:5432/shop"),
                    before.filter(h -> goal == MigrationGoal.DEPLOY).map(h -> Outcomes.DIGEST),
                    "0b8e6f0e-5a3f-4c57-9a51-6d0f4e0b7c11",
                    Instant.parse("2026-11-01T09:30:00Z"),
                    Duration.ofMillis(1_840),
                    List.of(new Phase("status", Duration.ofMillis(120))),
                    before,
                    after,
                    steps,
                    failure,
                    resolutions,
                    warnings,
                    facts,
                    problems,
                    SameDatabaseOptions.NONE);
        }
    }
}
