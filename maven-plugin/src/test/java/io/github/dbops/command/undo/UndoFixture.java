package io.github.dbops.command.undo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.command.Backup;
import io.github.dbops.command.Surroundings;
import io.github.dbops.command.SyncFixture;
import io.github.dbops.command.SyncRequest.OverwriteWords;
import io.github.dbops.command.SyncRequest.Review;
import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.problem.Problem;
import io.github.dbops.report.UndoReviewFile;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoState;
import io.github.dbops.sync.UndoTable;
import io.github.dbops.sync.plan.OverwriteGuard;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A sync's situation, an apply in it, and the undoing of that. */
public final class UndoFixture implements AutoCloseable {

    public final SyncFixture sync;
    public final List<String> said = new CopyOnWriteArrayList<>();
    private OverwriteWords words = new OverwriteWords(false, Optional.empty());
    private Optional<Digest> expected = Optional.empty();
    private boolean reviewSkipped = true;
    private List<String> sideEffects = List.of();
    private Duration lockTimeout = Duration.ofSeconds(5);
    private int attempts = 5;

    public UndoFixture(TestServer server, String... schema) {
        this(new SyncFixture(server, server, schema));
    }

    public UndoFixture(SyncFixture sync) {
        this.sync = sync;
        sync.withoutReview();
    }

    public TestDatabase source() {
        return sync.source;
    }

    public TestDatabase target() {
        return sync.target;
    }

    /** Applies the plan; returns the run's id. */
    public String applied() {
        SyncOutcome outcome = sync.apply();
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.result()).isEqualTo(SyncOutcome.Result.APPLIED);
        return outcome.runId();
    }

    public UndoFixture words() {
        words = new OverwriteWords(true, Optional.of(OverwriteGuard.CONFIRMATION));
        return this;
    }

    public UndoFixture reviewed() {
        reviewSkipped = false;
        return this;
    }

    public UndoFixture expecting(Digest digest) {
        expected = Optional.of(digest);
        reviewSkipped = false;
        return this;
    }

    public UndoFixture allowing(String... tables) {
        sideEffects = List.of(tables);
        return this;
    }

    public UndoFixture lockTimeout(Duration timeout, int tries) {
        lockTimeout = timeout;
        attempts = tries;
        return this;
    }

    public UndoOutcome dryRun(String run) {
        return run(Execution.DRY_RUN, Optional.of(run), Progress.SILENT);
    }

    public UndoOutcome list() {
        return run(Execution.DRY_RUN, Optional.empty(), Progress.SILENT);
    }

    public UndoOutcome undo(String run) {
        return undo(run, phase -> {});
    }

    public UndoOutcome undo(String run, Consumer<String> atPhase) {
        return run(Execution.APPLY, Optional.of(run), new Progress() {
            @Override
            public void say(String line) {
                said.add(line);
            }

            @Override
            public void phase(String name) {
                atPhase.accept(name);
            }

            @Override
            public Rows table(TableWork work) {
                return Rows.UNSEEN;
            }
        });
    }

    public UndoOutcome run(Execution execution, Optional<String> run, Progress progress) {
        return new UndoCommand(
                        new Surroundings(sync.environment(), id -> Optional.empty(), version -> List.of(), progress))
                .run(new UndoRequest(
                        sync.folder,
                        execution,
                        run,
                        words,
                        new DatabaseSettings(
                                DatabaseRole.TARGET,
                                Optional.empty(),
                                Optional.empty(),
                                ".env.production",
                                Optional.empty(),
                                sync.folder),
                        new Review(expected, reviewSkipped, Duration.ofHours(1)),
                        new Backup(Optional.empty(), Duration.ofHours(24)),
                        new ConnectionPolicy(
                                lockTimeout, attempts, Duration.ofSeconds(60), ConnectionPolicy.Pooler.DETECT),
                        sideEffects,
                        sync.folder.resolve("reports")));
    }

    public UndoReviewFile review() {
        return UndoReviewFile.in(sync.folder.resolve("reports"));
    }

    /** Rows by state, of all tables together; states without rows left out. */
    public static Map<UndoState, Long> states(UndoOutcome outcome) {
        Map<UndoState, Long> states = new TreeMap<>(outcome.totals().rows());
        states.values().removeIf(count -> count == 0);
        return states;
    }

    /** Listed rows as {@code public.item delete code=a}, with the reason behind where there is one. */
    public static List<String> rows(UndoOutcome outcome) {
        List<String> rows = new ArrayList<>();
        for (UndoTable table : outcome.tables()) {
            table.rows()
                    .forEach(row ->
                            rows.add(table.name().name() + " " + row.state().word() + " "
                                    + row.key().get(0).value() + (row.reason().isEmpty() ? "" : ": " + row.reason())));
        }
        return rows;
    }

    public static List<String> codes(UndoOutcome outcome) {
        return outcome.problems().stream().map(Problem::code).map(c -> c.id()).toList();
    }

    @Override
    public void close() {
        sync.close();
    }
}
