package io.github.dbops.command.undo;

import static io.github.dbops.command.undo.UndoFixture.codes;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoState;
import io.github.dbops.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A role that looks needs SELECT; what else an undo needs is said before and granted by what is printed. */
class UndoPrivilegesPgTest {

    private final UndoFixture fixture = new UndoFixture(
            TestServers.oldest(),
            "CREATE TABLE kind (id serial PRIMARY KEY, code text UNIQUE); INSERT INTO kind (code) VALUES ('k')",
            "CREATE TABLE item (code text PRIMARY KEY, title text, kind int REFERENCES kind)",
            "CREATE TABLE sale (id serial PRIMARY KEY, item text REFERENCES item, secret text)");
    private final String role = "\"Mate of " + fixture.target().name() + "\"";
    private final String run;

    UndoPrivilegesPgTest() {
        fixture.source().execute("INSERT INTO item VALUES ('a', 'A', NULL), ('b', 'B', NULL)");
        fixture.target().execute("INSERT INTO item VALUES ('b', 'was B', 1)");
        fixture.sync.plan("""
                {"tables": [{"name": "item", "key": ["code"], "mode": "upsert", "onConflict": "local_wins",
                             "rawReferences": ["kind"]}]}""");
        run = fixture.applied();
        fixture.target()
                .execute("CREATE ROLE " + role + " LOGIN; GRANT USAGE ON SCHEMA dbops TO " + role
                        + "; GRANT SELECT ON dbops.sync_run, dbops.sync_undo, item TO " + role);
        DatabaseUrl.Server url =
                fixture.target().server().url(fixture.target().name(), role.substring(1, role.length() - 1), null);
        fixture.sync.to(url);
    }

    @AfterEach
    void drop() {
        fixture.target().execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
        fixture.close();
    }

    private void grantWhatIsPrinted(List<Problem> problems) {
        for (Problem problem : problems) {
            for (String line : problem.next()) {
                int grant = line.indexOf("GRANT");
                if (grant >= 0) {
                    fixture.target().execute(line.substring(grant));
                }
            }
        }
    }

    @Test
    void everyPrivilegeThatIsMissingIsPrintedAndTheGrantsAreEnough() {
        UndoOutcome blind = fixture.dryRun(run);
        assertThat(codes(blind)).containsExactly("DBOPS-204", "DBOPS-204");
        assertThat(blind.problems()).extracting(Problem::what).allMatch(what -> what.contains("may not SELECT from"));
        grantWhatIsPrinted(blind.problems());

        UndoOutcome dryRun = fixture.dryRun(run);
        assertThat(dryRun.problems()).isEmpty();
        assertThat(dryRun.totals().of(UndoState.DELETE)).isEqualTo(1);
        assertThat(dryRun.warnings())
                .hasSize(2)
                .allMatch(warning -> warning.contains("An apply needs it. As the table's owner: GRANT"));

        List<String> before = fixture.sync.snapshot();
        UndoOutcome unrecorded = fixture.undo(run);
        assertThat(codes(unrecorded)).containsExactly("DBOPS-215");
        grantWhatIsPrinted(unrecorded.problems());
        UndoOutcome refused = fixture.undo(run);
        assertThat(codes(refused)).containsExactly("DBOPS-204", "DBOPS-204");
        assertThat(fixture.sync.snapshot()).isEqualTo(before);

        grantWhatIsPrinted(refused.problems());
        assertThat(fixture.undo(run).problems()).isEmpty();
        assertThat(fixture.target().query("SELECT * FROM item")).isEqualTo(List.of(List.of("b", "was B", "1")));
    }

    @Test
    void withoutTheRecordNothingCanBeToldAndItIsSaidSo() {
        fixture.target().execute("REVOKE SELECT ON dbops.sync_undo FROM " + role);
        UndoOutcome outcome = fixture.dryRun(run);
        assertThat(codes(outcome)).containsExactly("DBOPS-204");
        assertThat(outcome.problems().get(0).why()).contains("sync_undo");
    }
}
