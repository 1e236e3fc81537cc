/** Prisma's migrations behind the engine's interface. */
@NullMarked
package io.github.dbops.migration.prisma;

import org.jspecify.annotations.NullMarked;
