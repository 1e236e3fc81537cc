package io.github.dbops.sync.undo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.Session.Transaction;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.SqlState;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Comparing;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.RecordedRun;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.UndoState;
import io.github.dbops.sync.apply.Applier;
import io.github.dbops.sync.apply.Audit;
import io.github.dbops.sync.apply.TouchRules;
import io.github.dbops.sync.compare.Comparison;
import io.github.dbops.sync.plan.PlanFile;
import io.github.dbops.sync.plan.PlanReader;
import io.github.dbops.sync.shape.Shapes;
import io.github.dbops.sync.undo.SmallRun.Expected;
import io.github.dbops.sync.undo.SmallRun.Row;
import io.github.dbops.sync.undo.SmallRun.State;
import io.github.dbops.testing.Property;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An undo does what the plain definition of it says, on random small runs that others have worked on since. */
class UndoLawsPgTest {

    @TempDir
    private Path folder;

    private final TestDatabase source = TestServers.newest().createDatabase();
    private final TestDatabase target = TestServers.newest().createDatabase();
    private final Session here = open(source);
    private final Session there = open(target);
    private int undone;
    private int left;

    private static Session open(TestDatabase database) {
        return new Connector(ConnectionPolicy.DEFAULT, "test", line -> {}).open(database.url());
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        source.close();
        target.close();
    }

    @Test
    void undoDoesWhatTheDefinitionSays() throws IOException {
        Path file = folder.resolve("sync-plan.json");
        Files.writeString(file, SmallRun.PLAN);
        Plan plan = PlanReader.read(new PlanFile(file, "sync-plan.json"));
        new Audit(there).prepare();
        Property.forAll(40, random -> {
            here.execute(SmallRun.schema(random, 1));
            there.execute(SmallRun.schema(random, 101));
            here.execute(String.join(";", SmallRun.fill(random)));
            there.execute(String.join(";", SmallRun.fill(random)));
            State before = state();
            Optional<String> run = apply(plan);
            if (run.isEmpty()) {
                return;
            }
            State after = state();
            edit(random);
            State now = state();
            Expected expected = SmallRun.expected(before, after, now);

            Reversal looked = look(run.get());
            assertThat(state()).isEqualTo(now);
            assertThat(looked.totals().of(UndoState.RESTORE))
                    .isEqualTo(expected.undo().restores().size());
            assertThat(looked.totals().of(UndoState.DELETE))
                    .isEqualTo(expected.undo().deletes().size());
            Reversal reverted = undo(run.get());
            assertThat(reverted.digest()).isEqualTo(looked.digest());
            assertThat(state()).isEqualTo(expected.state());
            assertThat(look(run.get()).totals().toRevert()).isZero();
            undone += looked.totals().toRevert() > 0 ? 1 : 0;
            left += looked.totals().left() > 0 ? 1 : 0;
        });
        // Chance decides how many; none would mean that nothing is tried.
        assertThat(undone).isGreaterThan(3);
        assertThat(left).isGreaterThan(3);
    }

    private void edit(Random random) {
        for (int i = random.nextInt(7); i > 0; i--) {
            try {
                there.execute(SmallRun.edit(random));
            } catch (SqlFailure refused) {
                assertThat(refused.state().isAboutValues()).isTrue();
            }
        }
    }

    /** The run's id; empty where it was refused or had nothing to do. */
    private Optional<String> apply(Plan plan) {
        String id = UUID.randomUUID().toString();
        Audit audit = new Audit(there);
        audit.started(new Audit.Run(
                id, "test", Optional.empty(), Optional.empty(), plan.file(), plan.hash(), Optional.empty()));
        there.begin(Transaction.SNAPSHOT);
        here.begin(Transaction.READ_ONLY);
        try (Sides sides = new Sides(here, there);
                Comparison comparison = new Comparison(plan, Execution.APPLY, Comparing.HASH, Progress.SILENT)) {
            ChangeSet changes = comparison.run(
                    sides,
                    Shapes.of(plan, Execution.APPLY, sides).tables(),
                    new Comparison.Identity("source", "target"));
            if (!changes.refusals().isEmpty() || !changes.totals().hasChanges()) {
                there.rollback();
                return Optional.empty();
            }
            TouchRules rules = new TouchRules(plan, TouchRules.OverwriteWords.NOT_SAID, Set.of());
            Applier.begin(there, Progress.SILENT).recording(id).run(changes, rules);
            audit.applied(id, changes, rules);
            there.commit();
            return Optional.of(id);
        } catch (SqlFailure refused) {
            // Values that only one row may have can be in each other's way.
            assertThat(refused.state()).isEqualTo(SqlState.UNIQUE_VIOLATION);
            there.rollback();
            return Optional.empty();
        } finally {
            here.rollback();
        }
    }

    private Reversal look(String id) {
        there.begin(Transaction.READ_ONLY);
        try {
            RecordedRun run = new RunHistory(there).undoable(id);
            return new Decision(there, run, Progress.SILENT).make("target");
        } finally {
            there.rollback();
        }
    }

    private Reversal undo(String id) {
        there.begin(Transaction.SNAPSHOT);
        Reverter reverter = Reverter.begin(there, Progress.SILENT);
        RecordedRun run = new RunHistory(there).undoable(id);
        Reversal reversal = new Decision(there, run, Progress.SILENT).make("target");
        reverter.run(reversal, Set.of());
        there.commit();
        return reversal;
    }

    private State state() {
        Map<String, Map<String, Row>> tables = new HashMap<>();
        for (String table : SmallRun.TABLES) {
            Map<String, Row> rows = new TreeMap<>();
            there.query(SmallRun.query(table), row -> {
                Map<String, @Nullable String> values = new TreeMap<>();
                for (int i = 0; i < SmallRun.COLUMNS.size(); i++) {
                    values.put(SmallRun.COLUMNS.get(i), row.getString(i + 1));
                }
                return rows.put(row.getString(1), new Row(values));
            });
            tables.put(table, rows);
        }
        return new State(tables);
    }
}
