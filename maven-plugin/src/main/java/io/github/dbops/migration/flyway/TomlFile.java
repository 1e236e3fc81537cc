package io.github.dbops.migration.flyway;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** A {@code flyway.toml} as the flat names that {@code flyway.conf} has: {@code [flyway] group = true} is {@code flyway.group}. */
final class TomlFile {

    private TomlFile() {}

    static Map<String, String> flatten(Path file, String text) {
        Map<String, String> flat = new LinkedHashMap<>();
        try {
            add(flat, "", new TomlMapper().readTree(text));
        } catch (JacksonException malformed) {
            // Not its message: that quotes the line, and a password may stand in it.
            throw Problem.of(
                            Code.FLYWAY_REFUSED,
                            "The file " + file.getFileName() + " is not TOML.",
                            "It cannot be read beyond line "
                                    + malformed.getLocation().getLineNr() + ", column "
                                    + malformed.getLocation().getColumnNr() + ".",
                            "Mend the file: https://toml.io shows the syntax.")
                    .at(file + ":" + malformed.getLocation().getLineNr() + ":"
                            + malformed.getLocation().getColumnNr())
                    .exception();
        }
        return flat;
    }

    private static void add(Map<String, String> flat, String name, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry ->
                            add(flat, name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(), entry.getValue()));
        } else if (node.isArray()) {
            flat.put(
                    name,
                    StreamSupport.stream(node.spliterator(), false)
                            .map(JsonNode::asString)
                            .collect(Collectors.joining(",")));
        } else {
            flat.put(name, node.asString());
        }
    }
}
