package io.github.dbops.samples;

import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Databases with a sample in them. A sample is loaded once on a server; what tests get are copies, which take a fraction
 * of a second. To be closed by the class that made it; the copies by those who asked for them.
 */
public final class SampleDatabases implements AutoCloseable {

    /** Of the seeds tried, one that touches about half of each sample. */
    private static final long SEED = 2;

    private record Loaded(TestServer server, Sample sample) {}

    private final Map<Loaded, TestDatabase> loaded = new LinkedHashMap<>();

    /** All of the sample's rows. */
    public TestDatabase full(TestServer server, Sample sample) {
        TestDatabase template = loaded.computeIfAbsent(new Loaded(server, sample), SampleDatabases::load);
        return server.copyOf(template);
    }

    /** The sample's tables, those of its plan without rows, and their sequences at the start. */
    public TestDatabase empty(TestServer server, Sample sample) {
        TestDatabase database = full(server, sample);
        Map<String, List<String>> keys = new SamplePlan(sample.plan()).keys();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            SampleCatalog catalog = new SampleCatalog(connection);
            List<String> tables = new ArrayList<>();
            keys.keySet().forEach(name -> tables.add(catalog.table(name).sql()));
            statement.execute("TRUNCATE " + String.join(", ", tables) + " RESTART IDENTITY CASCADE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return database;
    }

    /** About half of the rows gone, changed or new, and every id another's; each time the same. */
    public TestDatabase halfChanged(TestServer server, Sample sample) {
        TestDatabase database = full(server, sample);
        new HalfChange(new SamplePlan(sample.plan()).keys(), SEED).change(database);
        return database;
    }

    /** The same rows gone, changed or new, while those that stay keep their ids. */
    public TestDatabase halfChangedUnderOldIds(TestServer server, Sample sample) {
        TestDatabase database = full(server, sample);
        new HalfChange(new SamplePlan(sample.plan()).keys(), SEED).changeRowsOnly(database);
        return database;
    }

    @Override
    public void close() {
        loaded.values().forEach(TestDatabase::close);
        loaded.clear();
    }

    private static TestDatabase load(Loaded wanted) {
        TestDatabase database = wanted.server().createDatabase();
        try (Connection connection = database.connection()) {
            wanted.sample().content().load(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(wanted.sample() + " on " + wanted.server() + ": " + e.getMessage(), e);
        }
        database.execute("ANALYZE");
        return database;
    }
}
