package io.github.dbops.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** docs/goals/sync.md names the goal's parameters as the plugin's descriptor has them. */
class GoalDocsTest {

    private static final Path PAGE = Path.of("..", "docs", "goals", "sync.md");
    private static final Path DESCRIPTOR = Path.of("target", "classes", "META-INF", "maven", "plugin.xml");

    @Test
    void thePageListsEveryParameterWithItsNameAndDefault() throws Exception {
        assertThat(listed()).isEqualTo(declared());
    }

    /** Property to name and default; a default in the page's own words, not a constant, is not in the descriptor. */
    private static Map<String, String> declared() throws Exception {
        Document descriptor =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(DESCRIPTOR.toFile());
        Map<String, String> parameters = new TreeMap<>();
        NodeList settings =
                sync(descriptor).getElementsByTagName("configuration").item(0).getChildNodes();
        for (int i = 0; i < settings.getLength(); i++) {
            if (settings.item(i) instanceof Element setting
                    && setting.getTextContent().startsWith("${")) {
                String property = setting.getTextContent().replaceAll("[${}]", "");
                String fallback = setting.getAttribute("default-value");
                parameters.put(property, setting.getTagName() + (fallback.isEmpty() ? "" : " = " + fallback));
            }
        }
        assertThat(parameters).containsKeys("plan", "dbops.skip");
        return parameters;
    }

    private static Element sync(Document descriptor) {
        NodeList goals = descriptor.getElementsByTagName("mojo");
        return IntStream.range(0, goals.getLength())
                .mapToObj(i -> (Element) goals.item(i))
                .filter(mojo -> mojo.getElementsByTagName("goal")
                        .item(0)
                        .getTextContent()
                        .equals("sync"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> listed() throws IOException {
        Map<String, String> parameters = new TreeMap<>();
        Pattern.compile("(?m)^\\| `([\\w.]+)` \\| (.+?) \\| .+ \\| `(\\w+)` \\|$")
                .matcher(Files.readString(PAGE))
                .results()
                .forEach(row -> {
                    boolean constant = row.group(2).matches("`(true|false|PT\\w+|\\d+|[a-z]+)`");
                    parameters.put(
                            row.group(1),
                            row.group(3) + (constant ? " = " + row.group(2).replace("`", "") : ""));
                });
        return parameters;
    }
}
