package io.github.dbops.env;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Nearest;
import io.github.dbops.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks for one database's URL in one place after the other, and remembers where it looked. */
final class UrlSearch {

    private static final List<String> FILE_VARIABLES = List.of("DIRECT_URL", "DATABASE_URL");
    private static final int NAMES_SHOWN = 20;

    private final Map<String, String> environment;
    private final DatabaseSettings settings;
    private final List<String> lookedAt = new ArrayList<>();
    private final List<String> hints = new ArrayList<>();

    UrlSearch(Map<String, String> environment, DatabaseSettings settings) {
        this.environment = environment;
        this.settings = settings;
    }

    /**
     * The first that is there and not blank.
     *
     * @throws io.github.dbops.problem.ProblemException DATABASE_URL_MISSING with every place looked at; ENV_FILE_MISSING
     *     and ENV_FILE_MALFORMED of a file that was reached
     */
    FoundUrl find() {
        return inProperty()
                .or(this::inExplicitFile)
                .or(this::inEnvironment)
                .or(this::inDefaultFile)
                .orElseThrow(() -> missing().exception());
    }

    private Optional<FoundUrl> inProperty() {
        String name = settings.role().urlProperty();
        Optional<FoundUrl> found = settings.url().filter(UrlSearch::isSaid).map(url -> FoundUrl.inProperty(name, url));
        if (found.isEmpty()) {
            lookedAt.add("property " + name + ": not set");
        }
        return found;
    }

    /** An explicit file that lacks the URL ends the search: its user did not mean some other database. */
    private Optional<FoundUrl> inExplicitFile() {
        return settings.envFile()
                .filter(UrlSearch::isSaid)
                .map(file ->
                        inFile(file, file(file)).orElseThrow(() -> missing().exception()));
    }

    private Optional<FoundUrl> inEnvironment() {
        for (String name : processVariables()) {
            String value = environment.get(name);
            if (value != null && isSaid(value)) {
                return Optional.of(FoundUrl.inEnvironment(name, value));
            }
            lookedAt.add("environment variable " + name + ": " + (value == null ? "not set" : "set, but empty"));
        }
        return Optional.empty();
    }

    private Optional<FoundUrl> inDefaultFile() {
        String shown = settings.defaultEnvFile();
        Path file = file(shown);
        if (Files.notExists(file)) {
            lookedAt.add("env file " + shown + ": does not exist");
            return Optional.empty();
        }
        return inFile(shown, file);
    }

    private Optional<FoundUrl> inFile(String shown, Path path) {
        DotenvFile file = DotenvFile.read(path, shown, environment);
        List<String> empty = new ArrayList<>();
        for (String name : FILE_VARIABLES) {
            Optional<DotenvFile.Variable> variable = file.find(name);
            if (variable.isPresent() && isSaid(variable.get().value().reveal())) {
                return Optional.of(FoundUrl.inFile(shown, name, variable.get()));
            }
            variable.ifPresent(blank -> empty.add(name));
        }
        lookedAt.add("env file " + shown + ": "
                + (empty.isEmpty()
                        ? "defines neither DIRECT_URL nor DATABASE_URL" + otherNames(file.names())
                        : String.join(" and ", empty) + " there, but empty"));
        hint(shown, file.names());
        return Optional.empty();
    }

    private static String otherNames(Set<String> names) {
        if (names.isEmpty()) {
            return " (it defines nothing)";
        }
        String shown = String.join(", ", names.stream().limit(NAMES_SHOWN).toList());
        return " (it defines " + shown + (names.size() > NAMES_SHOWN ? "…)" : ")");
    }

    private void hint(String shown, Set<String> names) {
        for (String wanted : FILE_VARIABLES) {
            Nearest.to(wanted, names)
                    .filter(similar -> !FILE_VARIABLES.contains(similar))
                    .ifPresent(similar -> hints.add("Rename " + similar + " in " + shown + " to " + wanted + "."));
        }
        if (hints.isEmpty()) {
            names.stream()
                    .filter(name -> name.contains("URL") && !FILE_VARIABLES.contains(name))
                    .findFirst()
                    .ifPresent(name -> hints.add("If " + name + " is the one, add the line DATABASE_URL=${" + name
                            + "} at the end of " + shown + "."));
        }
    }

    private Problem missing() {
        DatabaseRole role = settings.role();
        List<String> next = new ArrayList<>(hints);
        next.add("Write DATABASE_URL=postgresql://USER:PASSWORD@HOST:5432/DATABASE into "
                + settings.envFile().filter(UrlSearch::isSaid).orElse(settings.defaultEnvFile()));
        next.add("Or name an env file that has it: -D" + role.envFileProperty() + "=FILE");
        next.add("Or set the environment variable: export " + role.variable()
                + "=postgresql://USER:PASSWORD@HOST:5432/DATABASE");
        next.add("Or name it without a password, which settings.xml then has: -D" + role.urlProperty()
                + "=postgresql://USER@HOST:5432/DATABASE -D" + role.serverProperty() + "=ID");
        return new Problem(
                Code.DATABASE_URL_MISSING,
                "No URL is known for " + described(role) + ".",
                null,
                "Looked at, in this order: " + String.join("; ", lookedAt) + ".",
                null,
                next);
    }

    private static String described(DatabaseRole role) {
        return switch (role) {
            case ONLY -> "the database";
            case SOURCE -> "the database to read from";
            case TARGET -> "the database to write to";
        };
    }

    /** The names that Prisma's users have set are understood where there is one database only. */
    private List<String> processVariables() {
        String own = settings.role().variable();
        return settings.role() == DatabaseRole.ONLY ? List.of(own, "DIRECT_URL", "DATABASE_URL") : List.of(own);
    }

    private Path file(String name) {
        return settings.directory().resolve(name);
    }

    /** A GitHub secret that does not exist arrives as an empty text. */
    private static boolean isSaid(String text) {
        return !text.isBlank();
    }
}
