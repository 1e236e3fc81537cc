package io.github.dbops.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotenvFileTest {

    @Test
    void readsPlainValuesAndSkipsCommentsAndEmptyLines() {
        String text = """
                # a comment
                A=1

                  export B = two words \s
                C=x=y=z
                EMPTY=
                D.e-f: yaml
                export=me
                """;
        assertThat(value(text, "A")).isEqualTo("1");
        assertThat(value(text, "B")).isEqualTo("two words");
        assertThat(value(text, "C")).isEqualTo("x=y=z");
        assertThat(value(text, "EMPTY")).isEmpty();
        assertThat(value(text, "D.e-f")).isEqualTo("yaml");
        assertThat(value(text, "export")).isEqualTo("me");
    }

    @Test
    void endsAnUnquotedValueAtANumberSignAfterSpaceOnly() {
        assertThat(value("A=x # comment", "A")).isEqualTo("x");
        assertThat(value("A=x#y", "A")).isEqualTo("x#y");
        assertThat(value("A=#fff", "A")).isEqualTo("#fff");
        assertThat(value("A= # comment", "A")).isEmpty();
    }

    @Test
    void allowsACommentAfterAQuotedValue() {
        assertThat(value("A='x' # comment", "A")).isEqualTo("x");
        assertThat(value("A=\"x\"# comment", "A")).isEqualTo("x");
    }

    @Test
    void takesSingleQuotesAndBackticksLiterally() {
        assertThat(value("A='$B ${C} \\n \" # x'", "A")).isEqualTo("$B ${C} \\n \" # x");
        assertThat(value("A=`it's $B \"x\"`", "A")).isEqualTo("it's $B \"x\"");
        assertThat(value("A='one\ntwo'", "A")).isEqualTo("one\ntwo");
    }

    @Test
    void resolvesEscapesInDoubleQuotesOnly() {
        assertThat(value("A=\"\\n\\r\\t\\\\\\\"\\$B\\x\"", "A")).isEqualTo("\n\r\t\\\"$B\\x");
        assertThat(value("A=a\\nb\\\\c", "A")).isEqualTo("a\\nb\\\\c");
    }

    @Test
    void spansLinesInDoubleQuotesAndCountsThem() {
        DotenvFile file = parse("KEY=\"-----BEGIN\nabc=\n-----END\"\nNEXT=1\n", Map.of());
        assertThat(file.find("KEY").orElseThrow().value().reveal()).isEqualTo("-----BEGIN\nabc=\n-----END");
        assertThat(file.find("NEXT").orElseThrow().line()).isEqualTo(4);
    }

    @Test
    void letsTheLastDefinitionWin() {
        assertThat(value("A=1\nA=2\n", "A")).isEqualTo("2");
    }

    @Test
    void readsWindowsFilesWithByteOrderMark() {
        assertThat(value("\uFEFFA=1\r\nB=\"x\r\ny\"\r\n", "A")).isEqualTo("1");
        assertThat(value("\uFEFFA=1\r\nB=\"x\r\ny\"\r\n", "B")).isEqualTo("x\ny");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "${HOST}:5432, db:5432",
                "$HOST:5432, db:5432",
                "\"${HOST}\", db",
                "${NONE:-x}, x",
                "${NONE-x}, x",
                "${BLANK:-x}, x",
                "${BLANK-x}, ||",
                "${HOST:-x}, db",
                "${NONE:-${HOST}}, db",
                "${NONE:-${NONE:-y}}z, yz",
                "\\${HOST}, ${HOST}",
                "\\$HOST, $HOST",
                "\"\\${HOST}\", ${HOST}",
                "$$ $1 $, $$ $1 $",
                "${FROM_PROCESS}, process",
            })
    void replacesReferences(String written, String meant) {
        String text = "HOST=db\nBLANK=\nA=" + written + "\n";
        assertThat(parse(text, Map.of("FROM_PROCESS", "process"))
                        .find("A")
                        .orElseThrow()
                        .value()
                        .reveal())
                .isEqualTo(meant);
    }

    @Test
    void prefersTheFilesOwnVariableToTheProcess() {
        DotenvFile file = parse("HOST=production\nA=$HOST", Map.of("HOST", "localhost"));
        assertThat(file.find("A").orElseThrow().value().reveal()).isEqualTo("production");
    }

    @Test
    void doesNotReplaceWithinWhatAReferenceBecame() {
        DotenvFile file = parse("A=$B", Map.of("B", "${C}", "C", "no"));
        assertThat(file.find("A").orElseThrow().value().reveal()).isEqualTo("${C}");
    }

    @Test
    void marksAReferenceToNothing() {
        DotenvFile file = parse("A=x$NONE\nB=${NONE:-}", Map.of());
        assertThat(file.find("A").orElseThrow().dangling()).isTrue();
        assertThat(file.find("B").orElseThrow().dangling()).isFalse();
    }

    @Test
    void reportsEveryMalformedLineWithItsPlaceAndWithoutItsText() {
        ProblemException thrown = malformed("""
                OK=1
                hunter2 is no definition
                A="hunter2" hunter2
                =hunter2
                B=${hunter2
                C=${hunter2:?hunter2}
                D='fine'
                E="hunter2
                """);
        assertThat(thrown.problems())
                .extracting(Problem::where)
                .containsExactly(".env:2:9", ".env:3:13", ".env:4:1", ".env:5:3", ".env:6:12", ".env:8:3");
        assertThat(thrown.problems()).extracting(Problem::code).containsOnly(Code.ENV_FILE_MALFORMED);
        assertThat(thrown.problems())
                .extracting(Problem::why)
                .containsExactly(
                        "Expected '=' after the variable's name.",
                        "Expected the end of the line or a comment:"
                                + " the value that begins with the quote at 3:3 ends before this.",
                        "Expected a variable's name: letters, digits, '_', '.' and '-'.",
                        "Expected '}' to close this '${'. A dollar sign itself is written \\$.",
                        "Expected '}' or ':-' after the name in '${'. A dollar sign itself is written \\$.",
                        "Expected a closing quote: the value that begins here has none.");
        assertThat(thrown.problems().toString() + thrown.getMessage()).doesNotContain("hunter2");
    }

    @Test
    void goesOnAfterAMultiLineValueWithABrokenReference() {
        ProblemException thrown = malformed("A=\"${B\nhunter2\n\"\nC\n");
        assertThat(thrown.problems()).extracting(Problem::where).containsExactly(".env:1:4", ".env:4:2");
    }

    @Test
    void saysThatAFileIsMissing(@TempDir Path directory) {
        ProblemException thrown = catchThrowableOfType(
                ProblemException.class, () -> DotenvFile.read(directory.resolve("none"), "conf/none", Map.of()));
        assertThat(thrown.first().code()).isEqualTo(Code.ENV_FILE_MISSING);
        assertThat(thrown.first().where()).isEqualTo("conf/none");
        assertThat(thrown.first().why()).contains("There is no such file.");
    }

    @Test
    void saysWhereAFileIsNotUtf8(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("x"), "A=1\nB=\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        ProblemException thrown =
                catchThrowableOfType(ProblemException.class, () -> DotenvFile.read(file, "x", Map.of()));
        assertThat(thrown.first().code()).isEqualTo(Code.ENV_FILE_MALFORMED);
        assertThat(thrown.first().where()).isEqualTo("x:2:3");
    }

    @Test
    void showsNamesButNoValues(@TempDir Path directory) throws IOException {
        Path path = Files.writeString(directory.resolve("x"), "B=hunter2\nA=hunter2\n");
        DotenvFile file = DotenvFile.read(path, "x", Map.of());
        assertThat(file).hasToString("x [A, B]");
        assertThat(file.find("A").orElseThrow().toString()).doesNotContain("hunter2");
    }

    private static DotenvFile parse(String text, Map<String, String> environment) {
        return DotenvFile.parse(text, ".env", environment);
    }

    private static String value(String text, String name) {
        return parse(text, Map.of()).find(name).orElseThrow().value().reveal();
    }

    private static ProblemException malformed(String text) {
        return catchThrowableOfType(ProblemException.class, () -> parse(text, Map.of()));
    }
}
