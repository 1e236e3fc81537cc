package io.github.dbops.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The runbook and its Russian twin say the same. */
class RunbookTest {

    private final String english = Pages.read(Path.of("docs/runbook.md"));
    private final String russian = Pages.read(Path.of("docs/runbook.ru.md"));

    @Test
    void bothHaveTheSameHeadingsListsAndParagraphsInTheSameOrder() {
        List<String> structure = structure(english);
        assertThat(structure(russian)).isEqualTo(structure);
        assertThat(structure).contains("##", "###", "- [ ]", "|").hasSizeGreaterThan(150);
    }

    @Test
    void bothShowTheSameCommandsFilesAndQueries() {
        assertThat(Pages.blocks(russian)).isEqualTo(Pages.blocks(english)).hasSizeGreaterThan(30);
    }

    @Test
    void bothNameTheSameCodesPropertiesAndStates() {
        assertThat(literals(russian)).containsExactlyInAnyOrderElementsOf(literals(english));
        assertThat(literals(english)).contains("`missing`", "DBOPS-306", "`migrate-deploy`");
    }

    @Test
    void theScriptsOfPackageJsonCallTheGoalsByTheirWholeNames() {
        List<String> scripts = Pattern.compile("(?m)^ {4}\"(db:[\\w:-]+)\": \"(.*?)\",?$")
                .matcher(english)
                .results()
                .map(script -> script.group(2))
                .toList();
        assertThat(scripts)
                .hasSize(8)
                .allSatisfy(
                        script -> assertThat(script).matches("mvn -ntp io\\.github\\.dbops:dbops-maven-plugin:\\S+.*"));
    }

    @Test
    void everyJsonThatItShowsIsJson() {
        List<String> shown = Pages.FENCE
                .matcher(english)
                .results()
                .filter(block -> block.group(1).equals("json"))
                .map(block -> block.group(2))
                .toList();
        assertThat(shown).hasSize(3).allSatisfy(RunbookTest::parse);
    }

    private static void parse(String json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                parser.skipChildren();
            }
        }
    }

    /** What stands at each line's beginning, outside of blocks: a heading's level, a list, a paragraph. */
    private static List<String> structure(String page) {
        return Pages.FENCE
                .matcher(page)
                .replaceAll("|")
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.matches("(#+|- \\[ ]|-|\\d\\.|\\|).*")
                        ? line.replaceAll("^(#+|- \\[ ]|-|\\d\\.|\\|).*", "$1")
                        : "text")
                .toList();
    }

    private static List<String> literals(String page) {
        return Pattern.compile("`[^`\n]+`|DBOPS-\\d+|\\bP\\d{4}\\b")
                .matcher(Pages.FENCE.matcher(page).replaceAll(""))
                .results()
                .map(literal -> literal.group())
                .toList();
    }
}
