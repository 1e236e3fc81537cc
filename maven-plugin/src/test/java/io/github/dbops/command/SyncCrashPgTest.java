package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.codes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.run.Execution;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.SyncOutcome.Result;
import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.ChaosProxy.Cut;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** All or nothing, and dbops can tell which; spec section 1, rule 6. */
@Timeout(180)
class SyncCrashPgTest {

    private static final String ABANDONED = "An earlier apply did not end: run ";
    private static TestServer server;
    private SyncFixture fixture;
    private ChaosProxy proxy;

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
        fixture = Shelf.between(TestServers.newest(), server);
        proxy = new ChaosProxy(fixture.target::url);
        fixture.to(proxy.url());
    }

    @AfterEach
    void close() {
        proxy.close();
        fixture.close();
    }

    private SyncOutcome apply(String phase, Runnable event) {
        return fixture.run(Execution.APPLY, at(phase, event), line -> {});
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

    private void assertNothing(SyncOutcome outcome, String code, String state) {
        assertThat(codes(outcome)).containsExactly(code);
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.problems().get(0).state()).contains(state);
        assertThat(Shelf.rows(fixture)).isEqualTo(Shelf.BEFORE);
    }

    private void assertEverything(SyncOutcome outcome) {
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.result()).isEqualTo(Result.APPLIED);
        assertThat(outcome.totals().appliedInserts()).isEqualTo(2);
        assertThat(outcome.totals().appliedUpdates()).isEqualTo(1);
        assertThat(Shelf.rows(fixture)).isEqualTo(Shelf.AFTER);
    }

    private static void killAndRestart() {
        server.killHard();
        server.restart();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY pg_temp.dbops_stage",
                "Blue",
                "UPDATE ONLY",
                "OVERRIDING SYSTEM VALUE",
                "SET CONSTRAINTS ALL IMMEDIATE",
                "SET state = 'applied'"
            })
    void cutConnectionRollsBackAndTheApplyIsDoneAgainFromItsComparison(String message) {
        List<List<List<String>>> rowsAtRetry = new ArrayList<>();
        proxy.cutAt(Cut.BEFORE_FORWARDING, message);
        SyncOutcome outcome = fixture.run(Execution.APPLY, phase -> {}, line -> {
            if (line.startsWith("Rolled back: ")) {
                rowsAtRetry.add(Shelf.rows(fixture));
            }
        });
        assertEverything(outcome);
        assertThat(proxy.ordersWaiting()).isZero();
        assertThat(rowsAtRetry).containsExactly(Shelf.BEFORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Blue", "UPDATE ONLY", "OVERRIDING SYSTEM VALUE", "SET state = 'applied'"})
    void nextRunSaysThatTheCutOneDidNotEnd(String message) {
        fixture.lockTimeout(Duration.ofSeconds(5), 1);
        proxy.cutAt(Cut.BEFORE_FORWARDING, message);
        SyncOutcome cut = fixture.apply();
        assertNothing(cut, "DBOPS-207", "nothing of this run is in the target");

        SyncOutcome next = fixture.apply();
        assertEverything(next);
        assertThat(next.facts()).anyMatch(fact -> fact.startsWith(ABANDONED + cut.runId()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectionCutBeforeCommitLeavesNothingAndSaysSo(boolean audit) {
        audited(audit);
        SyncOutcome cut = apply("commit", () -> proxy.cutAt(Cut.BEFORE_FORWARDING, "COMMIT"));
        assertNothing(cut, "DBOPS-427", "The server has rolled the transaction back");

        SyncOutcome next = fixture.apply();
        assertEverything(next);
        assertThat(next.facts().stream().filter(fact -> fact.startsWith(ABANDONED + cut.runId())))
                .hasSize(audit ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"AFTER_FORWARDING,true", "AFTER_FORWARDING,false", "AFTER_ANSWER,true", "AFTER_ANSWER,false"})
    void connectionCutAfterCommitIsFoundToHaveApplied(Cut cut, boolean audit) {
        audited(audit);
        SyncOutcome outcome = apply("commit", () -> proxy.cutAt(cut, "COMMIT"));
        assertEverything(outcome);
        assertThat(fixture.said("The commit did happen: run " + outcome.runId()))
                .hasSize(1);

        SyncOutcome next = fixture.apply();
        assertThat(next.result()).isEqualTo(Result.NOTHING_TO_DO);
        assertThat(next.facts().stream()
                        .filter(fact -> fact.startsWith("The last apply was committed: run " + outcome.runId())))
                .hasSize(audit ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void targetThatCannotBeAskedLeavesTheOutcomeOpenAndSaysWhatToAsk(boolean audit) {
        audited(audit).lockTimeout(Duration.ofSeconds(5), 2);
        SyncOutcome outcome = apply("commit", () -> {
            proxy.cutAt(Cut.AFTER_ANSWER, "COMMIT");
            proxy.refuse(1000);
        });
        assertThat(codes(outcome)).containsExactly("DBOPS-421");
        assertThat(outcome.problems().get(0).state())
                .isEqualTo("Either everything of this run is in the target, or nothing.");
        List<String> questions = outcome.problems().get(0).next().stream()
                .filter(line -> line.startsWith("  SELECT"))
                .toList();
        assertThat(questions).hasSize(audit ? 2 : 1);
        assertThat(fixture.target.query(questions.get(0))).isEqualTo(List.of(List.of("committed")));
        if (audit) {
            assertThat(fixture.target.query(questions.get(1))).isEqualTo(List.of(List.of("applied")));
        }
        proxy.refuse(0);
        assertThat(fixture.dryRun().result()).isEqualTo(Result.NOTHING_TO_DO);
    }

    @Test
    void commitThatTheServerHasNotFinishedIsNotCalledRolledBack() {
        try (TestServer waiting = TestServers.startOwn(
                        TestServers.newest().majorVersion(),
                        Map.of("synchronous_standby_names", "nobody", "synchronous_commit", "local", "fsync", "off"));
                SyncFixture slow = Shelf.between(TestServers.newest(), waiting);
                ChaosProxy cut = new ChaosProxy(slow.target::url)) {
            // Only the applying transaction waits for a standby that there is not.
            slow.target.execute("""
                    CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN PERFORM set_config('synchronous_commit', 'on', true); RETURN NULL; END $$;
                    CREATE TRIGGER wait AFTER INSERT ON color FOR EACH STATEMENT EXECUTE FUNCTION wait();
                    """);
            slow.to(cut.url()).within(Duration.ofSeconds(1));
            SyncOutcome outcome = slow.run(
                    Execution.APPLY, at("commit", () -> cut.cutAt(Cut.AFTER_FORWARDING, "COMMIT")), line -> {});
            assertThat(codes(outcome)).containsExactly("DBOPS-421");

            waiting.restart();
            assertThat(Shelf.rows(slow)).isEqualTo(Shelf.AFTER);
            SyncOutcome next = slow.apply();
            assertThat(next.result()).isEqualTo(Result.NOTHING_TO_DO);
            assertThat(next.facts())
                    .anyMatch(fact -> fact.startsWith("The last apply was committed: run " + outcome.runId()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compare", "apply", "verify"})
    void killedServerLosesTheTransactionAndTheApplyIsDoneAgain(String phase) {
        assertEverything(apply(phase, SyncCrashPgTest::killAndRestart));
        assertThat(fixture.said("Rolled back: ")).hasSize(1);
    }

    @Test
    void serverThatStaysDeadFailsTheApplyAndTheNextRunSaysSo() {
        fixture.lockTimeout(Duration.ofSeconds(5), 2);
        SyncOutcome killed = apply("verify", server::killHard);
        server.restart();
        assertNothing(killed, "DBOPS-201", "nothing of this run is in the target");

        SyncOutcome next = fixture.apply();
        assertEverything(next);
        assertThat(next.facts()).anyMatch(fact -> fact.startsWith(ABANDONED + killed.runId()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void serverKilledBeforeCommitHasLostTheTransaction(boolean audit) {
        audited(audit);
        assertNothing(apply("commit", SyncCrashPgTest::killAndRestart), "DBOPS-427", "rolled the transaction back");
        assertEverything(fixture.apply());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void transactionIdGivenOutAgainAfterACrashDoesNotPassForTheCommit(boolean audit) {
        audited(audit);
        SyncOutcome outcome = apply("commit", () -> {
            killAndRestart();
            for (int i = 0; i < 20; i++) {
                fixture.target.execute("INSERT INTO tag (slug) VALUES (NULL)");
            }
        });
        // Without a record it depends on whether the id had reached the disk; applied it never is.
        assertThat(codes(outcome)).hasSize(1).isSubsetOf("DBOPS-427", audit ? "DBOPS-427" : "DBOPS-421");
        assertThat(fixture.target.query("SELECT title FROM color")).isEqualTo(List.of(List.of("RED")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void serverKilledAfterCommitHasKeptTheTransaction(boolean audit) {
        audited(audit);
        SyncOutcome outcome =
                fixture.run(Execution.APPLY, at("commit", () -> proxy.cutAt(Cut.AFTER_ANSWER, "COMMIT")), line -> {
                    if (line.startsWith("The connection was lost at the commit")) {
                        killAndRestart();
                    }
                });
        assertThat(Shelf.rows(fixture)).isEqualTo(Shelf.AFTER);
        // Without a record a commit under an id that may have been given out again is not believed.
        assertThat(codes(outcome)).isEqualTo(audit ? List.of() : List.of("DBOPS-421"));
        assertThat(fixture.dryRun().result()).isEqualTo(Result.NOTHING_TO_DO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"apply", "verify", "commit"})
    void killedClientLeavesNothingAndTheNextRunSaysSo(String phase) throws IOException {
        KilledApply client = KilledApply.at(phase, fixture);
        client.kill();
        assertThat(Shelf.rows(fixture)).isEqualTo(Shelf.BEFORE);
        SyncOutcome next = fixture.apply();
        assertEverything(next);
        assertThat(next.facts()).filteredOn(fact -> fact.startsWith(ABANDONED)).hasSize(1);
    }

    @Test
    void clientKilledWhileItsCommitIsUnderWayLeavesEverythingAndTheNextRunSaysSo() throws IOException {
        KilledApply client = KilledApply.at("commit", fixture);
        proxy.actBefore("COMMIT", client::kill);
        client.goOn();
        SyncOutcome next = fixture.apply();
        assertThat(Shelf.rows(fixture)).isEqualTo(Shelf.AFTER);
        assertThat(next.result()).isEqualTo(Result.NOTHING_TO_DO);
        assertThat(next.facts())
                .noneMatch(fact -> fact.startsWith(ABANDONED))
                .anyMatch(fact -> fact.startsWith("The last apply was committed: run "));
    }

    @Test
    void refusedConnectionsAreTriedAgainWithALineEach() {
        proxy.refuse(2);
        assertThat(fixture.dryRun().result()).isEqualTo(Result.CHANGES_FOUND);
        assertThat(fixture.said("Cannot connect to ")).hasSize(2);
    }

    @Test
    void unreachableServerIsTriedAsOftenAsThePolicySaysAndNoMore() {
        fixture.lockTimeout(Duration.ofSeconds(5), 3);
        proxy.refuse(1000);
        assertThat(codes(fixture.dryRun())).containsExactly("DBOPS-201");
        assertThat(proxy.attempts()).isEqualTo(3);
        assertThat(fixture.said("Cannot connect to ")).hasSize(2);
        assertThat(fixture.said("Rolled back")).isEmpty();
    }

    @Test
    void refusedLoginIsNeverTriedAgain() {
        fixture.target.execute("CREATE ROLE nobody NOLOGIN");
        fixture.to(server.url(fixture.target.name(), "nobody", null));
        assertThat(codes(fixture.dryRun())).containsExactly("DBOPS-202");
        assertThat(fixture.said("Cannot connect to ")).isEmpty();
        fixture.target.execute("DROP ROLE nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY (SELECT count(*)", "ORDER BY 1"})
    void dryRunSurvivesACutConnection(String message) {
        proxy.cutAt(Cut.BEFORE_FORWARDING, message);
        SyncOutcome outcome = fixture.dryRun();
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.result()).isEqualTo(Result.CHANGES_FOUND);
        assertThat(proxy.ordersWaiting()).isZero();
    }

    private SyncFixture audited(boolean audit) {
        return audit ? fixture : fixture.withoutAudit();
    }
}
