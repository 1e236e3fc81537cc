package io.github.dbops.migration.prisma;

import java.util.Optional;

/**
 * One directory of Prisma's migrations.
 *
 * @param name the directory's name, which is the migration's
 * @param place its {@code migration.sql} relative to the project, for people
 * @param script empty where the directory has none
 */
record PrismaFile(String name, String place, Optional<MigrationScript> script) {}
