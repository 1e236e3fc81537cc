/** Flyway behind {@link io.github.dbops.migration.MigrationEngine}: its API, its settings, its history table. */
@NullMarked
package io.github.dbops.migration.flyway;

import org.jspecify.annotations.NullMarked;
