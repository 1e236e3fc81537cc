package io.github.dbops.migration.prisma;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the real Prisma CLI did, one step after the other; {@code it/prisma-oracle/README.md} says how it was recorded and
 * what each field means.
 *
 * @param name the fixture's file name
 * @param urlParameters what stands behind the {@code ?} of the URL
 * @param steps in order
 */
record RecordedScenario(String name, Map<String, String> urlParameters, List<Step> steps) {

    private static final Path FIXTURES = Path.of("src/test/resources/prisma/recorded");

    /** Every fixture, by name. */
    static List<RecordedScenario> all() {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            return files.sorted().map(RecordedScenario::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** What happens next. */
    sealed interface Step {}

    /** Files are written; paths are below the project directory. */
    record Write(Map<String, byte[]> files) implements Step {}

    /** An empty directory is made. */
    record MakeDirectory(String path) implements Step {}

    /** A file or a whole directory goes. */
    record Remove(String path) implements Step {}

    /** SQL runs in the scenario's database. */
    record Sql(String text) implements Step {}

    /** Somebody else takes a session-level advisory lock. */
    record Lock(long key) implements Step {}

    /** That session ends. */
    record Unlock(long key) implements Step {}

    /** The database goes. */
    record DropDatabase() implements Step {}

    /**
     * Commands run, all at once where there are several.
     *
     * @param commands at least one
     * @param verdicts one for each; of several, in no order
     * @param seen what is in the database afterwards
     */
    record Run(List<Command> commands, List<Verdict> verdicts, Seen seen) implements Step {}

    /**
     * A command.
     *
     * @param word {@code status}, {@code deploy} or {@code resolve}
     * @param applied what {@code --applied} says
     * @param rolledBack what {@code --rolled-back} says
     * @param unreachable its URL names a port at which nobody listens
     */
    record Command(
            String word, @Nullable String applied, @Nullable String rolledBack, boolean unreachable) {}

    /**
     * How a command ended.
     *
     * @param exit 0 or 1
     * @param code Prisma's code; null where it gave none
     */
    record Verdict(int exit, @Nullable String code) {}

    /**
     * What is in a database.
     *
     * @param databaseExists whether there is one at all
     * @param schemas but the system's
     * @param histories by schema, the rows of a history table by their start, each as {@code column=value} words
     * @param relations tables, indexes, views… with their kind
     * @param tables by schema, the columns and constraints of a history table, a line each
     */
    record Seen(
            boolean databaseExists,
            List<String> schemas,
            Map<String, List<String>> histories,
            List<String> relations,
            Map<String, List<String>> tables) {}

    private static RecordedScenario read(Path file) {
        Map<String, @Nullable Object> fixture = JsonTree.object(file);
        Map<String, String> parameters = new LinkedHashMap<>();
        if (fixture.containsKey("urlParameters")) {
            map(fixture, "urlParameters").forEach((key, value) -> parameters.put(key, String.valueOf(value)));
        }
        List<Step> steps = new ArrayList<>();
        Seen last = new Seen(true, List.of(), Map.of(), List.of(), Map.of());
        for (Map<String, @Nullable Object> step : maps(fixture, "steps")) {
            Step read = step(step, last);
            steps.add(read);
            if (read instanceof Run run) {
                last = run.seen();
            }
        }
        return new RecordedScenario(text(fixture, "scenario"), parameters, List.copyOf(steps));
    }

    private static Step step(Map<String, @Nullable Object> step, Seen last) {
        return switch (step.keySet().iterator().next()) {
            case "write" -> new Write(files(map(step, "write")));
            case "directory" -> new MakeDirectory(text(step, "directory"));
            case "remove" -> new Remove(text(step, "remove"));
            case "sql" -> new Sql(text(step, "sql"));
            case "lock" -> new Lock((Long) there(step, "lock"));
            case "unlock" -> new Unlock((Long) there(step, "unlock"));
            case "dropDatabase" -> new DropDatabase();
            case "command" -> new Run(List.of(command(step)), List.of(verdict(step)), seen(step, last));
            case "together" ->
                new Run(
                        maps(step, "together").stream()
                                .map(RecordedScenario::command)
                                .toList(),
                        maps(step, "results").stream()
                                .map(RecordedScenario::verdict)
                                .toList(),
                        seen(step, last));
            default -> throw new IllegalStateException("a step of no known kind: " + step.keySet());
        };
    }

    private static Map<String, byte[]> files(Map<String, @Nullable Object> files) {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        files.forEach((path, content) -> bytes.put(
                path,
                content instanceof String text
                        ? text.getBytes(StandardCharsets.UTF_8)
                        : Base64.getDecoder().decode(text(map(files, path), "base64"))));
        return bytes;
    }

    private static Command command(Map<String, @Nullable Object> step) {
        return new Command(
                text(step, "command"),
                (String) step.get("applied"),
                (String) step.get("rolledBack"),
                "unreachable".equals(step.get("server")));
    }

    private static Verdict verdict(Map<String, @Nullable Object> step) {
        return new Verdict(((Long) there(step, "exit")).intValue(), (String) step.get("code"));
    }

    private static Seen seen(Map<String, @Nullable Object> step, Seen last) {
        if (step.containsKey("sameAsBefore")) {
            return last;
        }
        Map<String, List<String>> histories = new LinkedHashMap<>();
        Map<String, @Nullable Object> recorded = map(step, "histories");
        recorded.keySet()
                .forEach(schema -> histories.put(
                        schema,
                        maps(recorded, schema).stream()
                                .map(RecordedScenario::words)
                                .toList()));
        Map<String, List<String>> tables = new LinkedHashMap<>(last.tables());
        tables.keySet().retainAll(histories.keySet());
        if (step.containsKey("newTables")) {
            Map<String, @Nullable Object> added = map(step, "newTables");
            added.keySet().forEach(schema -> tables.put(schema, table(map(added, schema))));
        }
        return new Seen(
                !Boolean.FALSE.equals(step.get("databaseExists")),
                texts(step, "schemas"),
                histories,
                texts(step, "relations"),
                tables);
    }

    private static List<String> table(Map<String, @Nullable Object> table) {
        return Stream.of(
                        maps(table, "columns").stream().map(RecordedScenario::words),
                        maps(table, "constraints").stream().map(RecordedScenario::words),
                        texts(table, "indexes").stream())
                .flatMap(lines -> lines)
                .toList();
    }

    private static String words(Map<String, @Nullable Object> values) {
        return String.join(
                " ",
                values.entrySet().stream()
                        .map(value -> value.getKey() + "=" + value.getValue())
                        .toList());
    }

    private static Object there(Map<String, @Nullable Object> object, String key) {
        return Objects.requireNonNull(object.get(key), key);
    }

    private static String text(Map<String, @Nullable Object> object, String key) {
        return (String) there(object, key);
    }

    private static List<String> texts(Map<String, @Nullable Object> object, String key) {
        return ((List<?>) there(object, key)).stream().map(String.class::cast).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(Map<String, @Nullable Object> object, String key) {
        return (Map<String, @Nullable Object>) there(object, key);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> maps(Map<String, @Nullable Object> object, String key) {
        return (List<Map<String, @Nullable Object>>) there(object, key);
    }
}
