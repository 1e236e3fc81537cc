package io.github.dbops.testing;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * A running PostgreSQL server. Shared by all tests of the JVM ({@link TestServers#shared}), and then neither restarted
 * nor closed by any of them; or a test's own ({@link TestServers#startOwn}), to crash at will.
 */
public final class TestServer implements AutoCloseable {

    /** Who may stop a server. */
    enum Ownership {
        SHARED,
        OWN
    }

    private final int majorVersion;
    private final ServerProcess process;
    private final Ownership ownership;
    private final AtomicInteger databases = new AtomicInteger();

    TestServer(int majorVersion, ServerProcess process, Ownership ownership) {
        this.majorVersion = majorVersion;
        this.process = process;
        this.ownership = ownership;
    }

    /** 14 to 18. */
    public int majorVersion() {
        return majorVersion;
    }

    /** The superuser's maintenance database. */
    public DatabaseUrl.Server url() {
        return url("postgres");
    }

    /** A database of this server, as the superuser. */
    public DatabaseUrl.Server url(String database) {
        return url(database, process.user(), process.password());
    }

    /** A database of this server as a role; the password may be null where the server trusts everyone. */
    public DatabaseUrl.Server url(String database, String user, @Nullable Secret password) {
        return new DatabaseUrl.Server(
                List.of(process.host()), database, user, password, null, Map.of(), false, List.of());
    }

    /** A plain connection as the superuser, in auto-commit; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        return connect(url(database));
    }

    /** A plain connection to any server, in auto-commit, without any of dbops' own settings; the caller closes it. */
    public static Connection connect(DatabaseUrl.Server url) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(url.properties());
        if (url.user() != null) {
            properties.setProperty("user", url.user());
        }
        if (url.password() != null) {
            properties.setProperty("password", url.password().reveal());
        }
        Connection connection =
                new Driver().connect("jdbc:postgresql://" + url.hosts().get(0) + "/" + url.database(), properties);
        if (connection == null) {
            throw new IllegalStateException("the driver does not know its own URL");
        }
        return connection;
    }

    /**
     * A new, empty database.
     *
     * @param setup statements to run in it, each text as one simple query
     */
    public TestDatabase createDatabase(String... setup) {
        TestDatabase database = createDatabaseFrom("template0");
        for (String sql : setup) {
            database.execute(sql);
        }
        return database;
    }

    /** A new database of an encoding, with the locale C. */
    public TestDatabase createDatabaseIn(String encoding) {
        return createDatabaseFrom("template0 ENCODING '" + encoding + "' LC_COLLATE 'C' LC_CTYPE 'C'");
    }

    /** A new database with all that another of this server has, which nobody may be connected to. */
    public TestDatabase copyOf(TestDatabase original) {
        return createDatabaseFrom(original.name());
    }

    private TestDatabase createDatabaseFrom(String template) {
        String name = "test_" + databases.incrementAndGet();
        new TestDatabase(this, "postgres").execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        return new TestDatabase(this, name);
    }

    /** Stops the server cleanly where it runs and starts it on the data it has; after {@link #killHard} this is crash recovery. */
    public void restart() {
        mustBeOwn();
        process.stop();
        process.start();
    }

    /**
     * Kills every process of the server; it stays down until {@link #restart}. Its sessions see 08006, or 57P01 where a
     * backend had the time to notice that the postmaster was gone.
     */
    public void killHard() {
        mustBeOwn();
        process.kill();
    }

    /** Removes a server of one's own with its data; a shared one goes on. */
    @Override
    public void close() {
        if (ownership == Ownership.OWN) {
            process.remove();
        }
    }

    private void mustBeOwn() {
        if (ownership == Ownership.SHARED) {
            throw new IllegalStateException("other tests use this server too: take TestServers.startOwn");
        }
    }

    /** As shown in the names of parameterised tests. */
    @Override
    public String toString() {
        return "PostgreSQL " + majorVersion;
    }
}
