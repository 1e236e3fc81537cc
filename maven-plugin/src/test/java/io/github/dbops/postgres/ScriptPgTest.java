package io.github.dbops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.util.List;

/** A script reaches the server as it is written, in one message, and its failure says how far it came. */
class ScriptPgTest {

    @PostgresTest
    void allStatementsAreOneTransaction(TestServer server) {
        try (TestDatabase database = server.createDatabase();
                Session session = open(database)) {
            ScriptFailure failure = catchThrowableOfType(
                    ScriptFailure.class,
                    () -> session.script(
                            "CREATE TABLE a (x int);\nCREATE TABLE b (x int);\nALTER TABLE nope ADD y int;\n"
                                    + "CREATE TABLE c (x int);"));

            assertThat(failure.completed()).isEqualTo(2);
            assertThat(failure.answer().state().code()).isEqualTo("42P01");
            assertThat(database.query("SELECT to_regclass('a')"))
                    .containsExactly(java.util.Arrays.asList((String) null));
        }
    }

    @PostgresTest
    void positionCountsCharactersOfTheWholeScript(TestServer server) {
        try (TestDatabase database = server.createDatabase();
                Session session = open(database)) {
            String script = "SELECT '\uD83D\uDE00';\nSELECT 1;\nSELECT x FROM nowhere";
            ScriptFailure failure = catchThrowableOfType(ScriptFailure.class, () -> session.script(script));

            assertThat(new SqlStatement(1, script, List.of())
                            .lineAt(failure.answer().position()))
                    .isEqualTo(3);
        }
    }

    @PostgresTest
    void nothingInItIsTakenForAParameterOrAnEscape(TestServer server) {
        try (TestDatabase database = server.createDatabase();
                Session session = open(database)) {
            session.script("""
                    CREATE TABLE t (j jsonb, s text);
                    INSERT INTO t VALUES ('{"a": 1}', '{d 2026-01-01} {fn now()} ? $1');
                    CREATE TABLE found AS SELECT j ? 'a' AS has, s FROM t;
                    CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
                    """);

            assertThat(database.query("SELECT has, s, f() FROM found"))
                    .containsExactly(List.of("t", "{d 2026-01-01} {fn now()} ? $1", "1"));
        }
    }

    @PostgresTest
    void whatTheServerSaysMeanwhileIsKept(TestServer server) {
        try (TestDatabase database = server.createDatabase();
                Session session = open(database)) {
            Session.ScriptResult result =
                    session.script("DROP TABLE IF EXISTS nope; SELECT 1; DO $$ BEGIN RAISE WARNING 'mind'; END $$;;");

            assertThat(result.statements()).isEqualTo(3);
            assertThat(result.notices())
                    .containsExactly("NOTICE: table \"nope\" does not exist, skipping", "WARNING: mind");
        }
    }

    @PostgresTest
    void statementThatCannotRunInTransactionRunsAlone(TestServer server) {
        try (TestDatabase database = server.createDatabase();
                Session session = open(database)) {
            session.script("CREATE TABLE a (x int)");
            session.script("CREATE INDEX CONCURRENTLY i ON a (x)");
            ScriptFailure failure = catchThrowableOfType(
                    ScriptFailure.class, () -> session.script("SELECT 1; CREATE INDEX CONCURRENTLY j ON a (x)"));

            assertThat(failure.answer().state().code()).isEqualTo("25001");
        }
    }

    @PostgresTest
    void rowsForCopyFailInsteadOfWaitingForEver(TestServer server) {
        try (TestDatabase database = server.createDatabase();
                Session session = open(database)) {
            session.script("CREATE TABLE a (x int)");
            ScriptFailure failure =
                    catchThrowableOfType(ScriptFailure.class, () -> session.script("COPY a FROM stdin;\n1\n\\.\n"));

            assertThat(failure).isNotNull();
            assertThat(session.<Boolean>one("SELECT true", row -> row.getBoolean(1)))
                    .isTrue();
        }
    }

    @PostgresTest
    void valuesOfOtherStatementsStayApart(TestServer server) {
        try (TestDatabase database = server.createDatabase();
                Session session = open(database)) {
            String hostile = "'; DROP TABLE x; --\\";
            assertThat(session.<String>one("SELECT ?::text", row -> row.getString(1), hostile))
                    .isEqualTo(hostile);
        }
    }

    private static Session open(TestDatabase database) {
        return new Connector(ConnectionPolicy.DEFAULT, "test", line -> {}).openForScripts(database.url());
    }
}
