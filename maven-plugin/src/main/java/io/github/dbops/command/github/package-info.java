/** The goals that speak with GitHub instead of a database: the comment and the gate. */
@NullMarked
package io.github.dbops.command.github;

import org.jspecify.annotations.NullMarked;
