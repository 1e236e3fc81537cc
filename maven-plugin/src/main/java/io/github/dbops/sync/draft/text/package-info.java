/** A draft as the text of a plan, with comments, and as files. */
@NullMarked
package io.github.dbops.sync.draft.text;

import org.jspecify.annotations.NullMarked;
