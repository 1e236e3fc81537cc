package io.github.dbops.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A database that tests build up and look into. */
public record Database(DataSource connections) {

    /** One that is there. */
    public static Database of(EmbeddedPostgres server, String name) {
        return new Database(server.getDatabase("postgres", name));
    }

    /** A new, empty one. */
    public static Database create(EmbeddedPostgres server, String name) {
        of(server, "postgres").execute("CREATE DATABASE " + name);
        return of(server, name);
    }

    /** Runs statements. */
    public void execute(String sql) {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A query's rows, the columns of each joined by {@code |}. */
    public List<String> rows(String sql) {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
