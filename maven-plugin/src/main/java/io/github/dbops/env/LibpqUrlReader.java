package io.github.dbops.env;

import java.nio.file.Path;

/**
 * Reads what follows {@code postgresql://}: {@code [user[:password]@][host[:port][,…]]/database[?name=value&…]}, see
 * <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">the manual</a>, with
 * Prisma's parameters beside libpq's. Stricter than both where they would take a piece of an unescaped password for a
 * host, a database or a parameter.
 */
final class LibpqUrlReader {

    private LibpqUrlReader() {}

    static DatabaseUrl.Server read(String rest, Path directory) {
        refuseUnescaped(rest);
        int question = rest.indexOf('?');
        String beforeQuery = question < 0 ? rest : rest.substring(0, question);
        int slash = beforeQuery.indexOf('/');
        String authority = slash < 0 ? beforeQuery : beforeQuery.substring(0, slash);
        String database = slash < 0 ? "" : beforeQuery.substring(slash + 1);
        if (database.contains("/")) {
            throw MalformedUrl.unescaped("There is a second '/' before the parameters.");
        }
        ServerParts parts = new ServerParts(directory);
        parts.database(PercentCoding.decode(database));
        int sign = authority.indexOf('@');
        if (sign >= 0) {
            login(authority.substring(0, sign), parts);
        }
        String hosts = authority.substring(sign + 1);
        if (!hosts.isEmpty()) {
            HostList.read(hosts, parts);
        }
        String query = question < 0 ? "" : rest.substring(question + 1);
        LibpqParameters.apply(UrlParameter.all(query, PercentCoding::decode), parts);
        return parts.complete();
    }

    /**
     * libpq ends the user's part at the first {@code @} and Prisma at the last; with two of them, or with one behind the
     * first {@code /} or {@code ?}, the password is not what its writer thinks.
     */
    private static void refuseUnescaped(String rest) {
        if (rest.indexOf('#') >= 0) {
            throw MalformedUrl.unescaped("It holds a '#', which is not part of any of its parts as it stands.");
        }
        int sign = rest.indexOf('@');
        if (rest.indexOf('@', sign + 1) >= 0) {
            throw MalformedUrl.unescaped(
                    "It holds more than one '@'; only the one before the host may stand as it is.");
        }
        int authorityEnd = rest.split("[/?]", 2)[0].length();
        if (sign > authorityEnd) {
            throw MalformedUrl.unescaped("It holds a '/' or a '?' before the '@', or an '@' after the host.");
        }
    }

    private static void login(String login, ServerParts parts) {
        int colon = login.indexOf(':');
        parts.user(PercentCoding.decode(colon < 0 ? login : login.substring(0, colon)));
        if (colon >= 0) {
            parts.password(PercentCoding.decode(login.substring(colon + 1)));
        }
    }
}
