package io.github.dbops.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.testing.Property;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DotenvFilePropertyTest {

    private static final String ALPHABET = "aZ0_ \t\n\\\"'`$#{}=:-@/é";
    private static final List<String> PIECES = List.of(
            "A", "B=", "=", "\n", "\r\n", " ", "#", "'", "\"", "`", "\\", "$", "${", "}", ":-", "export ", "hunter2");

    @Test
    void readsBackWhatIsWrittenInDoubleQuotes() {
        Property.forAll(2_000, random -> {
            String value = text(random);
            String written = value.replace("\\", "\\\\")
                    .replace("\"", "\\\"")
                    .replace("$", "\\$")
                    .replace("\t", "\\t")
                    .replace("\n", random.nextBoolean() ? "\\n" : "\n");
            assertThat(read("X=1\nA=\"" + written + "\" # x\nY=2")).isEqualTo(value);
        });
    }

    @Test
    void readsBackWhatIsWrittenInSingleQuotesOrBackticks() {
        Property.forAll(2_000, random -> {
            String quote = random.nextBoolean() ? "'" : "`";
            String value = text(random).replace(quote, "");
            assertThat(read("A=" + quote + value + quote)).isEqualTo(value);
        });
    }

    @Test
    void readsBackAReferenceToAnyValue() {
        Property.forAll(2_000, random -> {
            String value = text(random);
            String reference = List.of("$V", "${V}", "\"$V\"", "${V-x}").get(random.nextInt(4));
            DotenvFile file = DotenvFile.parse("A=" + reference, "f", Map.of("V", value));
            assertThat(file.find("A").orElseThrow().value().reveal()).isEqualTo(value);
        });
    }

    @Test
    void meansTheSameWithWindowsLineEndsAndByteOrderMark() {
        Property.forAll(2_000, random -> {
            String text = pieces(random).replace("\r", "");
            assertThat(outcome("\uFEFF" + text.replace("\n", "\r\n"))).isEqualTo(outcome(text));
        });
    }

    @Test
    void eitherReadsAFileOrSaysWhereItIsMalformedWithoutItsText() {
        Property.forAll(5_000, random -> {
            String text = pieces(random);
            try {
                DotenvFile.parse(text, "f", Map.of());
            } catch (ProblemException e) {
                assertThat(e.problems()).extracting(Problem::code).containsOnly(Code.ENV_FILE_MALFORMED);
                assertThat(e.problems()).allSatisfy(p -> assertThat(p.where()).matches("f:[1-9][0-9]*:[1-9][0-9]*"));
                assertThat(e.problems().toString() + e).doesNotContain("hunter2");
            }
        });
    }

    private static String outcome(String text) {
        try {
            DotenvFile file = DotenvFile.parse(text, "f", Map.of());
            StringBuilder values = new StringBuilder();
            for (String name : file.names()) {
                DotenvFile.Variable variable = file.find(name).orElseThrow();
                values.append(name).append(variable.value().reveal()).append(variable.line());
            }
            return values.toString();
        } catch (ProblemException e) {
            return e.problems().toString();
        }
    }

    private static String read(String text) {
        return DotenvFile.parse(text, "f", Map.of())
                .find("A")
                .orElseThrow()
                .value()
                .reveal();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static String pieces(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(14); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
