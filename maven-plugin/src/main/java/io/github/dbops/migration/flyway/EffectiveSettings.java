package io.github.dbops.migration.flyway;

import io.github.dbops.migration.MigrationFiles;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flywaydb.core.internal.configuration.ConfigUtils;
import org.jspecify.annotations.Nullable;

/**
 * What is set, wherever it stands. From weak to strong, as Flyway's Maven plugin has it: configuration files in the usual
 * places, those that {@code flyway.configFiles} names, {@code FLYWAY_*} of the environment, Maven's properties.
 *
 * @param values by {@code flyway.*} name, as Flyway takes them; the database is not among them
 * @param warnings what was set and is not used, one sentence each
 */
record EffectiveSettings(Map<String, String> values, List<String> warnings) {

    static final String DEFAULT_SCHEMA = ConfigUtils.DEFAULT_SCHEMA;
    static final String LOCATIONS = ConfigUtils.LOCATIONS;

    private static final String WORKING_DIRECTORY = "flyway.workingDirectory";
    private static final String FILESYSTEM = "filesystem:";

    /** Where the database is: dbops' own settings decide. */
    private static final Set<String> CONNECTION =
            Set.of(ConfigUtils.URL, ConfigUtils.USER, ConfigUtils.PASSWORD, ConfigUtils.DRIVER, "flyway.serverId");

    /** What Flyway's own front ends take for themselves. */
    private static final Set<String> FRONT_END = Set.of(
            ConfigUtils.CONFIG_FILES,
            ConfigUtils.CONFIG_FILE_ENCODING,
            WORKING_DIRECTORY,
            "flyway.current",
            "flyway.version",
            "flyway.environment",
            ConfigUtils.LOGGERS);

    private static final Set<String> WITHOUT_EFFECT = Set.of("flyway.skip", ConfigUtils.JAR_DIRS);

    EffectiveSettings {
        values = Map.copyOf(values);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads and merges.
     *
     * @param schema the URL's schema: Flyway's default where it is told none; null: none
     * @throws io.github.dbops.problem.ProblemException (FLYWAY_REFUSED, SECRET_IN_PARAMETER)
     */
    static EffectiveSettings read(FlywaySettings asked, MigrationFiles files, @Nullable String schema) {
        asked.properties().keySet().stream()
                .filter(CONNECTION::contains)
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw connectionIsDbops(name);
                });
        Map<String, String> environment = ConfigUtils.environmentVariablesToPropertyMap(asked.environment());
        Map<String, String> stated = new TreeMap<>(environment);
        stated.putAll(asked.properties());
        Path base = asked.project().resolve(stated.getOrDefault(WORKING_DIRECTORY, "."));
        SettingsFiles found = new SettingsFiles(
                base.normalize(), asked.environment(), stated.getOrDefault(ConfigUtils.CONFIG_FILE_ENCODING, "UTF-8"));

        Map<String, String> merged = new TreeMap<>(found.usual());
        Optional.ofNullable(stated.getOrDefault(ConfigUtils.CONFIG_FILES, merged.get(ConfigUtils.CONFIG_FILES)))
                .ifPresent(names -> merged.putAll(found.named(names)));
        chooseEnvironment(merged, Optional.ofNullable(stated.get("flyway.environment")));
        merged.putAll(stated);

        List<String> warnings = withdraw(merged);
        merged.put(
                ConfigUtils.LOCATIONS,
                absolute(base, merged.getOrDefault(ConfigUtils.LOCATIONS, FILESYSTEM + files.directory())));
        merged.computeIfPresent(ConfigUtils.CALLBACK_LOCATIONS, (name, places) -> absolute(base, places));
        if (schema != null && !merged.containsKey(ConfigUtils.SCHEMAS)) {
            merged.putIfAbsent(ConfigUtils.DEFAULT_SCHEMA, schema);
        }
        return new EffectiveSettings(merged, warnings);
    }

    // Of TOML's [environments.NAME], only what is not about the connection.
    private static void chooseEnvironment(Map<String, String> merged, Optional<String> named) {
        String prefix = "environments." + named.orElse(merged.getOrDefault("flyway.environment", "default")) + ".";
        Map<String, String> chosen = new TreeMap<>();
        merged.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                String rest = name.substring(prefix.length());
                chosen.put(rest.startsWith("flyway.") ? rest : "flyway." + rest, value);
            }
        });
        merged.keySet().removeIf(name -> name.startsWith("environments."));
        merged.putAll(chosen);
        merged.keySet().removeIf(name -> !name.startsWith("flyway."));
    }

    private static List<String> withdraw(Map<String, String> merged) {
        List<String> warnings = new ArrayList<>();
        Set<String> connection = new TreeSet<>(merged.keySet());
        connection.removeIf(name -> !CONNECTION.contains(name) && !name.startsWith(ConfigUtils.JDBC_PROPERTIES_PREFIX));
        if (!connection.isEmpty()) {
            warnings.add(String.join(", ", connection)
                    + (connection.size() == 1 ? " is" : " are")
                    + " set for Flyway and not used: dbops' own settings say which database this is.");
        }
        merged.keySet().removeAll(connection);
        WITHOUT_EFFECT.stream()
                .filter(merged.keySet()::remove)
                .sorted()
                .forEach(name -> warnings.add(name + " is set, and has no effect on dbops."));
        merged.keySet().removeAll(FRONT_END);
        return warnings;
    }

    private static String absolute(Path base, String locations) {
        return Arrays.stream(locations.split(","))
                .map(String::strip)
                .map(place -> place.startsWith(FILESYSTEM)
                        // Not by Path: a location may hold wildcards.
                        ? FILESYSTEM + absolutePlace(base.normalize(), place.substring(FILESYSTEM.length()))
                        : place)
                .collect(Collectors.joining(","));
    }

    private static String absolutePlace(Path base, String place) {
        boolean absolute = place.startsWith("/") || place.startsWith("\\") || place.matches("^[A-Za-z]:.*");
        return absolute ? place : base + "/" + (place.startsWith("./") ? place.substring(2) : place);
    }

    private static RuntimeException connectionIsDbops(String name) {
        boolean secret = name.equals(ConfigUtils.PASSWORD);
        return Problem.of(
                        secret ? Code.SECRET_IN_PARAMETER : Code.FLYWAY_REFUSED,
                        "The property " + name + " is not for dbops.",
                        secret
                                ? "mvn -X prints properties, and no parameter of dbops may hold a secret."
                                : "dbops' own settings say which database is deployed to.",
                        "Take it away, and name the database in an env file: -DenvFile=.env.production",
                        "or in the environment: DBOPS_URL",
                        "or by -Ddbops.url=postgresql://… with the password in settings.xml: -Ddbops.server=ID")
                .exception();
    }

    /** Whether anything of it lives on the module's class path. */
    boolean needsClassPath() {
        return Arrays.stream((values.get(ConfigUtils.LOCATIONS) + ","
                                        + values.getOrDefault(ConfigUtils.CALLBACK_LOCATIONS, FILESYSTEM))
                                .split(","))
                        .anyMatch(place -> place.startsWith("classpath:") || !place.contains(":"))
                || values.containsKey(ConfigUtils.CALLBACKS)
                || values.containsKey(ConfigUtils.RESOLVERS);
    }

    /** The places of migrations, in order, as Flyway is given them. */
    List<String> locations() {
        return List.of(values.getOrDefault(ConfigUtils.LOCATIONS, "").split(","));
    }
}
