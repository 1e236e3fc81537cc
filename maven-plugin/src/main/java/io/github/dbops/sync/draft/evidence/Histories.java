package io.github.dbops.sync.draft.evidence;

import java.util.Locale;
import java.util.Set;

/** The tables in which migration tools keep what they have done to a database. */
final class Histories {

    private static final Set<String> NAMES = Set.of(
            "_prisma_migrations",
            "flyway_schema_history",
            "schema_version",
            "databasechangelog",
            "databasechangeloglock",
            "schema_migrations",
            "ar_internal_metadata",
            "knex_migrations",
            "knex_migrations_lock",
            "sequelizemeta",
            "alembic_version",
            "django_migrations",
            "__efmigrationshistory",
            "__drizzle_migrations",
            "__diesel_schema_migrations",
            "_sqlx_migrations",
            "goose_db_version",
            "mikro_orm_migrations",
            "pgmigrations",
            "atlas_schema_revisions",
            "typeorm_migrations");

    private Histories() {}

    /** Whether a table is one by its name. */
    static boolean has(String table) {
        return NAMES.contains(table.toLowerCase(Locale.ROOT));
    }
}
