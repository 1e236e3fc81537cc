package io.github.dbops.it.benchmark;

import io.github.dbops.it.Processes;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** Who carries out what a database administrator would write by hand. */
sealed interface BulkClient {

    /** psql where there is one, else JDBC; or JDBC in any case. */
    static BulkClient find(Settings.ClientChoice choice) {
        return choice == Settings.ClientChoice.JDBC
                ? new Jdbc()
                : PsqlProgram.installed().<BulkClient>map(Psql::new).orElseGet(Jdbc::new);
    }

    /** What people call it. */
    String title();

    /** Runs the same queries in both databases at once, and returns when both are done. */
    void queryBoth(Place source, Place target, List<String> queries);

    /**
     * Copies from one database into another.
     *
     * @param query what is copied
     * @param into what it is copied into
     */
    void copy(Place source, String query, Place target, Into into);

    /**
     * A database.
     *
     * @param port of its server
     * @param database its name
     */
    record Place(int port, String database) {}

    /**
     * The receiving session's statements.
     *
     * @param before those before the copy
     * @param table what is filled
     * @param after those after it
     */
    record Into(List<String> before, String table, List<String> after) {

        private String copy() {
            return "COPY " + table + " FROM STDIN (FORMAT binary)";
        }
    }

    private static String copyOut(String query) {
        return "COPY " + query + " TO STDOUT (FORMAT binary)";
    }

    /** A process for each side. */
    record Psql(PsqlProgram program) implements BulkClient {

        @Override
        public String title() {
            return "psql";
        }

        @Override
        public void queryBoth(Place source, Place target, List<String> queries) {
            await(List.of(start(process(source, queries)), start(process(target, queries))));
        }

        @Override
        public void copy(Place source, String query, Place target, Into into) {
            List<String> receiving = new ArrayList<>(into.before());
            receiving.add(into.copy());
            receiving.addAll(into.after());
            try {
                await(ProcessBuilder.startPipeline(
                        List.of(process(source, List.of(copyOut(query))), process(target, receiving))));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private ProcessBuilder process(Place place, List<String> statements) {
            List<String> command = new ArrayList<>(program.command(place.port(), place.database()));
            statements.forEach(sql -> command.addAll(List.of("-c", sql)));
            return new ProcessBuilder(command).redirectError(Redirect.INHERIT);
        }

        private static Process start(ProcessBuilder psql) {
            try {
                return psql.redirectOutput(Redirect.DISCARD).start();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void await(List<Process> processes) {
            for (Process psql : processes) {
                if (Processes.exitCode(psql) != 0) {
                    throw new IllegalStateException("psql failed; it says above why");
                }
            }
        }
    }

    /** The driver: a thread for each side, or one that passes on what it reads. */
    record Jdbc() implements BulkClient {

        @Override
        public String title() {
            return "pgjdbc";
        }

        @Override
        public void queryBoth(Place source, Place target, List<String> queries) {
            CompletableFuture<Void> there = CompletableFuture.runAsync(() -> query(source, queries));
            query(target, queries);
            there.join();
        }

        private static void query(Place place, List<String> queries) {
            try (Connection connection = connect(place)) {
                execute(connection, queries);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void copy(Place source, String query, Place target, Into into) {
            try (Connection from = connect(source);
                    Connection to = connect(target)) {
                execute(to, into.before());
                CopyOut out = copies(from).copyOut(copyOut(query));
                CopyIn in = copies(to).copyIn(into.copy());
                for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
                    in.writeToCopy(row, 0, row.length);
                }
                in.endCopy();
                execute(to, into.after());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Connection connect(Place place) throws SQLException {
            return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + place.port() + "/" + place.database()
                    + "?user=postgres&sslmode=disable");
        }

        private static CopyManager copies(Connection connection) throws SQLException {
            return connection.unwrap(PGConnection.class).getCopyAPI();
        }

        private static void execute(Connection connection, List<String> statements) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }
    }
}
