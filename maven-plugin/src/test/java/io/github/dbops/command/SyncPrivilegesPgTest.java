package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServers;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a role may not do is said in a dry-run and refused in an apply; SELECT is enough to look. */
class SyncPrivilegesPgTest {

    private static final String PLAN = """
            {"tables": [{"name": "item", "key": ["code"], "mode": "upsert", "onConflict": "local_wins"}]}""";

    private final SyncFixture fixture = new SyncFixture(
            TestServers.newest(),
            TestServers.oldest(),
            "CREATE TABLE item (code text PRIMARY KEY, title text); REVOKE CREATE ON SCHEMA public FROM public");
    private final String role = "\"Mate of " + fixture.target.name() + "\"";

    @BeforeEach
    void connectAsARoleThatMayNothing() {
        fixture.source.execute("INSERT INTO item VALUES ('a', 'A'), ('b', 'B')");
        fixture.target.execute("INSERT INTO item VALUES ('b', 'was B')");
        fixture.target.execute("CREATE ROLE " + role + " LOGIN");
        fixture.plan(PLAN).to(as(fixture.target)).withoutAudit();
    }

    @AfterEach
    void drop() {
        fixture.target.execute("DROP OWNED BY " + role);
        fixture.target.execute("DROP ROLE " + role);
        fixture.close();
    }

    private DatabaseUrl.Server as(TestDatabase database) {
        return database.server().url(database.name(), role.substring(1, role.length() - 1), null);
    }

    private void grant(String privileges) {
        fixture.target.execute("GRANT " + privileges + " TO " + role);
    }

    @Test
    void withoutSelectNothingIsReadAndTheGrantIsPrinted() {
        Problem problem = Refusals.of(fixture, Execution.DRY_RUN, "DBOPS-204");
        assertThat(problem.what()).contains("may not SELECT from public.item").startsWith("The target's role");
        assertThat(problem.where()).isEqualTo("sync-plan.json:1:13, table public.item");
        fixture.target.execute(problem.next().get(0).substring("As the table's owner: ".length()));
        assertThat(fixture.dryRun().problems()).isEmpty();
    }

    @Test
    void selectIsEnoughForADryRunWhichTellsWhatAnApplyWillNeed() {
        grant("SELECT ON item");
        SyncOutcome dryRun = fixture.dryRun();
        assertThat(dryRun.problems()).isEmpty();
        assertThat(SyncFixture.counts(dryRun, "item").toInsert()).isEqualTo(1);
        assertThat(dryRun.tables().get(0).notes())
                .anySatisfy(note ->
                        assertThat(note).contains("may not INSERT", "GRANT INSERT ON \"public\".\"item\" TO " + role))
                .anySatisfy(note -> assertThat(note).contains("may not UPDATE"));
    }

    @Test
    void applyWithoutInsertIsRefusedAndTheGrantsItPrintsAreEnough() {
        grant("SELECT ON item");
        List<Problem> problems = fixture.withoutReview().apply().problems();
        assertThat(problems).extracting(p -> p.code().id()).containsExactly("DBOPS-204", "DBOPS-204");
        Refusals.ofApplyOnly(fixture, "DBOPS-204", "DBOPS-204");
        fixture.target.execute(problems.stream()
                .map(p -> p.next().get(0).substring("As the table's owner: ".length()))
                .collect(Collectors.joining()));
        assertThat(fixture.apply().result()).isEqualTo(SyncOutcome.Result.APPLIED);
    }

    @Test
    void applyWithoutUpdateIsRefusedWhereItOverwrites() {
        grant("SELECT, INSERT ON item");
        assertThat(Refusals.ofApplyOnly(fixture, "DBOPS-204").what()).contains("may not UPDATE public.item");
        fixture.plan(PLAN.replace("local_wins", "prod_wins"));
        assertThat(fixture.apply().result()).isEqualTo(SyncOutcome.Result.APPLIED);
    }

    @Test
    void applyWithoutUpdateIsRefusedWhereTheTableMustBeLocked() {
        grant("SELECT, INSERT ON item");
        fixture.target.execute("ALTER TABLE item DROP CONSTRAINT item_pkey");
        fixture.plan(PLAN.replace("local_wins", "prod_wins"));
        assertThat(Refusals.ofApplyOnly(fixture, "DBOPS-204").what()).contains("may not UPDATE public.item");
        grant("UPDATE ON item");
        assertThat(fixture.apply().result()).isEqualTo(SyncOutcome.Result.APPLIED);
    }

