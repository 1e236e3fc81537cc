package io.github.dbops.migration.flyway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.internal.configuration.ConfigUtils;

/**
 * What besides the migrations decides what a deploy does: the settings that were made, and the SQL callbacks. The same on
 * every machine, and nothing in it is secret: values that may be anything are there as their hash.
 *
 * @param settings what is set
 * @param project what paths are shown from
 */
record Decisive(EffectiveSettings settings, Path project) {

    /** How Flyway waits, logs and reports; what it does is the same. */
    private static final Set<String> INDIFFERENT = Set.of(
            ConfigUtils.LOCK_RETRY_COUNT,
            ConfigUtils.CONNECT_RETRIES,
            ConfigUtils.CONNECT_RETRIES_INTERVAL,
            ConfigUtils.REPORT_FILENAME,
            ConfigUtils.REPORT_ENABLED,
            ConfigUtils.OUTPUT_TYPE,
            ConfigUtils.OUTPUT_PROGRESS,
            ConfigUtils.OUTPUT_QUERY_RESULTS,
            ConfigUtils.CLEAN_DISABLED);

    private static final Set<String> PLAIN = Set.of(
            ConfigUtils.BASELINE_ON_MIGRATE,
            ConfigUtils.BASELINE_VERSION,
            ConfigUtils.CREATE_SCHEMAS,
            ConfigUtils.DEFAULT_SCHEMA,
            ConfigUtils.ENCODING,
            ConfigUtils.GROUP,
            ConfigUtils.IGNORE_MIGRATION_PATTERNS,
            ConfigUtils.MIXED,
            ConfigUtils.OUT_OF_ORDER,
            ConfigUtils.SCHEMAS,
            ConfigUtils.SKIP_EXECUTING_MIGRATIONS,
            ConfigUtils.TABLE,
            ConfigUtils.TARGET,
            ConfigUtils.VALIDATE_ON_MIGRATE);

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(settings.values()).forEach((name, value) -> {
            if (name.equals(ConfigUtils.LOCATIONS) || name.equals(ConfigUtils.CALLBACK_LOCATIONS)) {
                lines.add(name + "=" + value.replace(project.toString() + "/", ""));
            } else if (!INDIFFERENT.contains(name)) {
                lines.add(name + "=" + (PLAIN.contains(name) ? value : "sha256:" + FileChecksum.of(List.of(value))));
            }
        });
        List<String> callbacks = callbacks();
        if (!callbacks.isEmpty()) {
            lines.add("callbacks=sha256:" + FileChecksum.of(callbacks));
        }
        return lines;
    }

    private List<String> callbacks() {
        return Stream.concat(
                        settings.locations().stream(),
                        Stream.of(settings.values()
                                .getOrDefault(ConfigUtils.CALLBACK_LOCATIONS, "")
                                .split(",")))
                .filter(place -> place.startsWith("filesystem:") && !place.contains("*"))
                .flatMap(place -> scripts(place.substring("filesystem:".length())).stream())
                .sorted()
                .map(file -> file.getFileName() + " " + FileChecksum.of(file))
                .toList();
    }

    private static List<Path> scripts(String folder) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isCallback(file.getFileName().toString()))
                    .toList();
        } catch (IOException | InvalidPathException notThere) {
            return List.of();
        }
    }

    private static boolean isCallback(String name) {
        return Arrays.stream(Event.values())
                .anyMatch(event -> name.startsWith(event.getId() + ".") || name.startsWith(event.getId() + "__"));
    }
}
