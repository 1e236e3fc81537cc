/** Turns an outcome into console text, JSON and Markdown. */
@NullMarked
package io.github.dbops.report;

import org.jspecify.annotations.NullMarked;
