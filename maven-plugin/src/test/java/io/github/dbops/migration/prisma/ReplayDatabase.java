package io.github.dbops.migration.prisma;

import io.github.dbops.migration.prisma.RecordedScenario.Seen;
import io.github.dbops.testing.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks into a database as {@code it/prisma-oracle/src/database.mjs} does. */
final class ReplayDatabase {

    private static final Seen NONE = new Seen(false, List.of(), Map.of(), List.of(), Map.of());

    private ReplayDatabase() {}

    /** What is in it, in the words of {@link RecordedScenario}. */
    static Seen look(TestDatabase database) {
        if (!database.exists()) {
            return NONE;
        }
        Map<String, List<String>> histories = new LinkedHashMap<>();
        Map<String, List<String>> tables = new LinkedHashMap<>();
        for (String schema : lines(database, """
                SELECT nspname
                  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                 WHERE relname = '_prisma_migrations' AND relkind = 'r'
                 ORDER BY nspname COLLATE "C"
                """)) {
            histories.put(schema, history(database, schema));
            tables.put(schema, table(database, schema));
        }
        return new Seen(true, schemas(database), histories, relations(database), tables);
    }

    private static List<String> schemas(TestDatabase database) {
        return lines(database, """
                SELECT nspname
                  FROM pg_namespace
                 WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
                 ORDER BY nspname COLLATE "C"
                """);
    }

    private static List<String> history(TestDatabase database, String schema) {
        // Rows of one start: the transaction that touched them last is in the order of the runs.
        return lines(database, """
                SELECT format('migration=%%s checksum=%%s finished=%%s rolledBack=%%s steps=%%s logs=%%s',
                              migration_name,
                              checksum,
                              CASE WHEN finished_at IS NULL THEN 'null'
                                   WHEN finished_at = started_at THEN 'started'
                                   ELSE 'set' END,
                              (rolled_back_at IS NOT NULL)::text,
                              applied_steps_count,
                              CASE WHEN logs IS NULL THEN 'null' WHEN logs = '' THEN 'empty' ELSE 'text' END)
                  FROM "%s"._prisma_migrations
                 ORDER BY started_at, xmin::text::bigint
                """.formatted(schema));
    }

    private static List<String> table(TestDatabase database, String schema) {
        return lines(database, """
                SELECT line
                  FROM (SELECT 1 AS part, attnum::text AS place,
                               format('name=%%s type=%%s nullable=%%s default=%%s',
                                      attname,
                                      format_type(atttypid, atttypmod),
                                      (NOT attnotnull)::text,
                                      coalesce(pg_get_expr(adbin, adrelid), 'null')) AS line
                          FROM pg_attribute
                          LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
                         WHERE attrelid = '"%1$s"._prisma_migrations'::regclass AND attnum > 0 AND NOT attisdropped
                        UNION ALL
                        SELECT 2, conname, format('name=%%s definition=%%s', conname, pg_get_constraintdef(oid))
                          FROM pg_constraint
                         WHERE conrelid = '"%1$s"._prisma_migrations'::regclass AND contype <> 'n'
                        UNION ALL
                        SELECT 3, relname, relname
                          FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                         WHERE indrelid = '"%1$s"._prisma_migrations'::regclass) parts
                 ORDER BY part, place
                """.formatted(schema));
    }

    private static List<String> relations(TestDatabase database) {
        return lines(database, """
                SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
                                    WHEN 'm' THEN 'materialized view' WHEN 'i' THEN 'index'
                                    WHEN 'I' THEN 'partitioned index' WHEN 'S' THEN 'sequence'
                                    WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type' END
                       || ' ' || nspname || '.' || relname
                       || CASE WHEN NOT indisvalid THEN ' (invalid)' ELSE '' END
                  FROM pg_class
                  JOIN pg_namespace ON pg_namespace.oid = relnamespace
                  LEFT JOIN pg_index ON indexrelid = pg_class.oid
                 WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
                 ORDER BY nspname COLLATE "C", relname COLLATE "C"
                """);
    }

    private static List<String> lines(TestDatabase database, String sql) {
        return database.query(sql).stream().map(row -> row.get(0)).toList();
    }
}
