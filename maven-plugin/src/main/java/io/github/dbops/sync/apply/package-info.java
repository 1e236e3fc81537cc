/** Carries a change set out in one transaction, verifies and records it; decides nothing. */
@NullMarked
package io.github.dbops.sync.apply;

import org.jspecify.annotations.NullMarked;
