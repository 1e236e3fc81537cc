package io.github.dbops.github;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;

/**
 * A file through which a step speaks to the runner.
 *
 * @param path where GITHUB_OUTPUT or GITHUB_STEP_SUMMARY points
 * @see <a href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">Workflow
 *     commands</a>
 */
public record RunnerFile(Path path) {

    // Beyond it the runner drops the step's summary as a whole.
    private static final long MOST_SUMMARY_BYTES = 1_048_576;

    /**
     * Adds outputs. A value may hold anything: the delimiter around it cannot be guessed.
     *
     * @throws IOException where the file cannot be written
     */
    public void outputs(Map<String, String> values) throws IOException {
        StringBuilder lines = new StringBuilder();
        values.forEach((name, value) -> {
            String delimiter = "dbops_" + UUID.randomUUID();
            lines.append(name).append("<<").append(delimiter).append('\n');
            lines.append(value).append('\n').append(delimiter).append('\n');
        });
        append(lines.toString());
    }

    /**
     * Adds to the job summary, where there is room for it.
     *
     * @return whether there was
     * @throws IOException where the file cannot be written
     */
    public boolean summary(String markdown) throws IOException {
        String text = markdown.endsWith("\n") ? markdown : markdown + "\n";
        long before = Files.exists(path) ? Files.size(path) : 0;
        if (before + text.getBytes(StandardCharsets.UTF_8).length > MOST_SUMMARY_BYTES) {
            return false;
        }
        append(text);
        return true;
    }

    private void append(String text) throws IOException {
        // Not readString's strict encoder: half a surrogate must not cost the outputs.
        Files.write(path, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
