/** Flyway's migrations behind the engine's interface. */
@NullMarked
package io.github.dbops.migration.flyway;

import org.jspecify.annotations.NullMarked;
