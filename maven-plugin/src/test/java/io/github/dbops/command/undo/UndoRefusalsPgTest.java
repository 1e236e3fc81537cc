package io.github.dbops.command.undo;

import static io.github.dbops.command.undo.UndoFixture.codes;
import static io.github.dbops.command.undo.UndoFixture.rows;
import static io.github.dbops.command.undo.UndoFixture.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Problem;
import io.github.dbops.report.UndoConsoleReport;
import io.github.dbops.report.UndoJsonReport;
import io.github.dbops.report.UndoMarkdownReport;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.RecordedRun;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoOutcome.Result;
import io.github.dbops.sync.UndoState;
import io.github.dbops.testing.TestServers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs that cannot be undone, and what must be said before one is. */
class UndoRefusalsPgTest {

    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
    private static final String PLAN = """
            {"protectedTables": ["pay*"], %s "tables": [
              {"name": "item", "key": ["code"], "mode": "upsert", "onConflict": "local_wins"%s}]}
            """;

    private final UndoFixture fixture =
            new UndoFixture(TestServers.newest(), "CREATE TABLE item (code text PRIMARY KEY, title text)");

    UndoRefusalsPgTest() {
        fixture.source().execute("INSERT INTO item VALUES ('a', 'A'), ('b', 'B')");
        fixture.target().execute("INSERT INTO item VALUES ('b', 'was B')");
        plan("", "");
    }

