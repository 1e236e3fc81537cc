package io.github.dbops.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.postgres.embedded.ScriptReader.SqlStatement;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptReaderTest {

    @Test
    void statementsEndAtSemicolonsAndKnowTheirLines() {
        assertThat(read("""
                -- a comment; with a semicolon
                CREATE TABLE a ();

                /* one /* nested */ still; */ INSERT INTO a
                DEFAULT VALUES;;
                SELECT 1"""))
                .containsExactly(
                        new SqlStatement(2, "CREATE TABLE a ()"),
                        new SqlStatement(4, "INSERT INTO a\nDEFAULT VALUES"),
                        new SqlStatement(6, "SELECT 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a;b'",
                "SELECT 'it''s; fine'",
                "SELECT 'ends in \\', 'not; escaped'",
                "SELECT E'it\\'s; fine'",
                "SELECT E'a''b\\';c'",
                "SELECT \"odd;name\"",
                "SELECT \"odd\"\";name\"",
                "DO $$ BEGIN; END $$",
                "DO $body$ SELECT $$;$$; $body$",
                "DO $тег$ ; $тег$",
                "SELECT name$1, $1 FROM t",
                "SELECT 1e5'; '",
                "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END",
                "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT 1; END",
                "COPY t TO '/tmp/stdin'",
            })
    void semicolonsInsideAreNoEnd(String sql) {
        assertThat(read(sql + ";\nSELECT 2;"))
                .containsExactly(new SqlStatement(1, sql), new SqlStatement(2, "SELECT 2"));
    }

    @Test
    void transactionBlockIsSeveralStatements() {
        assertThat(read("BEGIN; SELECT 1; END;"))
                .extracting(SqlStatement::sql)
                .containsExactly("BEGIN", "SELECT 1", "END");
    }

    @Test
    void guardLinesOfDumpsAreSkipped() {
        assertThat(read("\\restrict abc\n\nSELECT 1;\n\n\\unrestrict abc\n"))
                .containsExactly(new SqlStatement(3, "SELECT 1"));
    }

    @Test
    void metaCommandIsNamedWithItsLine() {
        assertThatThrownBy(() -> read("SELECT 1;\n\\connect other\n"))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.first().why()).startsWith("\"\\connect\"");
                    assertThat(e.first().where()).isEqualTo("a.sql:2");
                });
    }

    @Test
    void rowsForCopyAreNamedWithTheirLine() {
        assertThatThrownBy(() -> read("SELECT 1;\nCOPY public.t (id) FROM stdin;\n1\n\\.\n"))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.first().why()).contains("--inserts");
                    assertThat(e.first().where()).isEqualTo("a.sql:2");
                });
    }

    @Test
    void positionInStatementIsLineInFile() {
        SqlStatement statement = new SqlStatement(10, "SELECT '\uD83D\uDE00'\n  FROM none");
        assertThat(statement.lineAt(0)).isEqualTo(10);
        assertThat(statement.lineAt(10)).isEqualTo(10);
        assertThat(statement.lineAt(18)).isEqualTo(11);
        assertThat(statement.lineAt(1000)).isEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 'open", "SELECT \"open", "DO $$ open", "SELECT 1 /* open", "SELECT E'\\", ""})
    void textThatBreaksOffIsReadToItsEnd(String sql) {
        assertThat(read(sql)).hasSize(sql.isEmpty() ? 0 : 1);
    }

    private static List<SqlStatement> read(String sql) {
        return new ScriptReader(
                        new InitScripts.Script("a.sql", sql),
                        (what, why, where) -> Problem.of(Code.EMBEDDED_INIT_FAILED, what, why, "Correct it.")
                                .at(where))
                .statements();
    }
}
