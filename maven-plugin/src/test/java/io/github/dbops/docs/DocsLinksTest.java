package io.github.dbops.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.dbops.sync.plan.PlanFile;
import io.github.dbops.sync.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages point at is there, and the plans that they show can be read. */
class DocsLinksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

    static Stream<Path> pages() throws IOException {
        return Pages.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyRelativeLinkLeadsSomewhere(Path page) {
        String prose = Pages.FENCE.matcher(Pages.read(page)).replaceAll("").replaceAll("`[^`\n]*`", "");
        Set<String> broken = new TreeSet<>();
        LINK.matcher(prose)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .filter(link -> !leadsSomewhere(page, link))
                .forEach(broken::add);
        assertThat(broken).as(page.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPlanThatAPageShowsCanBeRead(Path page, @TempDir Path folder) {
        List<String> plans = Pages.FENCE
                .matcher(Pages.read(page))
                .results()
                .filter(fence -> fence.group(1).equals("json") && fence.group(2).contains("\"tables\""))
                .map(fence -> fence.group(2))
                .toList();
        assertThat(plans).allSatisfy(plan -> {
            Files.writeString(folder.resolve("sync-plan.json"), plan);
            assertThatNoException().isThrownBy(() -> PlanReader.read(PlanFile.locate(folder, Optional.empty())));
        });
    }

    @Test
    void theFirstPagesShowPlansAndLinks() throws IOException {
        assertThat(pages()).contains(Path.of("README.md"), Path.of("docs/errors.md"), Path.of("docs/goals/sync.md"));
        assertThat(Pages.read(Path.of("docs/sync-plan.md")))
                .containsPattern(Pages.FENCE)
                .containsPattern(LINK);
        assertThat(leadsSomewhere(Path.of("README.md"), "docs/nowhere.md")).isFalse();
        assertThat(leadsSomewhere(Path.of("README.md"), "docs/security.md#nowhere"))
                .isFalse();
        assertThat(Pages.read(Path.of("README.md")).lines()).hasSizeLessThanOrEqualTo(150);
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page
                : ROOT.relativize(ROOT.resolve(page).resolveSibling(parts[0]).normalize());
        return Files.exists(ROOT.resolve(target))
                && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** As GitHub makes them: lower case, blanks to hyphens, punctuation gone, repetitions numbered. */
    private static Set<String> anchors(Path page) {
        String prose = Pages.FENCE.matcher(Pages.read(page)).replaceAll("");
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new TreeSet<>();
        Pattern.compile("(?m)^#+ (.+)$").matcher(prose).results().forEach(heading -> {
            String anchor = heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .replace(' ', '-');
            int times = seen.merge(anchor, 1, Integer::sum);
            anchors.add(times == 1 ? anchor : anchor + "-" + (times - 1));
        });
        return anchors;
    }
}
