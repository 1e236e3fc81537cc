/** What GitHub Actions tells a run and is told by it: comment, approvals, summary, outputs, annotations. */
@NullMarked
package io.github.dbops.github;

import org.jspecify.annotations.NullMarked;
