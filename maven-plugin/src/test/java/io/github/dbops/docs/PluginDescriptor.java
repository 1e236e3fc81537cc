package io.github.dbops.docs;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * The plugin's goals and the properties that each takes, as Maven knows them.
 *
 * @param goals by name
 */
record PluginDescriptor(Map<String, Set<String>> goals) {

    private static final Path FILE = Path.of("target", "classes", "META-INF", "maven", "plugin.xml");

    /** Reads what the build has written. */
    static PluginDescriptor read() throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(FILE.toFile());
        Map<String, Set<String>> goals = new HashMap<>();
        NodeList mojos = document.getElementsByTagName("mojo");
        for (int i = 0; i < mojos.getLength(); i++) {
            Element mojo = (Element) mojos.item(i);
            goals.put(mojo.getElementsByTagName("goal").item(0).getTextContent(), properties(mojo));
        }
        return new PluginDescriptor(goals);
    }

    /** The properties of a goal; empty where there is no such goal. */
    Optional<Set<String>> of(String goal) {
        return Optional.ofNullable(goals.get(goal));
    }

    /** The properties of all goals. */
    Set<String> properties() {
        return goals.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> properties(Element mojo) {
        Node configuration = mojo.getElementsByTagName("configuration").item(0);
        if (configuration == null) {
            return Set.of();
        }
        NodeList settings = configuration.getChildNodes();
        return IntStream.range(0, settings.getLength())
                .mapToObj(i -> settings.item(i).getTextContent())
                .filter(text -> text.startsWith("${"))
                .map(text -> text.replaceAll("[${}]", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
