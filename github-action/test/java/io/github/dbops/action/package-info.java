/** Lets the build run the action's tests, which Node runs, and tell their results one by one. */
@NullMarked
package io.github.dbops.action;

import org.jspecify.annotations.NullMarked;