    private void plan(String more, String moreOfItem) {
        fixture.sync.plan(PLAN.formatted(more, moreOfItem));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Problem refused(String run, String code) {
        List<String> before = fixture.sync.snapshot();
        UndoOutcome dryRun = fixture.dryRun(run);
        assertThat(codes(dryRun)).containsExactly(code);
        assertThat(dryRun.result()).isEqualTo(Result.REFUSED);
        assertThat(codes(fixture.undo(run))).containsExactly(code);
        assertThat(fixture.sync.snapshot()).isEqualTo(before);
        return dryRun.problems().get(0);
    }

    @Test
    void withoutARunTheLastOnesAreListedAndNothingIsGuessed() {
        assertThat(fixture.list().result()).isEqualTo(Result.RUNS_LISTED);
        assertThat(fixture.list().runs()).isEmpty();
        String first = fixture.applied();
        fixture.source().execute("INSERT INTO item VALUES ('c', 'C')");
        String second = fixture.applied();
        assertThat(fixture.undo(second).problems()).isEmpty();

        UndoOutcome listed = fixture.list();
        assertThat(listed.runs()).extracting(RecordedRun::id).containsExactly(second, first);
        assertThat(listed.runs()).extracting(RecordedRun::isUndone).containsExactly(true, false);
        assertThat(new UndoConsoleReport(listed).lines())
                .contains("See what an undo of the last one would do: mvn dbops:undo -Drun=" + first);

        UndoOutcome guess = fixture.run(Execution.APPLY, Optional.empty(), Progress.SILENT);
        assertThat(codes(guess)).containsExactly("DBOPS-110");
        assertThat(guess.problems().get(0).state()).contains("Nothing was connected to");
    }

    @Test
    void aRunThatTheTargetDoesNotKnow() {
        assertThat(refused(NOBODY, "DBOPS-429").why()).contains("It has no record of applies");
        fixture.sync.withoutAudit().apply();
        assertThat(refused(NOBODY, "DBOPS-429").next().get(0)).contains("toEnv");
        fixture.source().execute("INSERT INTO item VALUES ('c', 'C')");
        fixture.sync.withAudit();
        fixture.applied();
        assertThat(refused(NOBODY, "DBOPS-429").next().get(0)).contains("mvn dbops:undo lists the last runs");
    }

    @Test
    void aRunThatWasNotAppliedOrIsAnUndoOrHasLeftNoRecord() {
        String run = fixture.applied();
        String nothing = fixture.sync.apply().runId();
        assertThat(refused(nothing, "DBOPS-430").why()).contains("\"not applied\"");

        String undo = fixture.undo(run).runId();
        assertThat(refused(undo, "DBOPS-431").what()).contains("is an undo itself");
        assertThat(refused(run, "DBOPS-433").why()).contains(undo);

        String again = fixture.applied();
        fixture.target().execute("DELETE FROM dbops.sync_undo WHERE run_id = '" + again + "'");
        assertThat(refused(again, "DBOPS-431").why()).contains("pruned");
        fixture.target().execute("DROP TABLE dbops.sync_undo");
        refused(again, "DBOPS-431");
    }

    @Test
    void aRecordFromBeforeThereWasAnUndoGetsWhatItLacksWithTheNextApply() {
        String old = fixture.applied();
        fixture.target().execute("""
                DROP TABLE dbops.sync_undo;
                ALTER TABLE dbops.sync_run DROP protected_patterns, DROP side_effects, DROP samples, DROP undoes,
                    DROP deleted, DROP remaining;
                """);
        assertThat(fixture.list().runs()).extracting(RecordedRun::id).containsExactly(old);
        refused(old, "DBOPS-431");
        fixture.source().execute("INSERT INTO item VALUES ('c', 'C')");
        String run = fixture.applied();
        assertThat(fixture.undo(run).totals().deleted()).isEqualTo(1);
        assertThat(fixture.list().runs()).extracting(RecordedRun::isUndone).containsExactly(true, false);
    }

    @Test
    void hashesThatTheServerNoLongerMakesAlikeSayNothing() {
        String run = fixture.applied();
        fixture.target().execute("UPDATE dbops.sync_undo SET canary = canary + 1");
        assertThat(refused(run, "DBOPS-432").why()).contains("upgrade of the server");
    }

    @Test
    void anUndoNeedsTheReviewOfItsOwnRunInItsOwnDatabase() {
        String run = fixture.applied();
        fixture.reviewed();
        assertThat(codes(fixture.undo(run))).containsExactly("DBOPS-113");
        assertThat(fixture.dryRun(run).problems()).isEmpty();
        assertThat(fixture.review().read()).isPresent();
        fixture.source().execute("INSERT INTO item VALUES ('c', 'C')");
        String other = fixture.applied();
        UndoOutcome wrong = fixture.undo(other);
        assertThat(codes(wrong)).containsExactly("DBOPS-113");
        assertThat(wrong.problems().get(0).why()).contains("was of run " + run);
        assertThat(fixture.undo(run).result()).isEqualTo(Result.UNDONE);
        assertThat(codes(fixture.undo(other))).containsExactly("DBOPS-113");
    }

    @Test
    void whatSomebodyChangedSinceTheReviewIsDriftAndNamed() {
        String run = fixture.applied();
        fixture.reviewed().dryRun(run);
        fixture.target().execute("UPDATE item SET title = 'theirs' WHERE code = 'b'");
        List<String> before = fixture.sync.snapshot();
        UndoOutcome outcome = fixture.undo(run);
        assertThat(codes(outcome)).containsExactly("DBOPS-415");
        assertThat(outcome.problems().get(0).why())
                .contains("Drifted since: public.item", "public.item (0 to restore, 1 to delete)");
        assertThat(fixture.sync.snapshot()).isEqualTo(before);
    }

    @Test
    void restoringRowsOfAProtectedTableNeedsTheTwoWordsAgainAndDeletingItsInsertsDoesNot() {
        for (var database : List.of(fixture.source(), fixture.target())) {
            database.execute("CREATE TABLE payment (code text PRIMARY KEY, note text)");
        }
        fixture.source().execute("INSERT INTO payment VALUES ('p', 'new'), ('q', 'changed')");
        fixture.sync.plan("""
                {"protectedTables": ["pay*"],
                 "tables": [{"name": "payment", "key": ["code"], "mode": "append"}]}""");
        String appended = fixture.applied();
        UndoOutcome flagged = fixture.dryRun(appended);
        assertThat(flagged.problems()).isEmpty();
        assertThat(String.join("\n", new UndoConsoleReport(flagged).lines()))
                .contains("public.payment (pay*): 2 rows that the run inserted would be deleted.");
        assertThat(fixture.undo(appended).totals().deleted()).isEqualTo(2);

        fixture.target().execute("INSERT INTO payment VALUES ('q', 'paid')");
        fixture.sync.words().plan("""
                {"protectedTables": ["pay*"],
                 "tables": [{"name": "payment", "key": ["code"], "mode": "upsert", "onConflict": "local_wins"}]}""");
        String overwritten = fixture.applied();
        assertThat(refused(overwritten, "DBOPS-412").next().get(0)).contains("-DallowProtectedOverwrite");
        UndoOutcome undone = fixture.words().undo(overwritten);
        assertThat(undone.problems()).isEmpty();
        assertThat(String.join("\n", new UndoConsoleReport(undone).lines()))
                .contains("public.payment (pay*): 1 row was OVERWRITTEN with former values");
        assertThat(fixture.target().query("SELECT * FROM payment")).isEqualTo(List.of(List.of("q", "paid")));
    }

    @Test
    void tablesWithSensitiveColumnsAreRecordedOnlyWhereThePlanSaysSoAndNeverShown() {
        plan("\"report\": {\"samples\": \"values\"},", ", \"sensitive\": [\"title\"]");
        String note = "Its rows are not recorded, so that an undo leaves them";
        assertThat(fixture.sync.dryRun().tables().get(0).notes())
                .anyMatch(n -> n.startsWith(note) && n.contains("\"undo\": true"));
        String run = fixture.applied();
        assertThat(fixture.target().query("SELECT keys::text, hashes::text, former::text FROM dbops.sync_undo"))
                .containsOnly(Arrays.asList(null, null, null));
        UndoOutcome unrecorded = fixture.undo(run);
        assertThat(unrecorded.problems()).isEmpty();
        assertThat(unrecorded.result()).isEqualTo(Result.NOTHING_TO_DO);
        assertThat(states(unrecorded)).isEqualTo(Map.of(UndoState.UNRECORDED, 2L));

        plan("\"report\": {\"samples\": \"values\"},", ", \"sensitive\": [\"code\", \"title\"], \"undo\": true");
        fixture.source().execute("UPDATE item SET title = 'secret' WHERE code = 'b'");
        assertThat(fixture.sync.dryRun().tables().get(0).notes()).noneMatch(n -> n.startsWith(note));
        String recorded = fixture.applied();
        UndoOutcome masked = fixture.dryRun(recorded);
        assertThat(rows(masked)).containsExactly("item restore ****");
        assertThat(masked.tables().get(0).rows().get(0).cells())
                .singleElement()
                .satisfies(cell -> assertThat(List.of(cell.column(), cell.before(), cell.after()))
                        .isEqualTo(List.of("title", "****", "****")));
        assertThat(new UndoJsonReport(masked).text() + new UndoMarkdownReport(masked).text())
                .doesNotContain("secret");
        assertThat(fixture.undo(recorded).totals().restored()).isEqualTo(1);
        assertThat(fixture.target().query("SELECT title FROM item WHERE code = 'b'"))
                .isEqualTo(List.of(List.of("B")));
    }

    @Test
    void reportsShowOfRowsWhatTheRunsPlanLetThemShow() {
        plan("\"report\": {\"samples\": \"none\"},", "");
        UndoOutcome none = fixture.dryRun(fixture.applied());
        assertThat(new UndoJsonReport(none).text()).doesNotContain("\"state\"");
        assertThat(String.join("\n", new UndoConsoleReport(none).lines())).doesNotContain("code=");
        plan("\"report\": {\"samples\": \"values\"},", "");
        fixture.source().execute("UPDATE item SET title = 'B3' WHERE code = 'b'");
        UndoOutcome values = fixture.dryRun(fixture.applied());
        assertThat(String.join("\n", new UndoConsoleReport(values).lines())).contains("code=b: title B3 -> B");
        assertThat(new UndoMarkdownReport(values).text()).contains("title B3 -");
        plan("", "");
        fixture.source().execute("UPDATE item SET title = 'B4' WHERE code = 'b'");
        UndoOutcome keys = fixture.dryRun(fixture.applied());
        assertThat(new UndoJsonReport(keys).text()).contains("\"code\": \"b\"").doesNotContain("B4");
        assertThat(new UndoMarkdownReport(keys).text()).doesNotContain("code=b");
    }
}
