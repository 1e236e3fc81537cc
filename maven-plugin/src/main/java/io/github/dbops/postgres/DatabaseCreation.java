package io.github.dbops.postgres;

import io.github.dbops.env.DatabaseUrl;
import java.util.List;
import java.util.function.Consumer;

/** Creates a database that a URL names and the server does not have. */
public final class DatabaseCreation {

    /** Where one can connect to on almost every server, in the order in which Prisma tries. */
    private static final List<String> MAINTENANCE = List.of("postgres", "template1", "defaultdb");

    private final Connector connector;
    private final Consumer<String> narrator;

    /** A creation through a connector; the narrator is told once it is done. */
    public DatabaseCreation(Connector connector, Consumer<String> narrator) {
        this.connector = connector;
        this.narrator = narrator;
    }

    /**
     * Creates it where it is missing.
     *
     * @throws SqlFailure where the server cannot be entered, or the role may not create databases
     */
    public void createIfMissing(DatabaseUrl.Server url) {
        try {
            connector.open(url).close();
        } catch (SqlFailure failure) {
            if (!failure.state().equals(SqlState.INVALID_CATALOG_NAME)) {
                throw failure;
            }
            create(url, failure);
        }
    }

    private void create(DatabaseUrl.Server url, SqlFailure missing) {
        for (String maintenance : MAINTENANCE) {
            try (Session session = connector.open(url.inDatabase(maintenance))) {
                session.execute("CREATE DATABASE " + Identifier.quote(url.database()));
                narrator.accept("Created the database " + url.display() + ".");
                return;
            } catch (SqlFailure failure) {
                if (failure.state().equals(SqlState.DUPLICATE_DATABASE)) {
                    return;
                }
                boolean elsewhere = failure.isWhileConnecting();
                missing.addSuppressed(failure);
                if (!elsewhere) {
                    throw failure;
                }
            }
        }
        throw missing;
    }
}
