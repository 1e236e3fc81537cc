/** One class per migrate goal: guard, work, outcome. */
@NullMarked
package io.github.dbops.command.migrate;

import org.jspecify.annotations.NullMarked;
