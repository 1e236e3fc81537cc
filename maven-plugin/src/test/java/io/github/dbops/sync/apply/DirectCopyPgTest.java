package io.github.dbops.sync.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.Session.Transaction;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Comparing;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableDifference;
import io.github.dbops.sync.WholeLoad;
import io.github.dbops.sync.WholeLoad.Fingerprint;
import io.github.dbops.sync.compare.Comparison;
import io.github.dbops.sync.plan.PlanFile;
import io.github.dbops.sync.plan.PlanReader;
import io.github.dbops.sync.shape.Shapes;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a table holds after a copy is checked as a whole. */
class DirectCopyPgTest {

    private static final String TABLE = "CREATE TABLE item (slug text PRIMARY KEY, note text);";
    private static final String RUN = "6f1b7a52-0f7e-4a3f-9a52-3c1d0e8f4b11";

    @TempDir
    private Path folder;

    private final TestDatabase source = TestServers.newest().createDatabase();
    private final TestDatabase target = TestServers.newest().createDatabase();

    @AfterEach
    void drop() {
        source.close();
        target.close();
    }

    /** Applies under an expectation of the test's own; commits. */
    private void apply(boolean recording, UnaryOperator<WholeLoad> expectation) throws IOException {
        apply(TABLE, recording, expectation);
    }

    @Test
    void aSumOfHashesIsNotEnoughWhereTheyAreNotToBeBelieved() throws IOException {
        source.execute(TABLE + "INSERT INTO item VALUES ('slug', 'note')");
        target.execute(TABLE);
        Plan plan = plan();
        Connector connector = new Connector(ConnectionPolicy.DEFAULT, "test", line -> {});
        try (Session here = connector.open(source.url());
                Session there = connector.open(target.url());
                Sides sides = new Sides(here, there);
                Comparison comparison = new Comparison(plan, Execution.APPLY, Comparing.EXACT, Progress.SILENT)) {
            ChangeSet changes = compared(comparison, plan, sides);

            assertThat(changes.differences().get(0).counts().toInsert()).isEqualTo(1);
            assertThat(changes.differences().get(0).load()).isEmpty();
        }
    }

    private static ChangeSet compared(Comparison comparison, Plan plan, Sides sides) {
        sides.source().begin(Transaction.READ_ONLY);
        sides.target().begin(Transaction.SNAPSHOT);
        return comparison.run(
                sides, Shapes.of(plan, Execution.APPLY, sides).tables(), new Comparison.Identity("source", "target"));
    }

    private Plan plan() throws IOException {
        Path file = folder.resolve("sync-plan.json");
        Files.writeString(
                file, "{ \"tables\": [ { \"name\": \"item\", \"key\": [\"slug\"], \"mode\": \"append\" } ] }");
        return PlanReader.read(new PlanFile(file, "sync-plan.json"));
    }

    private void apply(String table, boolean recording, UnaryOperator<WholeLoad> expectation) throws IOException {
        source.execute(TABLE + "INSERT INTO item SELECT 'slug ' || i, 'note ' || i FROM generate_series(1, 9) AS i");
        target.execute(table);
        Plan plan = plan();
        Connector connector = new Connector(ConnectionPolicy.DEFAULT, "test", line -> {});
        try (Session here = connector.open(source.url());
                Session there = connector.open(target.url());
                Sides sides = new Sides(here, there);
                Comparison comparison = new Comparison(plan, Execution.APPLY, Comparing.HASH, Progress.SILENT)) {
            Audit audit = new Audit(there);
            audit.prepare();
            audit.started(new Audit.Run(
                    RUN, "somebody", Optional.empty(), Optional.empty(), plan.file(), plan.hash(), Optional.empty()));
            ChangeSet changes = compared(comparison, plan, sides);
            TableDifference found = changes.differences().get(0);
            TableDifference expected = new TableDifference(
                    found.shape(),
                    found.counts(),
                    found.changes(),
                    Optional.of(expectation.apply(found.load().orElseThrow())),
                    found.samples(),
                    found.notes());
            Applier applier = Applier.begin(there, Progress.SILENT);
            (recording ? applier.recording(RUN) : applier)
                    .run(
                            new ChangeSet(
                                    List.of(expected), changes.digest(), changes.tableDigests(), List.of(), List.of()),
                            new TouchRules(plan, TouchRules.OverwriteWords.NOT_SAID, Set.of()));
            there.commit();
        }
    }

    private Problem refusal(boolean recording, UnaryOperator<WholeLoad> expectation) {
        return catchThrowableOfType(ProblemException.class, () -> apply(recording, expectation))
                .problems()
                .get(0);
    }

    private static WholeLoad unreadable(WholeLoad load) {
        return new WholeLoad("SELECT FROM nowhere", load.rows(), load.carriesWholeRows(), load.source());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSourcesRowsAreEnough(boolean recording) throws IOException {
        apply(recording, load -> load);

        assertThat(target.query("SELECT count(*) FROM item").get(0)).containsExactly("9");
    }

    @Test
    void whatTheRecordHasReadIsNotReadOnceMore() throws IOException {
        apply(true, DirectCopyPgTest::unreadable);

        assertThat(target.query("SELECT count(*) FROM item").get(0)).containsExactly("9");
    }

    @Test
    void columnsThatAreNotCarriedAreNoneOfTheSourcesConcern() throws IOException {
        String wider = TABLE.replace("note text", "seen int DEFAULT 7, note text");

        apply(wider, true, load -> load);

        assertThat(target.query("SELECT sum(seen) FROM item").get(0)).containsExactly("63");
    }

    @Test
    void anotherOrderOfColumnsIsTheSameRow() throws IOException {
        String turned = "CREATE TABLE item (note text, slug text PRIMARY KEY);";

        apply(turned, true, DirectCopyPgTest::unreadable);

        assertThat(target.query("SELECT count(*) FROM item").get(0)).containsExactly("9");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherSumIsNotCommitted(boolean recording) {
        Problem problem = refusal(
                recording,
                load -> new WholeLoad(
                        load.fingerprint(),
                        load.rows(),
                        load.carriesWholeRows(),
                        () -> load.source().get().thenApply(there -> new Fingerprint(there.rows(), there.sum() + 1))));

        assertThat(problem.code()).isEqualTo(Code.VERIFICATION_FAILED);
        assertThat(problem.what()).contains("inserted row(s) of public.item do not hold the source's values");
        assertThat(target.query("SELECT FROM item")).isEmpty();
    }

    @Test
    void aSourceThatDoesNotAnswerIsTheFailure() {
        assertThatThrownBy(() -> apply(
                        false,
                        load -> new WholeLoad(
                                load.fingerprint(),
                                load.rows(),
                                load.carriesWholeRows(),
                                () -> load.source().get().thenApply(there -> {
                                    throw new IllegalStateException("lost");
                                }))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("lost");
        assertThat(target.query("SELECT FROM item")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherNumberOfRowsIsNotCommitted(boolean recording) {
        Problem problem = refusal(
                recording,
                load -> new WholeLoad(load.fingerprint(), load.rows() + 3, load.carriesWholeRows(), load.source()));

        assertThat(problem.what()).startsWith("3 inserted row(s) of public.item do not hold");
        assertThat(target.query("SELECT FROM item")).isEmpty();
    }
}
