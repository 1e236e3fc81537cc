/** {@code dbops:undo}: guard, look, undo, report. */
@NullMarked
package io.github.dbops.command.undo;

import org.jspecify.annotations.NullMarked;
