package io.github.dbops.postgres.embedded;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.ScriptReader;
import io.github.dbops.postgres.SqlStatement;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Runs init scripts, each in a session of its own and statement by statement, as {@code psql -f} would. */
final class ScriptRunner {

    static final String UNBUILT = "The embedded database is not built; the next run builds it from the start.";

    private static final String MAINTENANCE = "postgres";

    private final DatabaseUrl.Embedded database;
    private final DatabaseUrl.Server server;

    /** A runner for a database that is being built, on the server that has just been started for it. */
    ScriptRunner(DatabaseUrl.Embedded database, DatabaseUrl.Server server) {
        this.database = database;
        this.server = server;
    }

    /**
     * Creates the database, runs all scripts in order and makes their work durable.
     *
     * @throws io.github.dbops.problem.ProblemException (EMBEDDED_INIT_FAILED) at the first statement that fails
     */
    void run(InitScripts scripts) {
        try {
            createDatabase();
            for (InitScripts.Script script : scripts.scripts()) {
                run(script);
            }
            try (Connection connection = connect(server.database());
                    Statement statement = connection.createStatement()) {
                statement.execute("CHECKPOINT");
            }
        } catch (SQLException failure) {
            // Not a statement's failure, which is told below with its line: the session's itself.
            throw problem("A session with it broke.", String.valueOf(failure.getMessage()), database.display())
                    .exception(failure);
        }
    }

    private void run(InitScripts.Script script) throws SQLException {
        // All of it is read before any of it runs: what cannot be run is told before anything is waited for.
        var statements = new ScriptReader(script.sql(), refusing(script)).statements();
        try (Connection connection = connect(server.database());
                Statement jdbc = connection.createStatement()) {
            jdbc.setEscapeProcessing(false);
            // A commit a statement would wait for the disk each time; the checkpoint at the end makes up for it.
            jdbc.execute("SET synchronous_commit = off");
            if (database.schema() != null) {
                jdbc.execute("SET search_path = " + Identifier.quote(database.schema()));
            }
            for (SqlStatement statement : statements) {
                try {
                    jdbc.execute(statement.sql());
                } catch (SQLException failure) {
                    throw failed(script, statement, failure);
                }
            }
        }
    }

    private void createDatabase() throws SQLException {
        if (!server.database().equals(MAINTENANCE)) {
            try (Connection connection = connect(MAINTENANCE);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + Identifier.quote(server.database()));
            }
        }
    }

    private Connection connect(String name) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(server.properties());
        // One message a statement, as written: nothing in it is taken for a parameter.
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("ApplicationName", "dbops/init");
        properties.setProperty("user", String.valueOf(server.user()));
        if (server.password() != null) {
            properties.setProperty("password", server.password().reveal());
        }
        Connection connection =
                new Driver().connect("jdbc:postgresql://" + server.hosts().get(0) + "/" + name, properties);
        if (connection == null) {
            throw new SQLException("the driver does not accept its own URL");
        }
        return connection;
    }

    private RuntimeException failed(InitScripts.Script script, SqlStatement statement, SQLException failure) {
        ServerErrorMessage answer = failure instanceof PSQLException p ? p.getServerErrorMessage() : null;
        // Not DETAIL, and no cause that holds it: it quotes rows.
        String said = answer == null
                ? String.valueOf(failure.getMessage())
                : answer.getMessage() + (answer.getHint() == null ? "" : " Hint: " + answer.getHint());
        int line = statement.lineAt(answer == null ? 0 : answer.getPosition());
        return problem(
                        "A statement in " + script.name() + " failed.",
                        said + " (SQLSTATE " + failure.getSQLState() + ")",
                        script.name() + ":" + line)
                .exception();
    }

    private ScriptReader.PsqlParts refusing(InitScripts.Script script) {
        String without = "the scripts of an embedded database are run without it.";
        return new ScriptReader.PsqlParts() {
            @Override
            public void metaCommand(String command, int line) {
                throw problem(
                                script.name() + " holds a psql meta-command.",
                                "\"" + command + "\" is for psql; " + without,
                                script.name() + ":" + line)
                        .exception();
            }

            @Override
            public void copyRows(int line) {
                throw problem(
                                script.name() + " holds rows for COPY.",
                                "COPY … FROM stdin is for psql; " + without
                                        + " Write INSERT instead: pg_dump --inserts",
                                script.name() + ":" + line)
                        .exception();
            }
        };
    }

    private Problem problem(String what, String why, String where) {
        return Problem.of(
                        Code.EMBEDDED_INIT_FAILED,
                        database.display() + " cannot be built. " + what,
                        why,
                        "Correct the script and run again.")
                .at(where)
                .withState(UNBUILT);
    }
}
