package io.github.dbops.env;

import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a server while its URL is read, and everything that is wrong with it so far. */
final class ServerParts {

    private static final String DEFAULT_PORT = "5432";

    private final Path directory;
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, Secret> secretProperties = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private List<String> hosts = List.of();
    private List<String> ports = List.of();
    private String database = "";
    private @Nullable String user;
    private @Nullable Secret password;
    private @Nullable String schema;
    private boolean pooled;

    /** Nothing known yet; files are relative to the directory. */
    ServerParts(Path directory) {
        this.directory = directory;
    }

    void hosts(List<String> names) {
        hosts = List.copyOf(names);
    }

    boolean hasHosts() {
        return !hosts.isEmpty();
    }

    /** One for each host, or one for all; empty texts are the default port. */
    void ports(List<String> numbers) {
        ports = List.copyOf(numbers);
    }

    void database(String name) {
        database = name;
    }

    /** libpq's and the driver's default for the database's name. */
    void databaseNamedAsUser() {
        if (database.isEmpty() && user != null) {
            database = user;
        }
    }

    void user(String name) {
        user = name.isEmpty() ? null : name;
    }

    void password(String text) {
        password = text.isEmpty() ? null : Secret.of(text);
    }

    void schema(String name) {
        schema = name;
    }

    void pooled() {
        pooled = true;
    }

    void property(String name, String value) {
        properties.put(name, value);
    }

    void secretProperty(String name, String value) {
        secretProperties.put(name, Secret.of(value));
    }

    /** A file for the driver, made absolute. */
    void file(String property, String parameter, String value) {
        try {
            property(
                    property,
                    directory.resolve(value).toAbsolutePath().normalize().toString());
        } catch (InvalidPathException e) {
            expect(false, parameter, "a file's path");
        }
    }

    void warning(String sentence) {
        warnings.add(sentence);
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    /** Complains of a parameter unless its value is fulfilled, and returns whether it is. */
    boolean expect(boolean fulfilled, String parameter, String expected) {
        if (!fulfilled) {
            problem(MalformedUrl.parameter(parameter, expected));
        }
        return fulfilled;
    }

    /**
     * The server.
     *
     * @throws ProblemException URL_MALFORMED with everything that is wrong
     */
    DatabaseUrl.Server complete() {
        List<DatabaseUrl.Host> addresses = addresses();
        if (database.isEmpty()) {
            problem(MalformedUrl.because(
                    "It names no database. psql would take the user's name and Prisma the database postgres.",
                    "Add the name: postgresql://USER:PASSWORD@HOST:5432/DATABASE"));
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems, null);
        }
        return new DatabaseUrl.Server(
                addresses, database, user, password, schema, properties, secretProperties, pooled, warnings);
    }

    private List<DatabaseUrl.Host> addresses() {
        List<String> names = hosts.isEmpty() ? List.of("localhost") : hosts;
        if (ports.size() > 1 && ports.size() != names.size()) {
            problem(MalformedUrl.because(
                    "It names " + names.size() + " hosts and " + ports.size() + " ports.",
                    "Give one port for all hosts, or one for each: postgresql://HOST1:5432,HOST2:5433/DATABASE"));
            return List.of();
        }
        List<DatabaseUrl.Host> addresses = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String port = ports.isEmpty() ? "" : ports.get(ports.size() == 1 ? 0 : i);
            if (isHost(names.get(i)) & isPort(port)) {
                addresses.add(
                        new DatabaseUrl.Host(names.get(i), Integer.parseInt(port.isEmpty() ? DEFAULT_PORT : port)));
            }
        }
        return addresses;
    }

    private boolean isHost(String name) {
        if (name.startsWith("/") || name.startsWith("@")) {
            problem(MalformedUrl.because(
                    "It names a Unix socket, and the driver speaks TCP only.",
                    "Name the server's host and port, or those of a proxy: the Cloud SQL Auth Proxy, for one,"
                            + " listens on TCP too."));
            return false;
        }
        boolean sound = !name.isEmpty()
                && name.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || "-_.:%".indexOf(c) >= 0);
        if (!sound) {
            problem(MalformedUrl.unescaped("A host's name is empty or holds a character that no host's name has.")
                    .first());
        }
        return sound;
    }

    private boolean isPort(String port) {
        boolean sound = port.isEmpty()
                || port.matches("[0-9]{1,5}") && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65535;
        if (!sound) {
            problem(MalformedUrl.unescaped(
                            "A port is not a number from 1 to 65535; or a '/', '?' or '#' stands in the password.")
                    .first());
        }
        return sound;
    }
}
