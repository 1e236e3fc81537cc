package io.github.dbops.migration.prisma;

import io.github.dbops.postgres.Session;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A schema without a history must be empty before a first deploy: its tables would be in the migrations' way. */
final class Emptiness {

    private static final int SHOWN = 5;

    private Emptiness() {}

    /** The tables that Prisma counts: ordinary ones, without PostGIS's own. */
    static List<String> tables(Session session, String schema) {
        return session.query("""
                SELECT c.relname
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'r' AND n.nspname = ?
                  AND lower(c.relname) NOT IN ('spatial_ref_sys', 'geometry_columns', 'geography_columns',
                                               'raster_columns', 'raster_overviews')
                ORDER BY c.relname
                """, row -> row.getString(1), schema);
    }

    static Problem problem(String schema, List<String> tables, List<PrismaFile> files) {
        String some = tables.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (tables.size() > SHOWN ? " and " + (tables.size() - SHOWN) + " more" : "");
        List<String> names = files.stream().map(PrismaFile::name).toList();
        String why = "It has no history of Prisma Migrate, and it has tables: " + some + ".";
        String what = "The schema " + schema + " is not empty.";
        return names.isEmpty()
                ? Problem.of(
                        Code.SCHEMA_NOT_EMPTY,
                        what,
                        why,
                        "Write a first migration that makes what is there, and record it as applied:"
                                + " https://pris.ly/d/migrate-baseline")
                : Problem.of(
                        Code.SCHEMA_NOT_EMPTY,
                        what,
                        why,
                        "If these migrations are in it already, record them as applied, leaving out those that are not: "
                                + Commands.applied(names),
                        "If it is the wrong database: correct the URL.");
    }
}
