/** Prisma's folders, checksums and history table, without Node: what Prisma Migrate does, done by dbops. */
@NullMarked
package io.github.dbops.migration.prisma;

import org.jspecify.annotations.NullMarked;
