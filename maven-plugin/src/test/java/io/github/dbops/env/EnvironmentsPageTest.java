package io.github.dbops.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.env.DatabaseUrl.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page for users says what the code does. */
class EnvironmentsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "environments.md");

    @Test
    void showsEnvFilesThatCanBeRead() throws IOException {
        List<String> files = Pattern.compile("```sh\n(# \\.env\\.production.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(files).hasSize(2).allSatisfy(text -> {
            DotenvFile file = DotenvFile.parse(text, ".env.production", Map.of());
            for (String name : List.of("DIRECT_URL", "DATABASE_URL")) {
                DotenvFile.Variable variable = file.find(name).orElseThrow();
                Server server = (Server) DatabaseUrlReader.read(variable.value(), Path.of(""));
                assertThat(variable.dangling()).isFalse();
                assertThat(server.warnings()).isEmpty();
                assertThat(server.pooled()).isEqualTo(name.equals("DATABASE_URL"));
            }
        });
    }

    @Test
    void showsUrlsThatCanBeRead() throws IOException {
        Set<String> urls = Pattern.compile("(postgresql://|jdbc:postgresql:|embedded:)[^\\s'`\"$]{9,}")
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group())
                .filter(url -> !url.endsWith("app:"))
                .collect(Collectors.toSet());
        assertThat(urls).hasSizeGreaterThan(8).allSatisfy(url -> DatabaseUrlReader.read(Secret.of(url), Path.of("")));
    }

    @Test
    void namesEveryRolesSettings() throws IOException {
        String page = Files.readString(PAGE);
        for (DatabaseRole role : DatabaseRole.values()) {
            assertThat(page)
                    .contains("`" + role.urlProperty() + "`", "`" + role.variable() + "`")
                    .contains("`" + role.serverProperty() + "`", "`" + role.envFileProperty() + "`");
        }
    }
}
