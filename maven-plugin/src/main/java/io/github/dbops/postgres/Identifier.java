package io.github.dbops.postgres;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The one place where a name becomes part of an SQL statement.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS">Identifiers</a>
 */
public final class Identifier {

    private Identifier() {}

    /** The name in double quotes, its own quotes doubled; keeps case, reserved words and any character but NUL. */
    public static String quote(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not an identifier: '" + name + "'");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Quoted names with commas between, in the order given. */
    public static String list(Collection<String> names) {
        return names.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }
}
