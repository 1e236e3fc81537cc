/** What every run has, whatever its goal: looking or writing, a digest, phases, progress. Values only. */
@NullMarked
package io.github.dbops.run;

import org.jspecify.annotations.NullMarked;
