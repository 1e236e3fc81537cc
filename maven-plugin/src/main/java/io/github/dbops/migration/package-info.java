/** What Prisma's and Flyway's migrations have in common, and the engine that stands for either. */
@NullMarked
package io.github.dbops.migration;

import org.jspecify.annotations.NullMarked;
