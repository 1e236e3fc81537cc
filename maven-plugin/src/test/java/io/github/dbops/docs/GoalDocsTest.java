package io.github.dbops.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Each goal has a page in docs/goals, which names its parameters as the plugin's descriptor has them. */
class GoalDocsTest {

    private static final Path PAGES = Path.of("..", "docs", "goals");
    private static final Path DESCRIPTOR = Path.of("target", "classes", "META-INF", "maven", "plugin.xml");

    static List<String> goals() throws Exception {
        return mojos().map(GoalDocsTest::goal)
                .filter(goal -> !goal.equals("help"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("goals")
    void thePageListsEveryParameterWithItsNameAndDefault(String goal) throws Exception {
        assertThat(listed(goal)).isEqualTo(declared(goal));
    }

    @Test
    void everyPageIsOfAGoal() throws Exception {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            goals().stream().map(goal -> goal + ".md").toList());
        }
    }

    /** Property to name and default; a default in the page's own words, not a constant, is not in the descriptor. */
    private static Map<String, String> declared(String goal) throws Exception {
        Map<String, String> parameters = new TreeMap<>();
        NodeList settings = mojos().filter(mojo -> goal(mojo).equals(goal))
                .findFirst()
                .orElseThrow()
                .getElementsByTagName("configuration")
                .item(0)
                .getChildNodes();
        for (int i = 0; i < settings.getLength(); i++) {
            if (settings.item(i) instanceof Element setting
                    && setting.getTextContent().startsWith("${")) {
                String property = setting.getTextContent().replaceAll("[${}]", "");
                String fallback = setting.getAttribute("default-value");
                parameters.put(property, setting.getTagName() + (fallback.isEmpty() ? "" : " = " + fallback));
            }
        }
        assertThat(parameters).containsKeys("dbops.reports", "dbops.skip");
        return parameters;
    }

    private static Stream<Element> mojos() throws Exception {
        Document descriptor =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(DESCRIPTOR.toFile());
        NodeList mojos = descriptor.getElementsByTagName("mojo");
        return IntStream.range(0, mojos.getLength()).mapToObj(i -> (Element) mojos.item(i));
    }

    private static String goal(Element mojo) {
        return mojo.getElementsByTagName("goal").item(0).getTextContent();
    }

    private static Map<String, String> listed(String goal) throws IOException {
        Map<String, String> parameters = new TreeMap<>();
        Pattern.compile("(?m)^\\| `([\\w.]+)` \\| (.+?) \\| .+ \\| `(\\w+)` \\|$")
                .matcher(Files.readString(PAGES.resolve(goal + ".md")))
                .results()
                .forEach(row -> {
                    boolean constant = row.group(2).matches("`(true|false|PT\\w+|\\d+|[a-z]+(,[a-z]+)*)`");
                    parameters.put(
                            row.group(1),
                            row.group(3) + (constant ? " = " + row.group(2).replace("`", "") : ""));
                });
        return parameters;
    }
}
