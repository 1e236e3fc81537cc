package io.github.dbops.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("file");
    }

    @Test
    void writesAnOutputThatNoValueCanBreakOutOf() throws IOException {
        new RunnerFile(file).outputs(Map.of("digest", "EOF\nforged=1\nforged<<EOF"));

        List<String> lines = Files.readAllLines(file);
        String delimiter = lines.get(0).substring("digest<<".length());
        assertThat(delimiter).matches("dbops_[0-9a-f-]{36}");
        assertThat(lines).containsExactly("digest<<" + delimiter, "EOF", "forged=1", "forged<<EOF", delimiter);
    }

    @Test
    void choosesANewDelimiterForEachValue() throws IOException {
        new RunnerFile(file).outputs(Map.of("a", ""));
        new RunnerFile(file).outputs(Map.of("a", ""));

        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).isNotEqualTo(lines.get(3));
    }

    @Test
    void addsToASummaryUpToTheRunnersLimit() throws IOException {
        Files.writeString(file, "x".repeat(1_048_576 - 3));

        assertThat(new RunnerFile(file).summary("\u00e9a")).isFalse();
        assertThat(new RunnerFile(file).summary("\u00e9")).isTrue();
        assertThat(Files.size(file)).isEqualTo(1_048_576);
    }
}
