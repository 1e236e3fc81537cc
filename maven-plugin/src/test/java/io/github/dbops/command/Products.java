package io.github.dbops.command;

import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The states that benchmarks compare, by the benchmarks' own scripts, with fewer rows. */
final class Products {

    static final String PLAN = """
            {
              "defaults": { "mode": "upsert", "onConflict": "local_wins" },
              "tables": [{ "name": "Product", "key": ["id"] }]
            }
            """;

    private static final Path SCRIPTS = Path.of("../it/benchmarks");

    private Products() {}

    /** The same rows on both sides. */
    static SyncFixture identical(TestServer server, int rows) {
        SyncFixture fixture = source(server, rows);
        run(fixture.target, "product-rows.sql", rows);
        return analyzed(fixture);
    }

    /** 1 % changed, 1 % missing, 1 % extra in the target. */
    static SyncFixture diff1(TestServer server, int rows) {
        SyncFixture fixture = source(server, rows);
        run(fixture.target, "product-rows.sql", rows);
        run(fixture.target, "product-diff1.sql", rows);
        return analyzed(fixture);
    }

    /** Nothing in the target. */
    static SyncFixture empty(TestServer server, int rows) {
        return analyzed(source(server, rows));
    }

    /** As {@link #diff1}, with foreign keys to two parents whose ids differ between the sides. */
    static SyncFixture references(TestServer server, int rows) {
        SyncFixture fixture = diff1(server, rows);
        fixture.source.execute(script("parents.sql", rows).replace(":order", "ASC"));
        fixture.target.execute(script("parents.sql", rows).replace(":order", "DESC"));
        run(fixture.source, "parents-references.sql", rows);
        run(fixture.target, "parents-references.sql", rows);
        return analyzed(fixture).plan("""
                {
                  "defaults": { "mode": "upsert", "onConflict": "local_wins" },
                  "tables": [
                    { "name": "Brand", "key": ["slug"] },
                    { "name": "Shelf", "key": ["slug"] },
                    { "name": "Product", "key": ["id"] }
                  ]
                }
                """);
    }

    /** So many tables, the same on both sides. */
    static SyncFixture tables(TestServer server, int tables, int rows) {
        SyncFixture fixture = new SyncFixture(server, server);
        StringBuilder entries = new StringBuilder();
        for (int i = 1; i <= tables; i++) {
            String name = "\"Product" + i + "\"";
            String setup =
                    (script("product.sql", rows) + script("product-rows.sql", rows)).replace("\"Product\"", name);
            fixture.source.execute(setup);
            fixture.target.execute(setup);
            entries.append(i == 1 ? "" : ", ").append("{ \"name\": " + name + ", \"key\": [\"id\"] }");
        }
        return analyzed(fixture).plan("""
                { "defaults": { "mode": "upsert", "onConflict": "local_wins" }, "tables": [%s] }
                """.formatted(entries));
    }

    private static SyncFixture source(TestServer server, int rows) {
        SyncFixture fixture = new SyncFixture(server, server, script("product.sql", rows));
        run(fixture.source, "product-rows.sql", rows);
        return fixture.plan(PLAN).withoutReview();
    }

    /** Makes the source's state in a database of any kind. */
    static void fill(TestServer server, String database, int rows) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(script("product.sql", rows) + script("product-rows.sql", rows));
            statement.execute("VACUUM ANALYZE");
        }
    }

    private static void run(TestDatabase database, String script, int rows) {
        database.execute(script(script, rows));
    }

    private static String script(String name, int rows) {
        try {
            return Files.readString(SCRIPTS.resolve(name)).replace(":rows", Integer.toString(rows));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    // Plans must not depend on whether autovacuum has been here.
    private static SyncFixture analyzed(SyncFixture fixture) {
        fixture.source.execute("VACUUM ANALYZE");
        fixture.target.execute("VACUUM ANALYZE");
        return fixture;
    }
}
