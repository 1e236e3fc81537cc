package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.Deployment.Manner;
import io.github.dbops.migration.Deployment.Step;
import io.github.dbops.migration.EngineName;
import io.github.dbops.migration.History;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.MigrationFailure.Left;
import io.github.dbops.migration.MigrationGoal;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationOutcome.Result;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.Resolution;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationGoldenReportTest {

    private static final String INIT = "20260105090000_init";
    private static final String COUPONS = "20260301120000_coupons";
    private static final String WEIGHT = "20261101100000_weight";

    @Test
    void tellsThatEverythingIsApplied() throws IOException {
        assertGolden(
                "migrate-up-to-date",
                Migrations.status(
                        Result.UP_TO_DATE, Migrations.history(Migrations.applied(INIT), Migrations.applied(COUPONS))));
    }

    @Test
    void tellsWhatIsPending() throws IOException {
        assertGolden("migrate-pending", pending());
    }

    @Test
    void showsEveryState() throws IOException {
        List<Migration> migrations = new ArrayList<>();
        for (MigrationState state : MigrationState.values()) {
            boolean pending = state == MigrationState.PENDING
                    || state == MigrationState.ROLLED_BACK
                    || state == MigrationState.OUTDATED;
            migrations.add(Migrations.flyway(
                    "1." + state.ordinal(),
                    "one that is " + state.word(),
                    state,
                    pending,
                    state == MigrationState.MODIFIED
                            ? new String[] {"Its file was edited after it was applied."}
                            : new String[0]));
        }
        History history = Migrations.history(EngineName.FLYWAY, migrations);
        Problem unsound = new Problem(
                Code.HISTORY_UNSOUND,
                "The migrations of this database are not in order: 1 failed, 1 modified, 1 missing.",
                null,
                "Failed: 1.3; modified: 1.5; missing: 1.6. dbops.failOn asks to be told.",
                "Nothing was changed: a status only reads.",
                List.of("If what 1.3 did is undone: mvn dbops:resolve -DrolledBack=1.3"));
        assertGolden("migrate-every-state", Migrations.status(Result.REFUSED, history, unsound));
    }

    @Test
    void tellsWhatADeployWouldRun() throws IOException {
        assertGolden(
                "migrate-deploy-dry-run",
                new Migrations.Telling(MigrationGoal.DEPLOY, Execution.DRY_RUN, Result.PENDING)
                        .before(Migrations.history(
                                Migrations.applied(INIT), Migrations.pending(COUPONS), Migrations.pending(WEIGHT)))
                        .warning("Prisma's folder has no migration_lock.toml.")
                        .fact("No backup check is set (dbops.backupCheck).")
                        .outcome());
    }

    @Test
    void tellsOfADeploy() throws IOException {
        assertGolden("migrate-deployed", deployed());
    }

    @Test
    void tellsOfAMigrationThatFailed() throws IOException {
        assertGolden("migrate-failed", failed());
    }

    @Test
    void tellsOfARefusal() throws IOException {
        Problem failed = new Problem(
                Code.HISTORY_HAS_FAILED,
                "A migration of this database has failed, and was not resolved.",
                null,
                "Failed: " + COUPONS + ". Nothing is deployed before it is resolved.",
                "No migration was begun by this run.",
                List.of(
                        "If what it did is undone: mvn dbops:resolve -DrolledBack=" + COUPONS,
                        "If it was completed by hand: mvn dbops:resolve -Dapplied=" + COUPONS));
        assertGolden(
                "migrate-refused",
                new Migrations.Telling(MigrationGoal.DEPLOY, Execution.APPLY, Result.REFUSED)
                        .before(Migrations.history(
                                Migrations.applied(INIT),
                                Migrations.of(COUPONS, MigrationState.FAILED, false),
                                Migrations.pending(WEIGHT)))
                        .problems(failed)
                        .outcome());
    }

    @Test
    void tellsOfAFailureBeforeAnythingWasKnown() throws IOException {
        Problem nowhere = Problem.of(
                        Code.MIGRATIONS_NOT_FOUND,
                        "There are no migrations here.",
                        "Looked for prisma/migrations, and it is not there.",
                        "Run in the project's root directory.")
                .withState("Nothing was connected to; nothing was changed.");
        assertGolden(
                "migrate-failed-early",
                new Migrations.Telling(MigrationGoal.STATUS, Execution.DRY_RUN, Result.FAILED)
                        .problems(nowhere)
                        .outcome());
    }

    @Test
    void showsARecordBeforeAndAfterItWasCorrected() throws IOException {
        Migration failed = Migrations.of(COUPONS, MigrationState.FAILED, false);
        Migration rolledBack = Migrations.of(COUPONS, MigrationState.ROLLED_BACK, true);
        MigrationOutcome outcome = new Migrations.Telling(MigrationGoal.RESOLVE, Execution.APPLY, Result.RESOLVED)
                .before(Migrations.history(Migrations.applied(INIT), failed, Migrations.pending(WEIGHT)))
                .after(Migrations.history(Migrations.applied(INIT), rolledBack, Migrations.pending(WEIGHT)))
                .resolutions(List.of(new Resolution(COUPONS, Action.ROLLED_BACK, Optional.of(failed), rolledBack)))
                .outcome();
        assertGolden("migrate-resolved-rolled-back", outcome);
    }

    @Test
    void showsWhatRecordingAsAppliedWouldDo() throws IOException {
        Migration pending = Migrations.pending(WEIGHT);
        MigrationOutcome outcome = Migrations.resolve(
                Execution.DRY_RUN,
                Result.RESOLVABLE,
                Migrations.history(Migrations.applied(INIT), Migrations.pending(COUPONS), pending),
                List.of(
                        new Resolution(COUPONS, Action.APPLIED, Optional.empty(), Migrations.applied(COUPONS)),
                        new Resolution(WEIGHT, Action.APPLIED, Optional.of(pending), Migrations.applied(WEIGHT))));
        assertGolden("migrate-resolvable-applied", outcome);
    }

    @Test
    void showsTheLastAppliedOfALongHistoryAndEverythingElse() throws IOException {
        List<Migration> migrations = new ArrayList<>(IntStream.range(0, 400)
                .mapToObj(i -> Migrations.applied("20250101%06d_step_%d".formatted(i, i)))
                .toList());
        migrations.set(7, Migrations.of(migrations.get(7).name(), MigrationState.MODIFIED, false));
        migrations.set(
                9,
                Migrations.of(
                        migrations.get(9).name(),
                        MigrationState.APPLIED,
                        false,
                        "Its line ends differ from the record."));
        migrations.add(Migrations.pending(WEIGHT));
        MigrationOutcome outcome = Migrations.status(Result.PENDING, Migrations.history(EngineName.PRISMA, migrations));
        Golden.assertSame("migrate-long/console.txt", console(outcome));
        Golden.assertSame("migrate-long/migrate-status-report.md", new MigrationMarkdownReport(outcome).text());
        ReportSchema.MIGRATE.assertValid(new MigrationJsonReport(outcome).text());
    }

    @Test
    void shortensWhatIsTooLongForAComment() throws IOException {
        List<Migration> migrations = IntStream.range(0, 1_000)
                .mapToObj(i -> Migrations.pending("2025010100%04d_%s".formatted(i, "long_name_".repeat(8))))
                .toList();
        MigrationOutcome outcome = Migrations.status(Result.PENDING, Migrations.history(EngineName.PRISMA, migrations));
        String markdown = new MigrationMarkdownReport(outcome).text();
        assertThat(markdown)
                .hasSizeLessThanOrEqualTo(MarkdownReport.MOST_CHARACTERS)
                .contains("1,000 migrations pending", "_Shortened to fit a comment", "… and 850 more");
        assertThat(console(outcome).lines()).hasSizeGreaterThan(1_000);
    }

    @Test
    void keepsHostileDataData() throws IOException {
        String evil = "</summary><img src=x>|`@octocat` #1 [a](https://evil.example)\u202e\n## x :tada: \u001b[31m\\|";
        MigrationOutcome outcome = hostile(evil);
        assertGolden("migrate-hostile", outcome);
    }

    @ParameterizedTest
    @EnumSource(Result.class)
    void fitsACommentWhateverTheDataIs(Result result) throws IOException {
        for (String evil :
                List.of("@".repeat(10_000), "\u001b".repeat(10_000), "`|\\ ".repeat(2_500), "www.".repeat(2_500))) {
            MigrationOutcome outcome = hostile(evil, result);
            assertThat(new MigrationMarkdownReport(outcome).text())
                    .hasSizeLessThanOrEqualTo(MarkdownReport.MOST_CHARACTERS)
                    .doesNotContain("\u001b");
            assertThat(console(outcome)).doesNotContain("\u001b").hasSizeLessThan(200_000);
            ReportSchema.MIGRATE.assertValid(new MigrationJsonReport(outcome).text());
        }
    }

    static MigrationOutcome pending() {
        return Migrations.status(
                Result.PENDING,
                Migrations.history(
                        Migrations.applied(INIT),
                        Migrations.of(
                                COUPONS,
                                MigrationState.MODIFIED,
                                false,
                                "Its file was edited after it was applied; Prisma does not say so."),
                        Migrations.pending(WEIGHT)));
    }

    static MigrationOutcome deployed() {
        return new Migrations.Telling(MigrationGoal.DEPLOY, Execution.APPLY, Result.DEPLOYED)
                .before(Migrations.history(
                        Migrations.pending(INIT), Migrations.pending(COUPONS), Migrations.pending(WEIGHT)))
                .after(Migrations.history(
                        Migrations.applied(INIT), Migrations.applied(COUPONS), Migrations.applied(WEIGHT)))
                .steps(
                        new Step(INIT, Duration.ofMillis(412), Manner.TRANSACTION, List.of()),
                        new Step(
                                COUPONS,
                                Duration.ofSeconds(83),
                                Manner.STATEMENTS,
                                List.of("CREATE INDEX CONCURRENTLY cannot run inside a transaction block (25001).")),
                        new Step(
                                WEIGHT,
                                Duration.ofMillis(5_230),
                                Manner.TRANSACTION,
                                List.of("A lock was in its way once; it was rolled back and run again.")))
                .fact("The backup check was satisfied: backup.dump is 3 hours old.")
                .outcome();
    }

    static MigrationOutcome failed() {
        MigrationFailure failure = new MigrationFailure(
                COUPONS,
                Optional.of("prisma/migrations/" + COUPONS + "/migration.sql:14"),
                Optional.of("CREATE UNIQUE INDEX CONCURRENTLY\n    \"Coupon_code_key\" ON \"Coupon\" (\"code\")"),
                Optional.of("23505"),
                "could not create unique index \"Coupon_code_key\"",
                Optional.of("Key (code)=(WELCOME) is duplicated."),
                Optional.of("Make the codes unique first."),
                Left.A_PART,
                new Problem(
                        Code.MIGRATION_FAILED,
                        "Migration " + COUPONS + " failed.",
                        "prisma/migrations/" + COUPONS + "/migration.sql:14",
                        "ERROR: could not create unique index \"Coupon_code_key\" (23505)\n"
                                + "DETAIL: Key (code)=(WELCOME) is duplicated.",
                        "The statements before line 14 are committed. The index \"Coupon_code_key\" is there, and invalid.",
                        List.of(
                                "Remove what is left: DROP INDEX CONCURRENTLY \"Coupon_code_key\"",
                                "When all of it is undone: mvn dbops:resolve -DrolledBack=" + COUPONS,
                                "When it is completed by hand: mvn dbops:resolve -Dapplied=" + COUPONS)));
        return new Migrations.Telling(MigrationGoal.DEPLOY, Execution.APPLY, Result.FAILED)
                .before(Migrations.history(
                        Migrations.pending(INIT), Migrations.pending(COUPONS), Migrations.pending(WEIGHT)))
                .after(Migrations.history(
                        Migrations.applied(INIT),
                        Migrations.of(COUPONS, MigrationState.FAILED, false),
                        Migrations.pending(WEIGHT)))
                .steps(new Step(INIT, Duration.ofMillis(412), Manner.TRANSACTION, List.of()))
                .failure(failure)
                .outcome();
    }

    private static MigrationOutcome hostile(String evil) {
        return hostile(evil, Result.FAILED);
    }

    private static MigrationOutcome hostile(String evil, Result result) {
        MigrationGoal goal = switch (result) {
            case RESOLVABLE, RESOLVED -> MigrationGoal.RESOLVE;
            case UP_TO_DATE -> MigrationGoal.STATUS;
            default -> MigrationGoal.DEPLOY;
        };
        Migration failed = Migrations.flyway(evil, evil, MigrationState.FAILED, false, evil);
        List<Migration> all = Stream.of(MigrationState.FAILED, MigrationState.PENDING, MigrationState.APPLIED)
                .map(state -> Migrations.flyway(evil, evil, state, state == MigrationState.PENDING))
                .toList();
        Migrations.Telling telling = new Migrations.Telling(goal, Execution.DRY_RUN, result)
                .before(Migrations.history(
                        EngineName.FLYWAY,
                        Stream.concat(Stream.of(failed), all.stream()).toList()))
                .warning(evil)
                .fact(evil);
        if (goal == MigrationGoal.RESOLVE) {
            telling.resolutions(List.of(new Resolution(evil, Action.APPLIED, Optional.of(failed), failed)));
        }
        if (result == Result.FAILED) {
            telling.steps(new Step(evil, Duration.ZERO, Manner.OWN, List.of(evil)))
                    .failure(new MigrationFailure(
                            evil,
                            Optional.of(evil),
                            Optional.of(evil),
                            Optional.of("42P07"),
                            evil,
                            Optional.of(evil),
                            Optional.of(evil),
                            Left.UNKNOWN,
                            Problem.of(Code.MIGRATION_FAILED, evil, evil, evil).at(evil)));
        }
        return telling.outcome();
    }

    private static void assertGolden(String situation, MigrationOutcome outcome) throws IOException {
        String file = situation + "/" + outcome.goal().word() + "-report";
        Golden.assertSame(situation + "/console.txt", console(outcome));
        Golden.assertSame(file + ".md", new MigrationMarkdownReport(outcome).text());
        String json = new MigrationJsonReport(outcome).text();
        Golden.assertSame(file + ".json", json);
        ReportSchema.MIGRATE.assertValid(json);
    }

    private static String console(MigrationOutcome outcome) {
        return String.join("\n", new MigrationConsoleReport(outcome).lines()) + "\n";
    }
}
