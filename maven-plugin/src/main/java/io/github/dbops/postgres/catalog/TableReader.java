package io.github.dbops.postgres.catalog;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads whole tables, all of them with the same few queries. */
final class TableReader {

    private final Session session;

    TableReader(Session session) {
        this.session = session;
    }

    Map<QualifiedName, Table> read(Collection<QualifiedName> names) {
        List<Relation> relations = relations(names);
        List<String> oids = relations.stream()
                .map(relation -> Long.toString(relation.oid()))
                .toList();
        Grouped<Column> columns = new ColumnReader(session).read(oids);
        IndexReader indexes = new IndexReader(session);
        Grouped<String> primaryKeys = indexes.primaryKeys(oids);
        Grouped<UniqueIndex> uniqueIndexes = indexes.unique(oids);
        Grouped<ForeignKey> foreignKeys = new ForeignKeyReader(session).read(oids);
        Grouped<Trigger> triggers = triggers(oids);
        Map<QualifiedName, Table> tables = new HashMap<>();
        for (Relation relation : relations) {
            long oid = relation.oid();
            tables.put(
                    relation.name(),
                    new Table(
                            oid,
                            relation.name(),
                            relation.kind(),
                            columns.of(oid),
                            primaryKeys.of(oid),
                            uniqueIndexes.of(oid),
                            foreignKeys.of(oid),
                            triggers.of(oid),
                            relation.rewritten(),
                            relation.inherited(),
                            relation.kind() != Table.Kind.FOREIGN
                                    && !session.traits().product().isDistributed(),
                            relation.estimatedRows(),
                            relation.privileges()));
        }
        return tables;
    }

    private List<Relation> relations(Collection<QualifiedName> names) {
        return session.query(
                """
                SELECT c.oid::bigint, n.nspname, c.relname,
                       CASE WHEN c.relispartition THEN 'partition' ELSE c.relkind::text END,
                       EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.ev_enabled <> 'D'),
                       c.relkind <> 'p' AND EXISTS (SELECT FROM pg_inherits h WHERE h.inhparent = c.oid),
                       CASE WHEN c.relkind <> 'p' THEN c.reltuples::float8
                            ELSE (SELECT coalesce(sum(p.reltuples), 0)::float8
                                  FROM pg_partition_tree(c.oid) t JOIN pg_class p ON p.oid = t.relid AND t.isleaf) END,
                       current_user,
                       has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(n.oid, 'USAGE'),
                       has_table_privilege(c.oid, 'INSERT'),
                       has_table_privilege(c.oid, 'UPDATE'),
                       has_table_privilege(c.oid, 'DELETE')
                FROM unnest(?::text[], ?::text[]) AS wanted(schema, name)
                JOIN pg_namespace n ON n.nspname = wanted.schema
                JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
                """,
                row -> new Relation(
                        row.getLong(1),
                        new QualifiedName(row.getString(2), row.getString(3)),
                        Table.Kind.of(row.getString(4)),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getDouble(7),
                        new Table.Privileges(
                                row.getString(8),
                                row.getBoolean(9),
                                row.getBoolean(10),
                                row.getBoolean(11),
                                row.getBoolean(12))),
                names.stream().map(QualifiedName::schema).toList(),
                names.stream().map(QualifiedName::name).toList());
    }

    // tgtype: https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_trigger.h
    private Grouped<Trigger> triggers(List<String> oids) {
        Grouped<Trigger> triggers = new Grouped<>();
        session.query(
                """
                SELECT t.tgrelid::bigint, t.tgname, p.proname,
                       (t.tgtype::int & 2) <> 0, (t.tgtype::int & 4) <> 0, (t.tgtype::int & 16) <> 0
                FROM pg_trigger t
                JOIN pg_proc p ON p.oid = t.tgfoid
                WHERE t.tgrelid = ANY (?::oid[]) AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
                ORDER BY t.tgname
                """,
                row -> triggers.add(
                        row.getLong(1),
                        new Trigger(
                                row.getString(2),
                                row.getString(3),
                                row.getBoolean(4),
                                row.getBoolean(5),
                                row.getBoolean(6))),
                oids);
        return triggers;
    }

    /** What {@code pg_class} says of a relation. */
    private record Relation(
            long oid,
            QualifiedName name,
            Table.Kind kind,
            boolean rewritten,
            boolean inherited,
            double estimatedRows,
            Table.Privileges privileges) {}

    /** What was read for several tables with one query, by the table's object id. */
    static final class Grouped<T> {

        private final Map<Long, List<T>> byTable = new HashMap<>();

        boolean add(long table, T value) {
            return byTable.computeIfAbsent(table, t -> new ArrayList<>()).add(value);
        }

        List<T> of(long table) {
            return byTable.getOrDefault(table, List.of());
        }
    }
}
