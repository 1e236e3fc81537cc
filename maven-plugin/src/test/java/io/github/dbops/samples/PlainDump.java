package io.github.dbops.samples;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** A plain dump as {@code pg_dump} writes it, loaded without psql: rows of COPY blocks go through the driver. */
final class PlainDump {

    private final List<String> lines;

    /** A dump's whole text. */
    PlainDump(String text) {
        this.lines = text.lines().toList();
    }

    /** Runs it; lines that speak to psql alone, such as {@code \\restrict}, are left out. */
    void load(Connection connection) throws SQLException {
        StringBuilder sql = new StringBuilder();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (line.startsWith("COPY ") && line.endsWith(" FROM stdin;")) {
                run(connection, sql);
                int end = lines.subList(at, lines.size()).indexOf("\\.") + at;
                if (end < at) {
                    throw new IllegalArgumentException("no \\. ends the rows of line " + (at + 1) + ": " + line);
                }
                copy(connection, line, lines.subList(at + 1, end));
                at = end;
            } else if (!line.startsWith("\\")) {
                sql.append(line).append('\n');
            }
        }
        run(connection, sql);
    }

    private static void copy(Connection connection, String command, List<String> rows) throws SQLException {
        CopyManager copying = connection.unwrap(PGConnection.class).getCopyAPI();
        String text = rows.isEmpty() ? "" : String.join("\n", rows) + "\n";
        try {
            copying.copyIn(command.substring(0, command.length() - 1), new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Connection connection, StringBuilder sql) throws SQLException {
        if (!sql.toString().isBlank()) {
            try (Statement statement = connection.createStatement()) {
                // On, the driver would take {d …} in a text for an escape of JDBC's.
                statement.setEscapeProcessing(false);
                statement.execute(sql.toString());
            }
        }
        sql.setLength(0);
    }
}
