package io.github.dbops.env;

import java.nio.file.Path;

/**
 * Reads what follows {@code jdbc:postgresql:}: {@code [//[host[:port][,…]]/][database][?name=value&…]}, see <a
 * href="https://jdbc.postgresql.org/documentation/use/">the driver's manual</a>.
 */
final class JdbcUrlReader {

    private JdbcUrlReader() {}

    static DatabaseUrl.Server read(String rest, Path directory) {
        int question = rest.indexOf('?');
        String place = question < 0 ? rest : rest.substring(0, question);
        String query = question < 0 ? "" : rest.substring(question + 1);
        refuseLoginBeforeHost(place, query);
        ServerParts parts = new ServerParts(directory);
        if (place.startsWith("//")) {
            int slash = place.indexOf('/', 2);
            String hosts = place.substring(2, slash < 0 ? place.length() : slash);
            if (!hosts.isEmpty()) {
                HostList.read(hosts, parts);
            }
            parts.database(database(slash < 0 ? "" : place.substring(slash + 1)));
        } else {
            parts.database(database(place));
        }
        DriverParameters.apply(UrlParameter.all(query, PercentCoding::decodeForm), parts);
        parts.databaseNamedAsUser();
        return parts.complete();
    }

    private static void refuseLoginBeforeHost(String place, String query) {
        String form = "A JDBC URL names user and password as ?user=USER&password=PASSWORD";
        if (place.indexOf('@') >= 0 || place.indexOf('#') >= 0) {
            throw MalformedUrl.shape("It holds '@' or '#' before the parameters. " + form
                    + "; before the host they stand only in postgresql://.");
        }
        // USER:PASSWORD@HOST/DATABASE with a '?' in the password would look like this.
        if (query.matches("(?s)[^@]*@.*/.*")) {
            throw MalformedUrl.unescaped(
                    "It holds an '@' and then a '/' in the parameters, where they are %40 and %2F. " + form + ".");
        }
    }

    private static String database(String part) {
        if (part.indexOf('/') >= 0) {
            throw MalformedUrl.shape("There is a '/' where the database's name is expected; in a name it is %2F.");
        }
        return PercentCoding.decodeForm(part);
    }
}
