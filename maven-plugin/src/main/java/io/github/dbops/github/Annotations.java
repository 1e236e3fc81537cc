package io.github.dbops.github;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the run's page shows at its top: what somebody must act on, and nothing else. Maven's own output cannot speak to
 * the runner, so they go to a file of complete workflow commands, one a line, which the step prints afterwards.
 *
 * @param errors one sentence or two each
 * @param warnings one sentence each
 */
public record Annotations(List<Annotation> errors, List<String> warnings) {

    /** The file's name in the folder for reports. */
    public static final String FILE = "github-annotations.txt";

    // The runner shows ten of a kind for a step, and cuts each at 4,096 characters.
    private static final int MOST = 9;
    private static final int LONGEST = 1_000;

    public Annotations {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /**
     * An error's annotation.
     *
     * @param title a code
     * @param text what failed and what to do
     */
    public record Annotation(String title, String text) {}

    /** The commands, a line each; no text of ours or of a database's can begin another one. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        errors.stream()
                .limit(MOST)
                .forEach(error -> lines.add("::error title=" + property(error.title()) + "::" + message(error.text())));
        more(lines, "error", errors.size());
        warnings.stream().limit(MOST).forEach(text -> lines.add("::warning title=dbops::" + message(text)));
        more(lines, "warning", warnings.size());
        return lines;
    }

    /**
     * Replaces the file.
     *
     * @throws IOException where it cannot be written
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        String text = lines().stream().map(line -> line + "\n").collect(Collectors.joining());
        Files.write(folder.resolve(FILE), text.getBytes(StandardCharsets.UTF_8));
    }

    private static void more(List<String> lines, String kind, int all) {
        if (all > MOST) {
            lines.add("::" + kind + " title=dbops::" + (all - MOST) + " more: see the job summary.");
        }
    }

    // https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
    private static String message(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return cut.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return message(text).replace(":", "%3A").replace(",", "%2C");
    }
}
