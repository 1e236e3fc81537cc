package io.github.dbops.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.github.Annotations.Annotation;
import io.github.dbops.testing.Property;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No text can say more to the runner than it was given to say. */
class RunnerPropertyTest {

    private static final List<String> PIECES =
            List.of("::", "error", "\n", "\r", "%0A", "%", ":", ",", "a", "<<", "=", "EOF", "##[", "\u2028");

    @Test
    void anAnnotationIsOneCommandWhichSaysTheText() {
        Property.forAll(500, random -> {
            String text = text(random);
            String line = new Annotations(List.of(new Annotation("DBOPS-1", text)), List.of())
                    .lines()
                    .get(0);

            assertThat(line).doesNotContain("\n", "\r").startsWith("::error title=DBOPS-1::");
            String message = line.substring("::error title=DBOPS-1::".length());
            assertThat(message.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%"))
                    .isEqualTo(text);
        });
    }

    @Test
    void anOutputIsOneValueWhichIsTheText(@TempDir Path folder) {
        Property.forAll(200, random -> {
            String text = text(random);
            Path file = folder.resolve("output");
            Files.deleteIfExists(file);

            new RunnerFile(file).outputs(Map.of("digest", text));

            String written = Files.readString(file);
            String delimiter = written.substring("digest<<".length(), written.indexOf('\n'));
            assertThat(written).isEqualTo("digest<<" + delimiter + "\n" + text + "\n" + delimiter + "\n");
            assertThat(text).doesNotContain(delimiter);
        });
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(8), 0, PIECES.size())
                .mapToObj(PIECES::get)
                .collect(Collectors.joining());
    }
}
