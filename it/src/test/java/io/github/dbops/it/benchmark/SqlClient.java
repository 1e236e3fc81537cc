package io.github.dbops.it.benchmark;

import io.github.dbops.it.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who sends a history's files one by one over one connection: what a deploy is measured against. */
sealed interface SqlClient {

    /** psql where there is one, else JDBC. */
    static SqlClient find() {
        return PsqlProgram.installed().<SqlClient>map(Psql::new).orElseGet(Jdbc::new);
    }

    /** What people call it. */
    String title();

    /** Sends the files, each statement in a transaction of its own, and returns when the last one is answered. */
    void send(int port, String database, List<Path> files);

    /** As {@link #send}, with a transaction around each file. */
    void sendInTransactions(int port, String database, List<Path> files);

    /** One psql, one connection. */
    record Psql(PsqlProgram program) implements SqlClient {

        @Override
        public String title() {
            return "psql";
        }

        @Override
        public void send(int port, String database, List<Path> files) {
            run(port, database, files.stream().flatMap(file -> Stream.of("-f", file.toString())));
        }

        @Override
        public void sendInTransactions(int port, String database, List<Path> files) {
            run(
                    port,
                    database,
                    files.stream().flatMap(file -> Stream.of("-c", "BEGIN", "-f", file.toString(), "-c", "COMMIT")));
        }

        private void run(int port, String database, Stream<String> work) {
            List<String> command = new ArrayList<>(program.command(port, database));
            work.forEach(command::add);
            ProcessBuilder psql = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            Processes.mustSucceed(psql);
        }
    }

    /** The driver, where there is no psql. */
    record Jdbc() implements SqlClient {

        @Override
        public String title() {
            return "pgjdbc, as there is no psql here";
        }

        @Override
        public void send(int port, String database, List<Path> files) {
            run(port, database, files, statement -> {});
        }

        @Override
        public void sendInTransactions(int port, String database, List<Path> files) {
            run(port, database, files, statement -> statement.getConnection().setAutoCommit(false));
        }

        private interface Beginning {
            void of(Statement statement) throws SQLException;
        }

        private static void run(int port, String database, List<Path> files, Beginning beginning) {
            String url = "jdbc:postgresql://localhost:" + port + "/" + database + "?user=postgres";
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                beginning.of(statement);
                for (Path file : files) {
                    for (String sql : Files.readString(file).split(";\n")) {
                        if (!sql.isBlank()) {
                            statement.execute(sql);
                        }
                    }
                    if (!connection.getAutoCommit()) {
                        connection.commit();
                    }
                }
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
