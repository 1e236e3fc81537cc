package io.github.dbops.env;

import io.github.dbops.problem.ProblemException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Takes a database's URL apart, whichever form it has. Neither its problems nor its warnings quote it. */
final class DatabaseUrlReader {

    private static final Map<String, String> FOREIGN = foreign();

    private DatabaseUrlReader() {}

    /**
     * A URL, taken apart.
     *
     * @param url as its user wrote it; space around it is ignored
     * @param directory what the paths of certificates are relative to
     * @throws ProblemException URL_MALFORMED with everything that is wrong with it
     */
    static DatabaseUrl read(Secret url, Path directory) {
        String text = url.reveal().strip();
        if (text.isEmpty()) {
            throw MalformedUrl.shape("It is empty.");
        }
        for (String scheme : new String[] {"postgresql://", "postgres://"}) {
            if (begins(text, scheme)) {
                return LibpqUrlReader.read(text.substring(scheme.length()), directory);
            }
        }
        if (begins(text, "jdbc:postgresql:")) {
            return JdbcUrlReader.read(text.substring("jdbc:postgresql:".length()), directory);
        }
        if (begins(text, "embedded:")) {
            return EmbeddedUrlReader.read(text.substring("embedded:".length()));
        }
        throw unknownForm(text);
    }

    /** Only beginnings that are known are named: the text before a ':' may as well be a user and what follows secret. */
    private static ProblemException unknownForm(String text) {
        String start = text.toLowerCase(Locale.ROOT);
        return FOREIGN.entrySet().stream()
                .filter(known -> start.startsWith(known.getKey()))
                .findFirst()
                .map(known -> MalformedUrl.shape(known.getValue()))
                .orElseGet(() -> MalformedUrl.shape(
                        start.matches("(?s)[^:/]*=.*")
                                ? "It is libpq's form of words, host=… dbname=…, and not a URL."
                                : "It does not begin with postgresql://, postgres://, jdbc:postgresql: or embedded:."));
    }

    private static boolean begins(String text, String scheme) {
        return text.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static Map<String, String> foreign() {
        Map<String, String> foreign = new LinkedHashMap<>();
        String prisma = "It addresses Prisma's own service, which speaks no PostgreSQL."
                + " Take the database's direct URL from the database's provider.";
        foreign.put("prisma+postgres:", prisma);
        foreign.put("prisma:", prisma);
        for (String other : new String[] {
            "mysql:", "mariadb:", "sqlserver:", "mongodb:", "mongodb+srv:", "sqlite:", "file:", "libsql:", "oracle:"
        }) {
            foreign.put(other, "It begins with " + other + ", and dbops speaks PostgreSQL only.");
        }
        foreign.put("jdbc:", "It is a JDBC URL of another database, and dbops speaks PostgreSQL only.");
        foreign.put("postgresql+", "It names a Python driver after the '+'. Leave '+' and the driver out.");
        foreign.put("postgresql:", "It lacks the two slashes after postgresql:.");
        foreign.put("postgres:", "It lacks the two slashes after postgres:.");
        foreign.put("psql ", "It is a command line of psql. Leave psql and the quotes out.");
        foreign.put("\"", "It begins with a quote. Whoever set it kept the quotes as part of the value.");
        foreign.put("'", "It begins with a quote. Whoever set it kept the quotes as part of the value.");
        foreign.put("$", "It begins with '$': a reference to a variable that nobody replaced.");
        foreign.put("encrypted:", "It is encrypted by dotenvx. Let dotenvx decrypt it into the environment of Maven.");
        return foreign;
    }
}
