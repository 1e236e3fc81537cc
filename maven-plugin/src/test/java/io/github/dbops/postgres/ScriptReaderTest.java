package io.github.dbops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
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
                .extracting(SqlStatement::line, SqlStatement::sql)
                .containsExactly(
                        tuple(2, "CREATE TABLE a ()"), tuple(4, "INSERT INTO a\nDEFAULT VALUES"), tuple(6, "SELECT 1"));
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
                .extracting(SqlStatement::line, SqlStatement::sql)
                .containsExactly(tuple(1, sql), tuple(2, "SELECT 2"));
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
                .extracting(SqlStatement::line, SqlStatement::sql)
                .containsExactly(tuple(3, "SELECT 1"));
    }

    @Test
    void metaCommandIsToldWithItsLine() {
        List<String> told = new ArrayList<>();
        List<SqlStatement> statements =
                new ScriptReader("SELECT 1;\n\\connect other;\nSELECT 2", into(told)).statements();
        assertThat(told).containsExactly("\\connect in line 2");
        assertThat(statements).extracting(SqlStatement::sql).containsExactly("SELECT 1", "\\connect other", "SELECT 2");
    }

    @Test
    void rowsForCopyAreToldWithTheirLine() {
        List<String> told = new ArrayList<>();
        new ScriptReader("SELECT 1;\nCOPY public.t (id) FROM stdin;\n1\n", into(told)).statements();
        assertThat(told).containsExactly("rows in line 2");
    }

    @Test
    void statementKnowsItsWords() {
        SqlStatement statement = read("CREATE /* unique */ INDEX\nConcurrently \"index\" ON t (a)")
                .get(0);
        assertThat(statement.words()).containsExactly("create", "index", "concurrently", "on", "t", "a");
        assertThat(statement.beginsWith("create", "index")).isTrue();
        assertThat(statement.beginsWith("create", "unique")).isFalse();
    }

    @Test
    void positionInStatementIsLineInFile() {
        SqlStatement statement = new SqlStatement(10, "SELECT '\uD83D\uDE00'\n  FROM none", List.of());
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
        return new ScriptReader(sql, ScriptReader.PsqlParts.PASSED_ON).statements();
    }

    private static ScriptReader.PsqlParts into(List<String> told) {
        return new ScriptReader.PsqlParts() {
            @Override
            public void metaCommand(String command, int line) {
                told.add(command + " in line " + line);
            }

            @Override
            public void copyRows(int line) {
                told.add("rows in line " + line);
            }
        };
    }
}
