package io.github.dbops.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.report.ProblemText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/errors.md has an entry for each code, and each entry shows a message as it is written. */
class ErrorDocsTest {

    private static final Path PAGE = Path.of("..", "docs", "errors.md");
    private static final String SOURCES = sources(Path.of("src", "main", "java"));

    @Test
    void everyCodeHasOneEntryInTheCodesOrder() throws IOException {
        List<String> headings = Pattern.compile("(?m)^## (DBOPS-.*)$")
                .matcher(Files.readString(PAGE))
                .results()
                .map(heading -> heading.group(1))
                .toList();
        assertThat(headings)
                .containsExactlyElementsOf(Arrays.stream(Code.values())
                        .map(code -> code.id() + " " + code.name())
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void anEntrySaysItsKindAndPrismasCode(Code code) throws IOException {
        String entry = entry(code);
        assertThat(entry.toLowerCase(Locale.ROOT)).startsWith(code.kind().name().toLowerCase(Locale.ROOT) + ". ");
        assertThat(entry.contains("Prisma's code")).isEqualTo(code.prismaCode().isPresent());
        code.prismaCode().ifPresent(prisma -> assertThat(entry).contains("Prisma's code: `" + prisma + "`."));
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void anEntryIsReservedExactlyWhereNothingReportsItsCode(Code code) throws IOException {
        // A switch over codes reports none by itself.
        Pattern used = Pattern.compile("(?<!case )\\b" + code.name() + "\\b");
        assertThat(entry(code).contains("Reserved:"))
                .isEqualTo(!used.matcher(SOURCES).find());
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void anEntryShowsAMessageAsItIsWritten(Code code) throws IOException {
        String entry = entry(code);
        if (entry.contains("Reserved:")) {
            return;
        }
        String example = entry.substring(entry.indexOf("```text\n") + 8, entry.indexOf("\n```\n"));
        assertThat("\n" + example + "\n\nSee docs/errors.md: " + code.id())
                .isEqualTo(ProblemText.of(List.of(problem(code, example))));
        assertThat(entry).contains("- **Causes:** ", "- **What to do:** ");
    }

    /** What a message was written from. */
    private static Problem problem(Code code, String message) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        List<String> field = new ArrayList<>();
        for (String line : message.lines().toList()) {
            if (!line.startsWith(" ".repeat(9))) {
                field = new ArrayList<>();
                fields.put(line.substring(0, Math.min(9, line.length())).strip(), field);
            }
            field.add(line.substring(line.startsWith("DBOPS-") ? 11 : 9));
        }
        Function<String, String> text = label -> String.join("\n", fields.getOrDefault(label, List.of()));
        return new Problem(
                code,
                text.apply(code.id()),
                fields.containsKey("Where:") ? text.apply("Where:") : null,
                text.apply("Why:"),
                fields.containsKey("State:") ? text.apply("State:") : null,
                fields.getOrDefault("Next:", List.of()),
                fields.getOrDefault("Rows:", List.of()));
    }

    private static String entry(Code code) throws IOException {
        return Pattern.compile("(?ms)^## " + code.id() + " .*?\n\n(.*?)(?=^## |\\z)")
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult entry) -> entry.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static String sources(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("problem/Code.java"))
                    .map(ErrorDocsTest::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
