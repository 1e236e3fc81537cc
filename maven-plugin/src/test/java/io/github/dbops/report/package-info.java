/** Tests of the reports. */
@NullMarked
package io.github.dbops.report;

import org.jspecify.annotations.NullMarked;
