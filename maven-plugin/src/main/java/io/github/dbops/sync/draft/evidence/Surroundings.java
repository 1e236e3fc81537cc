package io.github.dbops.sync.draft.evidence;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a first plan wants to know of a database beside its tables' shapes; read with a few queries for all tables. */
final class Surroundings {

    private final Map<QualifiedName, Relation> relations = new HashMap<>();
    private final Set<Member> nowDefaults = new HashSet<>();
    private final Map<Member, String> filledByTriggers = new HashMap<>();

    private Surroundings() {}

    /** Reads them; the session is inside its transaction. */
    static Surroundings of(Session session) {
        Surroundings surroundings = new Surroundings();
        surroundings.readRelations(session);
        surroundings.readDefaults(session);
        surroundings.readTriggers(session);
        return surroundings;
    }

    /** What is known of a relation. */
    Relation of(QualifiedName name) {
        return relations.getOrDefault(name, Relation.UNKNOWN);
    }

    /** Whether a column's default is the time at which a row is written. */
    boolean isNowByDefault(QualifiedName table, String column) {
        return nowDefaults.contains(new Member(table, column));
    }

    /** The column that PostgreSQL's own function keeps up by a trigger. */
    Optional<String> filledBy(QualifiedName table, String trigger) {
        return Optional.ofNullable(filledByTriggers.get(new Member(table, trigger)));
    }

    /**
     * A relation beside its shape.
     *
     * @param estimatedRows the server's guess, for a partitioned table the sum of its partitions'; negative: none
     * @param extension the extension that it belongs to
     * @param guarded row-level security holds rows back from the role
     * @param inherited other tables, no partitions, inherit from it
     */
    record Relation(long estimatedRows, Optional<String> extension, boolean guarded, boolean inherited) {

        static final Relation UNKNOWN = new Relation(-1, Optional.empty(), false, false);
    }

    private record Member(QualifiedName table, String name) {}

    // reltuples is -1 until the first ANALYZE or VACUUM: https://www.postgresql.org/docs/current/catalog-pg-class.html
    private void readRelations(Session session) {
        session.query(
                """
                SELECT n.nspname, c.relname,
                       CASE WHEN c.relkind <> 'p' THEN c.reltuples::bigint
                            ELSE (SELECT CASE WHEN bool_and(p.reltuples >= 0) THEN sum(p.reltuples)::bigint ELSE -1 END
                                  FROM pg_partition_tree(c.oid) t
                                  JOIN pg_class p ON p.oid = t.relid
                                  WHERE t.isleaf) END,
                       e.extname,
                       c.relrowsecurity AND row_security_active(c.oid),
                       c.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid)
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
                LEFT JOIN pg_extension e ON e.oid = d.refobjid
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
                  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                """,
                row -> relations.put(
                        new QualifiedName(row.getString(1), row.getString(2)),
                        new Relation(
                                row.getLong(3),
                                Optional.ofNullable(row.getString(4)),
                                row.getBoolean(5),
                                row.getBoolean(6))));
    }

    private void readDefaults(Session session) {
        session.query(
                """
                SELECT n.nspname, c.relname, a.attname
                FROM pg_attrdef d
                JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum AND a.attgenerated = ''
                JOIN pg_class c ON c.oid = d.adrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE pg_get_expr(d.adbin, d.adrelid) ~*
                      '(now|clock_timestamp|statement_timestamp|transaction_timestamp)\\(\\)|CURRENT_(DATE|TIME)|LOCALTIME'
                """,
                row -> nowDefaults.add(
                        new Member(new QualifiedName(row.getString(1), row.getString(2)), row.getString(3))));
    }

    // Its arguments end in a NUL each, the first is the column:
    // https://www.postgresql.org/docs/current/textsearch-features.html#TEXTSEARCH-UPDATE-TRIGGERS
    private void readTriggers(Session session) {
        session.query(
                """
                SELECT n.nspname, c.relname, t.tgname, encode(t.tgargs, 'hex')
                FROM pg_trigger t
                JOIN pg_proc p ON p.oid = t.tgfoid
                JOIN pg_class c ON c.oid = t.tgrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE t.tgnargs > 0 AND p.proname IN ('tsvector_update_trigger', 'tsvector_update_trigger_column')
                """,
                row -> filledByTriggers.put(
                        new Member(new QualifiedName(row.getString(1), row.getString(2)), row.getString(3)),
                        firstArgument(row.getString(4))));
    }

    private static String firstArgument(String hexadecimal) {
        String all = new String(HexFormat.of().parseHex(hexadecimal), StandardCharsets.UTF_8);
        return all.substring(0, all.indexOf('\0'));
    }
}
