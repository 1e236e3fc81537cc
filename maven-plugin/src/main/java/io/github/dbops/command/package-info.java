/** One class per goal: guard, work, outcome. The only place where the parts are wired. */
@NullMarked
package io.github.dbops.command;

import org.jspecify.annotations.NullMarked;
