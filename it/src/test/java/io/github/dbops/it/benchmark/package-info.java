/** Measures the goals against what people would do without them, and writes docs/performance.md. */
@NullMarked
package io.github.dbops.it.benchmark;

import org.jspecify.annotations.NullMarked;
