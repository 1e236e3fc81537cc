package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected texts as files; {@code -Ddbops.golden=rewrite} makes them what the code says now. */
final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    /** Whether what the code says now becomes what is expected. */
    static boolean isRewritten() {
        return "rewrite".equals(System.getProperty("dbops.golden"));
    }

    static void assertSame(String file, String actual) throws IOException {
        Path golden = FOLDER.resolve(file);
        if (isRewritten()) {
            Files.createDirectories(golden.resolveSibling("."));
            Files.writeString(golden, actual);
        }
        assertThat(golden)
                .as("golden file; where the new text is better: mvn test -Ddbops.golden=rewrite")
                .exists();
        assertThat(actual)
                .as(
                        "%s; where the new text is better: mvn test -Ddbops.golden=rewrite, and review the difference",
                        file)
                .isEqualTo(Files.readString(golden));
    }
}
