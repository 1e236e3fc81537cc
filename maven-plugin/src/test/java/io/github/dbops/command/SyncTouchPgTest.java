package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Problem;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestServers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What triggers and cascades do beside the plan; every refusal rolls back all of it. */
class SyncTouchPgTest {

    private static final String PLAN = """
            {"protectedTables": ["Payment*"], "tables": [
              {"name": "item", "key": ["code"], "mode": "upsert", "onConflict": "local_wins"}]}""";

    private static SyncFixture fixture(String... more) {
        SyncFixture fixture = new SyncFixture(
                TestServers.oldest(),
                TestServers.newest(),
                "CREATE TABLE item (code text PRIMARY KEY, title text, changed_at text)",
                "CREATE TABLE \"Payment\" (code text PRIMARY KEY, note text)",
                "CREATE TABLE journal (code text, title text)",
                "INSERT INTO \"Payment\" VALUES ('b', 'paid'), ('z', 'paid'); INSERT INTO journal VALUES ('old', 'entry')");
        fixture.source.execute("INSERT INTO item VALUES ('a', 'A'), ('b', 'B'), ('c', 'C')");
        fixture.target.execute("INSERT INTO item VALUES ('b', 'was B'), ('z', 'Z')");
        for (String sql : more) {
            fixture.target.execute(sql);
        }
        return fixture.plan(PLAN);
    }

