package io.github.dbops.command.undo;

import static io.github.dbops.command.undo.UndoFixture.codes;
import static io.github.dbops.command.undo.UndoFixture.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoOutcome.Result;
import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.ChaosProxy.Cut;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Others are at work, connections are cut, servers and clients killed: all of an undo happens, or nothing. */
@Timeout(180)
class UndoCrashPgTest {

    private static final String ROWS = "SELECT code, title FROM item ORDER BY 1";
    private static final List<List<String>> APPLIED = List.of(List.of("a", "A"), List.of("b", "B"), List.of("c", "C"));
    private static final List<List<String>> UNDONE = List.of(List.of("b", "was B"));

    private static TestServer server;
    private UndoFixture fixture;
    private ChaosProxy proxy;
    private String run;

    @BeforeAll
    static void start() {
        // What a process has written outlives it: only a crash of the machine would need fsync.
        server = TestServers.startOwn(TestServers.newest().majorVersion(), Map.of("fsync", "off"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void situation() {
        fixture = new UndoFixture(
                server,
                "CREATE TABLE item (code text PRIMARY KEY, title text);"
                        + " CREATE TABLE sale (item text REFERENCES item ON DELETE CASCADE);"
                        + " CREATE TABLE note (item text REFERENCES item)");
        fixture.source().execute("INSERT INTO item VALUES ('a', 'A'), ('b', 'B'), ('c', 'C')");
        fixture.target().execute("INSERT INTO item VALUES ('b', 'was B')");
        fixture.sync.plan("""
                {"tables": [{"name": "item", "key": ["code"], "mode": "upsert", "onConflict": "local_wins"}]}""");
        run = fixture.applied();
        proxy = new ChaosProxy(fixture.target()::url);
        fixture.sync.to(proxy.url());
    }

    @AfterEach
    void close() {
        proxy.close();
        fixture.close();
    }

    /** The event happens once, however often the phase comes. */
    private static Consumer<String> at(String phase, Runnable event) {
        boolean[] happened = {false};
        return name -> {
            if (name.equals(phase) && !happened[0]) {
                happened[0] = true;
                event.run();
            }
        };
    }

    private List<List<String>> items() {
        return fixture.target().query(ROWS);
    }

    private void assertUndone(UndoOutcome outcome) {
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.result()).isEqualTo(Result.UNDONE);
        assertThat(items()).isEqualTo(UNDONE);
    }

    private static void killAndRestart() {
        server.killHard();
        server.restart();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE item SET title = 'theirs' WHERE code = 'b' | item changed b",
                "UPDATE item SET title = title WHERE code = 'a' | item delete a",
                "INSERT INTO sale VALUES ('c') | item referenced c: public.sale (sale_item_fkey)",
                "INSERT INTO note VALUES ('c') | item referenced c: public.note (note_item_fkey)",
                "DELETE FROM item WHERE code = 'a' | item already a"
            })
    void whatSomebodyDoesBetweenLookingAndWritingIsFoundByLookingAgain(String event) {
        String[] parts = event.split(" \\| ");
        UndoOutcome outcome =
                fixture.undo(run, at("undo", () -> fixture.target().execute(parts[0])));
        assertThat(outcome.problems()).isEmpty();
        assertThat(fixture.said).anyMatch(line -> line.startsWith("Rolled back: "));
        assertThat(rows(outcome)).contains(parts[1]);
        assertThat(fixture.target().query("SELECT count(*) FROM sale"))
                .isEqualTo(List.of(List.of(parts[0].contains("sale") ? "1" : "0")));
    }

    @Test
    void aRowThatSomebodyHoldsLockedIsNotWaitedForForever() throws SQLException {
        fixture.lockTimeout(Duration.ofMillis(200), 2);
        try (Connection other = fixture.target().connection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM item WHERE code = 'b' FOR UPDATE");
            assertThat(codes(fixture.undo(run))).containsExactly("DBOPS-209");
            other.rollback();
        }
        assertThat(items()).isEqualTo(APPLIED);
        assertUndone(fixture.undo(run));
    }

    @Test
    void whatIsNotTheReviewedAnyMoreIsNotDone() {
        fixture.expecting(fixture.dryRun(run).digest().orElseThrow());
        UndoOutcome outcome =
                fixture.undo(run, at("undo", () -> fixture.target().execute("INSERT INTO sale VALUES ('c')")));
        assertThat(codes(outcome)).containsExactly("DBOPS-415");
        assertThat(items()).isEqualTo(APPLIED);
    }

    @Test
    void anApplyWaitsForTheUndoAndLosesNothing() {
        CompletableFuture<SyncOutcome> apply = new CompletableFuture<>();
        UndoOutcome outcome = fixture.undo(
                run,
                at(
                        "verify",
                        () -> CompletableFuture.supplyAsync(() -> fixture.sync.apply())
                                .thenAccept(apply::complete)));
        assertThat(outcome.problems()).isEmpty();
        assertThat(apply.join().problems()).isEmpty();
        assertThat(apply.join().totals().appliedInserts()).isEqualTo(2);
        assertThat(items()).isEqualTo(APPLIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY pg_temp.dbops_undo", "INSERT INTO pg_temp.dbops_done", "ALL IMMEDIATE", "deleted = "})
    void aCutConnectionRollsBackAndTheUndoIsDoneAgain(String message) {
        proxy.cutAt(Cut.BEFORE_FORWARDING, message);
        assertUndone(fixture.undo(run));
        assertThat(proxy.ordersWaiting()).isZero();
        assertThat(fixture.said).anyMatch(line -> line.startsWith("Rolled back: "));
    }

    @ParameterizedTest
    @CsvSource({"AFTER_FORWARDING", "AFTER_ANSWER"})
    void aConnectionCutAfterTheCommitIsFoundToHaveUndone(Cut cut) {
        UndoOutcome outcome = fixture.undo(run, at("commit", () -> proxy.cutAt(cut, "COMMIT")));
        assertUndone(outcome);
        assertThat(fixture.said).anyMatch(line -> line.startsWith("The commit did happen: run " + outcome.runId()));
    }

    @Test
    void aConnectionCutBeforeTheCommitLeavesNothingAndTheNextUndoSaysSo() {
        UndoOutcome outcome = fixture.undo(run, at("commit", () -> proxy.cutAt(Cut.BEFORE_FORWARDING, "COMMIT")));
        assertThat(codes(outcome)).containsExactly("DBOPS-427");
        assertThat(items()).isEqualTo(APPLIED);
        UndoOutcome next = fixture.undo(run);
        assertUndone(next);
        assertThat(next.facts())
                .anyMatch(fact -> fact.startsWith("An earlier undo did not end: run " + outcome.runId()));
    }

    @Test
    void aTargetThatCannotBeAskedLeavesTheOutcomeOpen() {
        UndoOutcome outcome = fixture.lockTimeout(Duration.ofSeconds(5), 2).undo(run, at("commit", () -> {
            proxy.cutAt(Cut.AFTER_ANSWER, "COMMIT");
            proxy.refuse(1000);
        }));
        assertThat(codes(outcome)).containsExactly("DBOPS-421");
        proxy.refuse(0);
        assertThat(codes(fixture.undo(run))).containsExactly("DBOPS-433");
    }

    @ParameterizedTest
    @ValueSource(strings = {"look", "verify"})
    void aKilledServerLosesTheTransactionAndTheUndoIsDoneAgain(String phase) {
        assertUndone(fixture.undo(run, at(phase, UndoCrashPgTest::killAndRestart)));
    }

    @Test
    void aKilledClientLeavesNothingAndTheNextUndoSaysSo() throws IOException {
        KilledUndo client = KilledUndo.at("verify", fixture, run);
        client.kill();
        assertThat(items()).isEqualTo(APPLIED);
        UndoOutcome next = fixture.undo(run);
        assertUndone(next);
        assertThat(next.facts()).anyMatch(fact -> fact.startsWith("An earlier undo did not end: run "));
    }

    @Test
    void aDryRunReadsInReadOnlyTransactions() {
        assertThat(fixture.dryRun(run).problems()).isEmpty();
        assertThat(proxy.messages()).anyMatch(message -> message.contains("REPEATABLE READ READ ONLY"));
        assertThat(proxy.messages()).noneMatch(message -> message.contains("READ WRITE"));
    }
}
