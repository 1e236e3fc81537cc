/** Where settings come from: env files, URLs, the process environment and {@code settings.xml}, in one order. */
@NullMarked
package io.github.dbops.env;

import org.jspecify.annotations.NullMarked;