    @Test
    void grantsOnSingleColumnsAreNotEnoughAndItIsSaidSo() {
        grant("SELECT (code, title), INSERT (code, title), UPDATE (title) ON item");
        Problem problem = Refusals.of(fixture, Execution.DRY_RUN, "DBOPS-204");
        assertThat(problem.why()).contains("grants on single columns are not enough");
        Refusals.of(fixture, Execution.APPLY, "DBOPS-204", "DBOPS-204", "DBOPS-204");
    }

    @Test
    void withoutUsageOnTheSchemaTheGrantIsPrinted() {
        fixture.target.execute("CREATE SCHEMA shop CREATE TABLE item (code text PRIMARY KEY, title text)");
        fixture.source.execute("CREATE SCHEMA shop CREATE TABLE item (code text PRIMARY KEY, title text)");
        grant("SELECT ON shop.item");
        fixture.plan(PLAN.replace("\"item\"", "\"shop.item\""));
        Problem problem = Refusals.of(fixture, Execution.DRY_RUN, "DBOPS-204");
        assertThat(problem.next().get(0)).contains("GRANT USAGE ON SCHEMA \"shop\" TO " + role);
    }

    @Test
    void aPolicyThatHidesRowsIsAnErrorAndNotAWrongCount() {
        grant("SELECT, INSERT, UPDATE ON item");
        fixture.target.execute(
                "ALTER TABLE item ENABLE ROW LEVEL SECURITY;" + " CREATE POLICY own ON item USING (title = 'mine')");
        Problem problem = Refusals.ofBoth(fixture, "DBOPS-213");
        assertThat(problem.why()).contains("row-level security policy for table \"item\"");
        assertThat(problem.next().get(0)).contains("BYPASSRLS");
    }

    @Test
    void withoutCreateOnTheDatabaseTheAuditsSqlIsPrintedAndRunByAnOwnerItIsEnough() {
        grant("SELECT, INSERT, UPDATE ON item");
        fixture.withAudit();
        Problem problem = Refusals.ofApplyOnly(fixture, "DBOPS-215");
        assertThat(problem.next()).last().asString().contains("-Ddbops.audit=false");
        fixture.target.execute(
                problem.next().stream().filter(line -> line.startsWith("  ")).collect(Collectors.joining("\n")));
        assertThat(fixture.apply().result()).isEqualTo(SyncOutcome.Result.APPLIED);
        assertThat(fixture.target.query("SELECT state, inserted, updated FROM dbops.sync_run"))
                .isEqualTo(List.of(List.of("applied", "1", "1")));
    }

    @Test
    void withoutAuditNoSchemaIsNeeded() {
        grant("SELECT, INSERT, UPDATE ON item");
        assertThat(fixture.withoutReview().apply().result()).isEqualTo(SyncOutcome.Result.APPLIED);
        assertThat(fixture.target.query("SELECT to_regnamespace('dbops') IS NULL"))
                .isEqualTo(List.of(List.of("t")));
    }

    @Test
    void anAuditTableOfAnotherRoleIsRefusedUntilEveryPrivilegeIsThere() {
        grant("SELECT, INSERT, UPDATE ON item");
        assertThat(fixture.to(fixture.target.url())
                        .withAudit()
                        .withoutReview()
                        .apply()
                        .problems())
                .isEmpty();
        fixture.source.execute("INSERT INTO item VALUES ('c', 'C')");
        fixture.to(as(fixture.target));
        assertThat(Refusals.ofApplyOnly(fixture, "DBOPS-215").next().toString())
                .contains("GRANT USAGE ON SCHEMA dbops");
        grant("USAGE ON SCHEMA dbops");
        grant("SELECT ON dbops.sync_run");
        Problem problem = Refusals.ofApplyOnly(fixture, "DBOPS-215");
        assertThat(problem.why()).isEqualTo("The role may not write dbops.sync_run and dbops.sync_undo.");
        fixture.target.execute(problem.next().get(2));
        Refusals.ofApplyOnly(fixture, "DBOPS-215");
        fixture.target.execute(problem.next().get(3));
        assertThat(fixture.apply().result()).isEqualTo(SyncOutcome.Result.APPLIED);
    }

    @Test
    void aSchemaMadeBeforehandNeedsNoPrivilegeOnTheDatabase() {
        grant("SELECT, INSERT, UPDATE ON item");
        fixture.target.execute("CREATE SCHEMA dbops AUTHORIZATION " + role);
        assertThat(fixture.withAudit().withoutReview().apply().result()).isEqualTo(SyncOutcome.Result.APPLIED);
    }
}
