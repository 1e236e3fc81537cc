package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One database's catalog as seen by a session inside its transaction. Reads SELECT-able catalogs only, so it works in
 * READ ONLY transactions, on standbys and without privileges on the tables. However many tables are read at once, the
 * number of round trips is the same.
 */
public final class Catalog {

    private final Session session;
    private final String currentSchema;
    private final List<QualifiedName> relations;
    private final Map<QualifiedName, Table> known = new HashMap<>();

    private Catalog(Session session, String currentSchema, List<QualifiedName> relations) {
        this.session = session;
        this.currentSchema = currentSchema;
        this.relations = relations;
    }

    /** Reads the names of all relations; everything else is read when asked for. */
    public static Catalog of(Session session) {
        String[] current = {"public"};
        List<QualifiedName> relations = session.query(
                """
                SELECT n.nspname, c.relname, coalesce(current_schema(), 'public')
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
                  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
                  AND n.nspname NOT LIKE 'pg\\_temp\\_%'
                ORDER BY 1, 2
                """,
                row -> {
                    current[0] = row.getString(3);
                    return new QualifiedName(row.getString(1), row.getString(2));
                });
        if (relations.isEmpty()) {
            current[0] = session.one("SELECT coalesce(current_schema(), 'public')", row -> row.getString(1));
        }
        return new Catalog(session, current[0], relations);
    }

    /** Every relation outside the system schemas, in name order. */
    public List<QualifiedName> relations() {
        return relations;
    }

    /** The schema that bare names mean. */
    public String currentSchema() {
        return currentSchema;
    }

    /** The relation that a plan's name means: bare in the current schema, else {@code schema.table}. */
    public Optional<QualifiedName> resolve(String planName) {
        QualifiedName bare = new QualifiedName(currentSchema, planName);
        int dot = planName.indexOf('.');
        if (relations.contains(bare) || dot <= 0 || dot == planName.length() - 1) {
            return relations.contains(bare) ? Optional.of(bare) : Optional.empty();
        }
        QualifiedName qualified = new QualifiedName(planName.substring(0, dot), planName.substring(dot + 1));
        return relations.contains(qualified) ? Optional.of(qualified) : Optional.empty();
    }

    /** A relation in full. The name must be one that the database has. */
    public Table table(QualifiedName name) {
        read(List.of(name));
        return Objects.requireNonNull(known.get(name));
    }

    /** Every foreign key of the database that some tables declare or that references them. */
    public List<KeyLink> links(Collection<Table> tables) {
        return new KeyLinkReader(session).read(tables);
    }

    /** Reads many relations at once; {@link #table} then answers without a round trip. */
    public void read(Collection<QualifiedName> names) {
        Set<QualifiedName> unknown = new TreeSet<>(names);
        unknown.removeAll(known.keySet());
        if (!unknown.isEmpty()) {
            known.putAll(new TableReader(session).read(unknown));
        }
    }
}
