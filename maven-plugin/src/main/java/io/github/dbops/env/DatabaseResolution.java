package io.github.dbops.env;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds out which database is meant, in the order of spec section 3: URL property, env file named explicitly, process
 * environment, default env file. Reads files; opens no connection.
 */
public final class DatabaseResolution {

    private final Map<String, String> environment;
    private final ServerCredentials servers;

    /**
     * A resolution against one environment.
     *
     * @param environment the process environment; also what references in env files fall back to
     * @param servers {@code settings.xml}
     */
    public DatabaseResolution(Map<String, String> environment, ServerCredentials servers) {
        this.environment = Map.copyOf(environment);
        this.servers = servers;
    }

    /**
     * One database.
     *
     * @throws ProblemException SECRET_IN_PARAMETER, ENV_FILE_MISSING, ENV_FILE_MALFORMED, DATABASE_URL_MISSING,
     *     URL_MALFORMED, SERVER_UNKNOWN or SETTING_INVALID
     */
    public ResolvedDatabase resolve(DatabaseSettings settings) {
        FoundUrl found = new UrlSearch(environment, settings).find();
        DatabaseUrl url = read(found, settings);
        if (!(url instanceof DatabaseUrl.Server server)) {
            return new ResolvedDatabase(url, found.origin());
        }
        if (found.isParameter() && server.holdsSecret()) {
            throw secretInParameter(settings.role()).exception();
        }
        if (found.dangling()) {
            // The variable's name is not told: of an unescaped password with '$' it is a part.
            server = server.withWarning(found.place() + " refers to a variable that is not set; the reference became"
                    + " nothing. A dollar sign itself is written \\$, or stands in single quotes.");
        }
        String id = settings.server().filter(Predicate.not(String::isBlank)).orElse(null);
        return id == null
                ? new ResolvedDatabase(server, found.origin())
                : new ResolvedDatabase(
                        new ServerLogin(servers, settings.role()).complete(server, id, found.place()),
                        found.origin() + " with settings.xml server \"" + id + "\"");
    }

    /**
     * Several databases.
     *
     * @return one for each of the settings, in their order
     * @throws ProblemException everything that is wrong with any of them, together
     */
    public List<ResolvedDatabase> resolveAll(DatabaseSettings... settings) {
        List<ResolvedDatabase> resolved = new ArrayList<>();
        // Two roles may share a broken file, which is then said once.
        Set<Problem> problems = new LinkedHashSet<>();
        ProblemException first = null;
        for (DatabaseSettings one : settings) {
            try {
                resolved.add(resolve(one));
            } catch (ProblemException e) {
                first = first == null ? e : first;
                problems.addAll(e.problems());
            }
        }
        if (first != null) {
            throw new ProblemException(List.copyOf(problems), first.getCause());
        }
        return List.copyOf(resolved);
    }

    private static DatabaseUrl read(FoundUrl found, DatabaseSettings settings) {
        try {
            return DatabaseUrlReader.read(found.url(), settings.directory());
        } catch (ProblemException e) {
            throw new ProblemException(
                    e.problems().stream()
                            .map(problem -> problem.at(found.place()))
                            .toList(),
                    e.getCause());
        }
    }

    private static Problem secretInParameter(DatabaseRole role) {
        return new Problem(
                Code.SECRET_IN_PARAMETER,
                "The property " + role.urlProperty() + " holds a password.",
                "property " + role.urlProperty(),
                "Maven prints its parameters with -X, and shells and CI keep command lines.",
                null,
                List.of(
                        "Leave the password out of the URL, put it into settings.xml as"
                                + " <server><id>ID</id><username>USER</username><password>PASSWORD</password></server>,"
                                + " and add -D" + role.serverProperty() + "=ID",
                        "Or write DATABASE_URL=… with the whole URL into a file that is not committed, and add -D"
                                + role.envFileProperty() + "=FILE",
                        "Or set the whole URL as the environment variable " + role.variable() + ", and leave -D"
                                + role.urlProperty() + " out",
                        "Change the password if others can read where it was written."));
    }
}
