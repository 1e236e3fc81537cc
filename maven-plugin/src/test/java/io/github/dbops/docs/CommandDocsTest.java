package io.github.dbops.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that the pages show are such as the plugin understands. */
class CommandDocsTest {

    private static final Pattern GOAL = Pattern.compile(
            "\\bmvn\\b[^`\"|\n]*?(?:(?<![.\\w])dbops|dbops-maven-plugin:[^:\\s]+):([a-z-]+)\\b([^`\"|\n]*)");
    private static final Pattern PROPERTY = Pattern.compile("(?<![\\w-])-D([A-Za-z][\\w.]*\\w)");

    private final PluginDescriptor descriptor = PluginDescriptor.read();

    CommandDocsTest() throws Exception {}

    static Stream<Path> pages() throws IOException {
        return Pages.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyGoalThatAPageCallsExistsAndTakesTheProperties(Path page) {
        assertThat(mistakes(Pages.read(page))).as(page.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void theRunbooksNameNoPropertyThatNoGoalTakes(Path page) {
        Set<String> named = new TreeSet<>();
        PROPERTY.matcher(Pages.read(page)).results().forEach(property -> named.add(property.group(1)));
        named.removeIf(property -> property.startsWith("flyway."));
        assertThat(descriptor.properties()).containsAll(named);
        assertThat(named).contains("envFile", "rolledBack", "dbops.waitForLock");
    }

    static Stream<Path> runbooks() {
        return Stream.of(Path.of("docs/runbook.md"), Path.of("docs/runbook.ru.md"));
    }

    @Test
    void seesWhatIsWrong() {
        PluginDescriptor one = new PluginDescriptor(Map.of("sync", Set.of("apply")));
        assertThat(mistakes("mvn dbops:sync -Dapply -Dflyway.x=1", one)).isEmpty();
        assertThat(mistakes("mvn g:dbops-maven-plugin:1:sync -Daply", one)).containsExactly("sync -Daply");
        assertThat(mistakes("`mvn dbops:synk`", one)).containsExactly("synk");
    }

    private Set<String> mistakes(String page) {
        return mistakes(page, descriptor);
    }

    private static Set<String> mistakes(String page, PluginDescriptor descriptor) {
        Set<String> mistakes = new TreeSet<>();
        // A command may go on in the next line.
        GOAL.matcher(page.replaceAll("\\\\\n", "")).results().forEach(call -> {
            String goal = call.group(1);
            List<String> properties = PROPERTY.matcher(call.group(2))
                    .results()
                    .map(property -> property.group(1))
                    .filter(property -> !property.startsWith("flyway."))
                    .toList();
            descriptor
                    .of(goal)
                    .ifPresentOrElse(
                            known -> properties.stream()
                                    .filter(property -> !known.contains(property))
                                    .forEach(property -> mistakes.add(goal + " -D" + property)),
                            () -> mistakes.add(goal));
        });
        return mistakes;
    }
}
