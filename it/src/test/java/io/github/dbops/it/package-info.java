/** What the integration tests' hooks and the demo stand on: databases, folders, reports and logs. */
@NullMarked
package io.github.dbops.it;

import org.jspecify.annotations.NullMarked;
