package io.github.dbops.world;

import io.github.dbops.postgres.Identifier;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.postgresql.PGConnection;

/** A connection that an oracle or a law reads through: plain statements, rows as the server's text. */
final class Scratch {

    /** Under these two equal values have one text, and two values that differ have two, on every server. */
    private static final String PINNED = """
            SET extra_float_digits = 3;
            SET DateStyle = 'ISO, MDY';
            SET IntervalStyle = 'postgres';
            SET TimeZone = 'UTC';
            SET bytea_output = 'hex';
            SET xmloption = 'content';
            """;

    private final Connection connection;

    Scratch(Connection connection) {
        this.connection = connection;
    }

    /** Pins what text looks like, and makes a schema the search path, as it is for a user of the database. */
    void pin(String schema) {
        run(PINNED + "SET search_path = " + Identifier.quote(schema));
    }

    /** Likewise, with the extensions' operators at hand. */
    void pinWithExtensions(String schema) {
        run(PINNED + "SET search_path = " + Identifier.quote(schema) + ", " + World.EXTENSIONS);
    }

    void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in:\n" + sql, e);
        }
    }

    /** How many rows a statement changed. */
    int change(String sql) {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in:\n" + sql, e);
        }
    }

    /** All rows, each column as text; NULL is null. */
    List<List<String>> rows(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(Collections.unmodifiableList(row));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in:\n" + sql, e);
        }
    }

    /** The first column of all rows. */
    List<String> column(String sql) {
        return rows(sql).stream().map(row -> row.get(0)).toList();
    }

    /** The one number that a query answers. */
    long number(String sql) {
        return Long.parseLong(rows(sql).get(0).get(0));
    }

    /** Whether a query finds anything. */
    boolean finds(String query) {
        return !rows("SELECT 1 WHERE EXISTS (" + query + ")").isEmpty();
    }

    /** What a query finds, as COPY writes it. */
    String copyOut(String query) {
        try {
            StringWriter text = new StringWriter();
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (" + query + ") TO STDOUT", text);
            return text.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in:\n" + query, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows as COPY writes them, into a table with its columns in that order. */
    void copyIn(String tableAndColumns, String text) {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + tableAndColumns + " FROM STDIN", new StringReader(text));
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in:\n" + tableAndColumns + "\n" + text, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
