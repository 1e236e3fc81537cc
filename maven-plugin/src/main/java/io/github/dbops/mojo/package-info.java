/** Maven parameters in, build result out. */
@NullMarked
package io.github.dbops.mojo;

import org.jspecify.annotations.NullMarked;
