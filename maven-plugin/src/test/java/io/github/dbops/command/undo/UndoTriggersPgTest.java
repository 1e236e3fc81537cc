package io.github.dbops.command.undo;

import static io.github.dbops.command.undo.UndoFixture.codes;
import static io.github.dbops.command.undo.UndoFixture.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Problem;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoState;
import io.github.dbops.testing.TestServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Triggers and cascades write too; an undo that touches more than its own rows is rolled back. */
class UndoTriggersPgTest {

    private static final String PLAN = """
            {%s "protectedTables": ["Payment*"], "tables": [
              {"name": "item", "key": ["code"], "mode": "upsert", "onConflict": "local_wins", "ignore": ["changed_at"]}]}
            """;
    private static final String ITEMS = "SELECT code, title FROM item ORDER BY code";

    private final UndoFixture fixture = new UndoFixture(
            TestServers.newest(),
            "CREATE TABLE item (code text PRIMARY KEY, title text, changed_at text)",
            "CREATE TABLE journal (code text, what text); CREATE TABLE \"Payment\" (code text PRIMARY KEY, note text)",
            "INSERT INTO \"Payment\" VALUES ('b', 'paid')");

    UndoTriggersPgTest() {
        fixture.source().execute("INSERT INTO item VALUES ('a', 'A'), ('b', 'B')");
        fixture.target().execute("INSERT INTO item VALUES ('b', 'was B'), ('z', 'Z')");
        plan("");
    }

    private void plan(String more) {
        fixture.sync.plan(PLAN.formatted(more));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** A row trigger of the target's item that runs these statements. */
    private void trigger(String when, String body) {
        fixture.target()
                .execute("CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body + " END $$;"
                        + " CREATE TRIGGER act " + when + " ON item FOR EACH ROW EXECUTE FUNCTION act();");
    }

    private Problem refused(String run, String code) {
        List<String> before = fixture.sync.snapshot();
        UndoOutcome outcome = fixture.undo(run);
        assertThat(codes(outcome)).containsExactly(code);
        assertThat(outcome.problems().get(0).state()).contains("nothing was undone");
        assertThat(fixture.sync.snapshot()).isEqualTo(before);
        assertThat(fixture.target().query("SELECT state FROM dbops.sync_run WHERE undoes IS NOT NULL"))
                .containsOnly(List.of("not applied"));
        return outcome.problems().get(0);
    }

    @Test
    void anIgnoredColumnThatATriggerSetsIsRecordedButNotRestored() {
        trigger("BEFORE INSERT OR UPDATE", "NEW.changed_at := clock_timestamp()::text; RETURN NEW;");
        List<List<String>> before = fixture.target().query(ITEMS);
        String run = fixture.applied();
        String changedAt = "SELECT changed_at FROM item WHERE code = 'b'";
        List<List<String>> set = fixture.target().query(changedAt);
        UndoOutcome undone = fixture.undo(run);
        assertThat(undone.problems()).isEmpty();
        assertThat(fixture.target().query(ITEMS)).isEqualTo(before);
        assertThat(fixture.target().query(changedAt)).isNotEqualTo(set);
    }

    @Test
    void aColumnThatATriggerAloneHasChangedSinceCountsAsAChange() {
        String run = fixture.applied();
        fixture.target().execute("UPDATE item SET changed_at = 'later'");
        assertThat(states(fixture.dryRun(run))).isEqualTo(Map.of(UndoState.CHANGED, 2L));
    }

    @Test
    void aTriggerThatKeepsAFormerValueFromComingBackIsNamedByItsColumn() {
        String run = fixture.applied();
        trigger("BEFORE UPDATE", "NEW.title := NEW.title || '!'; RETURN NEW;");
        assertThat(refused(run, "DBOPS-418").why()).contains("title").doesNotContain("changed_at");
    }

    @Test
    void aTriggerThatSwallowsADeleteIsRefused() {
        String run = fixture.applied();
        trigger("BEFORE DELETE", "RETURN NULL;");
        List<String> before = fixture.sync.snapshot();
        assertThat(codes(fixture.undo(run))).containsExactly("DBOPS-418", "DBOPS-418");
        assertThat(fixture.sync.snapshot()).isEqualTo(before);
    }

    @Test
    void aJournalThatTheRunsPlanAllowedIsAllowedToTheUndo() {
        trigger(
                "AFTER INSERT OR UPDATE OR DELETE",
                "INSERT INTO journal VALUES (coalesce(NEW.code, OLD.code), TG_OP); RETURN NULL;");
        plan("\"allowSideEffects\": [\"journal\"],");
        String run = fixture.applied();
        assertThat(fixture.undo(run).problems()).isEmpty();
        assertThat(fixture.target().query("SELECT what FROM journal ORDER BY what"))
                .isEqualTo(List.of(List.of("DELETE"), List.of("INSERT"), List.of("UPDATE"), List.of("UPDATE")));
    }

    @Test
    void aJournalOfDeletesIsRefusedUntilTheOperatorAllowsIt() {
        trigger("AFTER DELETE", "INSERT INTO journal VALUES (OLD.code, TG_OP); RETURN NULL;");
        String run = fixture.applied();
        Problem problem = refused(run, "DBOPS-420");
        assertThat(problem.what())
                .isEqualTo("The undo has touched public.journal, which is not to be changed by this undo.");
        assertThat(problem.next())
                .containsExactly(
                        "If triggers are meant to write it, add: " + "-Ddbops.allowSideEffects=public.journal");
        assertThat(fixture.allowing("public.journal").undo(run).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE \"Payment\" SET note = 'void'", "DELETE FROM \"Payment\"", "TRUNCATE \"Payment\""})
    void nothingAllowsATriggerToOverwriteAProtectedTable(String statement) {
        trigger("AFTER DELETE", statement + "; RETURN NULL;");
        String run = fixture.applied();
        fixture.words().allowing("Payment");
        assertThat(refused(run, "DBOPS-419").what())
                .isEqualTo("The undo has touched public.Payment, which is protected by \"Payment*\".");
    }

    @Test
    void aTriggerThatChangesAnotherRowOfTheTableIsRefused() {
        String run = fixture.applied();
        trigger("AFTER DELETE", "UPDATE item SET title = 'spoiled' WHERE code = 'z'; RETURN NULL;");
        assertThat(refused(run, "DBOPS-418").what()).isEqualTo("More or less than the undo happened in public.item.");
    }

    @Test
    void aDeferredTriggerFiresBeforeTheVerificationAndIsSeen() {
        String run = fixture.applied();
        fixture.target().execute("""
                CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN INSERT INTO journal VALUES ('late', TG_OP); RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER late AFTER DELETE ON item DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION late();
                """);
        refused(run, "DBOPS-420");
    }

    @Test
    void cascadesThatMeetNoRowAreNoTouching() {
        fixture.target().execute("""
                CREATE TABLE "OrderLine" (code text REFERENCES item ON DELETE CASCADE);
                CREATE TABLE note (code text DEFAULT 'z' REFERENCES item ON DELETE SET DEFAULT);
                INSERT INTO "OrderLine" VALUES ('z'); INSERT INTO note VALUES ('b');
                """);
        String run = fixture.applied();
        assertThat(fixture.undo(run).problems()).isEmpty();
        assertThat(fixture.target().query(ITEMS)).isEqualTo(List.of(List.of("b", "was B"), List.of("z", "Z")));
    }
}