    /** A row trigger of the target's item that runs these statements. */
    private static String trigger(String when, String body) {
        return "CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body + " END $$;"
                + " CREATE TRIGGER act " + when + " ON item FOR EACH ROW EXECUTE FUNCTION act();";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "UPDATE \"Payment\" SET note = 'void' WHERE code = NEW.code | 0 inserted, 1 updated, 0 deleted",
                "DELETE FROM \"Payment\" WHERE code = NEW.code              | 0 inserted, 0 updated, 1 deleted",
                "TRUNCATE \"Payment\"                                       | TRUNCATE",
            })
    void aTriggerThatChangesAProtectedTableIsRefused(String statement, String why) {
        try (SyncFixture fixture = fixture(trigger("AFTER INSERT OR UPDATE", statement.strip() + "; RETURN NULL;"))) {
            Problem problem = Refusals.ofApplyOnly(fixture, "DBOPS-419");
            assertThat(problem.what())
                    .isEqualTo("The changes have touched public.Payment, which is protected by \"Payment*\".");
            assertThat(problem.why()).contains(why);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE \"Payment\" SET note = 'void'", "DELETE FROM \"Payment\"", "TRUNCATE \"Payment\""})
    void allowedSideEffectsDoNotOpenAProtectedTableForOverwriting(String statement) {
        try (SyncFixture fixture = fixture(trigger("AFTER INSERT", statement + "; RETURN NULL;"))) {
            fixture.plan(PLAN.replace("{\"prot", "{\"allowSideEffects\": [\"Payment\"], \"prot"));
            Refusals.ofApplyOnly(fixture, "DBOPS-419");
        }
    }

    @Test
    void theTwoWordsDoNotAllowATriggerToEmptyAProtectedTable() {
        try (SyncFixture fixture = fixture(trigger("AFTER INSERT", "TRUNCATE \"Payment\"; RETURN NULL;"))
                .words()) {
            Refusals.ofApplyOnly(fixture, "DBOPS-419");
        }
    }

    @Test
    void aTriggerThatEmptiesAnotherPlannedTableIsRefused() {
        try (SyncFixture fixture = fixture(trigger("AFTER INSERT", "TRUNCATE \"Payment\"; RETURN NULL;"))) {
            fixture.plan("""
                    {"tables": [
                      {"name": "Payment", "key": ["code"], "mode": "append"},
                      {"name": "item", "key": ["code"], "mode": "append"}]}""");
            Problem problem = Refusals.ofApplyOnly(fixture, "DBOPS-418");
            assertThat(problem.what()).contains("public.Payment");
        }
    }

    @Test
    void aTriggerThatWritesATableOutsideThePlanIsRefusedAndPassesWhereThatIsAllowed() {
        try (SyncFixture fixture = fixture(
                trigger("AFTER INSERT OR UPDATE", "INSERT INTO journal VALUES (NEW.code, NEW.title); RETURN NULL;"))) {
            Problem problem = Refusals.ofApplyOnly(fixture, "DBOPS-420");
            assertThat(problem.what()).isEqualTo("The changes have touched public.journal, which is not in the plan.");
            assertThat(problem.why()).contains("3 inserted, 0 updated, 0 deleted");
            assertThat(problem.next().toString()).contains("\"allowSideEffects\"");
            fixture.plan(PLAN.replace("{\"prot", "{\"allowSideEffects\": [\"journal\"], \"prot"));
            assertThat(fixture.apply().problems()).isEmpty();
            assertThat(fixture.target.query("SELECT count(*) FROM journal")).isEqualTo(List.of(List.of("4")));
        }
    }

    @Test
    void aTriggerThatEmptiesATableOutsideThePlanIsRefusedAlthoughNoCounterShowsIt() {
        try (SyncFixture fixture = fixture(trigger("AFTER INSERT", "TRUNCATE journal; RETURN NULL;"))) {
            assertThat(Refusals.ofApplyOnly(fixture, "DBOPS-420").why()).contains("TRUNCATE");
        }
    }

    @Test
    void aCascadeFromAComparedColumnIntoAProtectedTableIsRefused() {
        try (SyncFixture fixture = fixture("""
                ALTER TABLE item ADD UNIQUE (title);
                CREATE TABLE "PaymentLine" (title text REFERENCES item (title) ON UPDATE CASCADE);
                INSERT INTO "PaymentLine" VALUES ('was B');
                """)) {
            Problem problem = Refusals.ofApplyOnly(fixture, "DBOPS-419");
            assertThat(problem.what()).contains("public.PaymentLine");
        }
    }

    @Test
    void aDeferredTriggerFiresBeforeTheVerificationAndIsSeen() {
        try (SyncFixture fixture = fixture("""
                CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN UPDATE "Payment" SET note = 'late'; RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER act AFTER INSERT ON item DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION act();
                """)) {
            Refusals.ofApplyOnly(fixture, "DBOPS-419");
        }
    }

    // Where rows are recorded for an undo, what they hold is looked at on the way.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBeforeTriggerThatChangesAValueIsNamedByItsColumnAndPassesWhereThatIsIgnored(boolean recorded) {
        try (SyncFixture fixture =
                fixture(trigger("BEFORE INSERT OR UPDATE", "NEW.changed_at := 'now'; RETURN NEW;"))) {
            if (!recorded) {
                fixture.withoutAudit();
            }
            Problem problem = Refusals.ofApplyOnly(fixture, "DBOPS-418", "DBOPS-418");
            assertThat(problem.what()).contains("updated row(s) of public.item do not hold the source's values");
            assertThat(problem.why()).contains("changed_at").doesNotContain("title");
            assertThat(problem.next().get(0)).contains("\"ignore\"");
            fixture.plan(PLAN.replace("[\"code\"]", "[\"code\"], \"ignore\": [\"changed_at\"]"));
            assertThat(fixture.apply().problems()).isEmpty();
            assertThat(fixture.target.query("SELECT title, changed_at FROM item WHERE code = 'b'"))
                    .isEqualTo(List.of(List.of("B", "now")));
        }
    }

    @Test
    void aBeforeTriggerThatSwallowsARowIsRefused() {
        try (SyncFixture fixture =
                fixture(trigger("BEFORE INSERT", "IF NEW.code = 'c' THEN RETURN NULL; END IF; RETURN NEW;"))) {
            Problem problem = Refusals.ofApplyOnly(fixture, "DBOPS-418", "DBOPS-418");
            assertThat(problem.at("").toString()).contains("public.item");
        }
    }

    @Test
    void aTriggerThatWritesAnotherPlannedTableIsRefused() {
        try (SyncFixture fixture = fixture(
                "CREATE TABLE tag (code text PRIMARY KEY)",
                trigger("AFTER INSERT", "INSERT INTO tag VALUES (NEW.code); RETURN NULL;"))) {
            fixture.source.execute("CREATE TABLE tag (code text PRIMARY KEY)");
            fixture.plan(PLAN.replace(
                    "\"tables\": [", "\"tables\": [{\"name\": \"tag\", \"key\": [\"code\"], \"mode\": \"append\"},"));
            Problem problem = Refusals.ofApplyOnly(fixture, "DBOPS-418");
            assertThat(problem.what()).isEqualTo("More or less than the plan happened in public.tag.");
            assertThat(problem.why()).contains("Planned: 0 inserted", "counted: 2 inserted");
        }
    }

    @Test
    void aTriggerThatUpdatesItsOwnTableBeyondThePlanIsRefused() {
        try (SyncFixture fixture =
                fixture(trigger("AFTER INSERT", "UPDATE item SET title = 'spoiled' WHERE code = 'z'; RETURN NULL;"))) {
            Refusals.ofApplyOnly(fixture, "DBOPS-418");
        }
    }

    @Test
    void aReviewedApplyIsVerifiedToo() {
        try (SyncFixture fixture = fixture(trigger("AFTER INSERT", "DELETE FROM \"Payment\"; RETURN NULL;"))) {
            assertThat(fixture.dryRun().problems()).isEmpty();
            List<String> before = fixture.snapshot();
            SyncOutcome applied = fixture.apply();
            assertThat(SyncFixture.codes(applied)).containsExactly("DBOPS-419");
            assertThat(fixture.snapshot()).isEqualTo(before);
            assertThat(fixture.target.query("SELECT state FROM dbops.sync_run"))
                    .isEqualTo(List.of(List.of("not applied")));
        }
    }

    @Test
    void triggersThatMayFireAreListedInTheDryRun() {
        try (SyncFixture fixture = fixture(trigger("BEFORE INSERT OR UPDATE", "RETURN NEW;"))) {
            assertThat(fixture.dryRun().tables().get(0).notes())
                    .singleElement()
                    .asString()
                    .contains("\"act\" (act)", "\"ignore\"");
        }
    }

    @Test
    void replicasTriggersAndDisabledOnesStayAsTheyAre() {
        try (SyncFixture fixture = fixture(
                trigger("AFTER INSERT", "DELETE FROM \"Payment\"; RETURN NULL;"),
                "ALTER TABLE item DISABLE TRIGGER act")) {
            assertThat(fixture.words(false, Optional.empty())
                            .withoutReview()
                            .apply()
                            .problems())
                    .isEmpty();
            assertThat(fixture.target.query("SELECT tgenabled FROM pg_trigger WHERE tgname = 'act'"))
                    .isEqualTo(List.of(List.of("D")));
        }
    }
}
