package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "public.order_items ~ `public.order_items`",
                "@octocat           ~ `@octocat`",
                "#1                 ~ `#1`",
                "https://x.example  ~ `https://x.example`",
                "<b>&amp;           ~ `<b>&amp;`",
                "**x** __y__        ~ `**x** __y__`",
                "a|b                ~ <code>a&#124;b</code>",
                "a`b``c             ~ <code>a&#96;b&#96;&#96;c</code>",
                "a\\|b              ~ <code>a&#92;&#124;b</code>",
                "www.a|me@b.example ~ <code>www&#46;<!-- -->a&#124;me&#64;<!-- -->b.example</code>",
                "https://x|y        ~ <code>https&#58;<!-- -->//x&#124;y</code>",
                "</code>`           ~ <code>&#60;/code&#62;&#96;</code>",
            })
    void setsNamesAndValuesAsCode(String data, String markdown) {
        assertThat(MarkdownText.code(data, 100)).isEqualTo(markdown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            quoteCharacter = '\0',
            value = {
                "Table \"Order*\", column total_cents. ^ Table \"`Order*`\", column `total_cents`.",
                "Ask @octocat (see #1, GH-12).         ^ Ask `@octocat` (see `#1`, `GH-12`).",
                "It is https://x.example/a now!        ^ It is `https://x.example/a` now!",
                "at plan.json:14:7: no                 ^ at `plan.json:14:7`: no",
                "Look :tada: here                      ^ Look `:tada`: here",
                "in 0a1b2c3d4e5f or 12 rows            ^ in `0a1b2c3d4e5f` or 12 rows",
                "a ~~b~~ $c$ d\\*e                     ^ a `~~b~~` `$c$` <code>d&#92;&#42;e</code>",
                "- item                                ^ `-` item",
                "1) item                               ^ `1`) item",
                "# heading                             ^ `#` heading",
                "> quote                               ^ `>` quote",
                "/merge this                           ^ `/merge` this",
                "=====                                 ^ `=====`",
                "Größe größer als erlaubt              ^ Größe größer als erlaubt",
            })
    void keepsProseAsProseAndAnythingElseAsCode(String data, String markdown) {
        assertThat(MarkdownText.sentence(data, 100)).isEqualTo(markdown);
    }

    @Test
    void joinsLinesOfProse() {
        assertThat(MarkdownText.sentence("one\r\n\n## two\u2028three", 100)).isEqualTo("one `##` two three");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x202e, 0x200b, 0x2066, 0xfeff, 0x00ad, 0x061c, 0x1b, 0, 0x85, 0x3164, 0xe0041})
    void showsWhatIsHidden(int hidden) {
        String data = "a" + Character.toString(hidden) + "b";
        assertThat(MarkdownText.code(data, 100)).startsWith("<code>a&#92;u").endsWith("b</code>");
        assertThat(MarkdownText.sentence(data, 100).codePoints()).doesNotContain(hidden);
    }

    @Test
    void showsHalfOfASurrogatePair() {
        assertThat(MarkdownText.code("a\ud83d", 100)).isEqualTo("<code>a&#92;ud83d</code>");
    }

    @Test
    void leavesWholeSymbolsWhole() {
        assertThat(MarkdownText.code("caf\u00e9 \ud83d\ude00 \u4e2d", 100))
                .isEqualTo("`caf\u00e9 \ud83d\ude00 \u4e2d`");
    }

    @Test
    void cutsInTheMiddleAndNeverThroughASymbol() {
        String smiles = "\ud83d\ude00".repeat(1_000_000);
        assertThat(MarkdownText.code(smiles, 20))
                .hasSizeLessThanOrEqualTo(22)
                .contains("...")
                .doesNotContain("ud83d");
    }

    @Test
    void setsACommandAsOnePiece() {
        assertThat(MarkdownText.step("Look again: mvn dbops:sync -Dplan=a_b.json", 100))
                .isEqualTo("Look again: `mvn dbops:sync -Dplan=a_b.json`");
        assertThat(MarkdownText.step("mvn dbops:sync", 100)).isEqualTo("`mvn dbops:sync`");
        assertThat(MarkdownText.step("Ask an owner.", 100)).isEqualTo("Ask an owner.");
    }

    @Test
    void showsAnEmptyNameAsEmptyCode() {
        assertThat(MarkdownText.code("", 100)).isEqualTo("<code></code>");
        assertThat(MarkdownText.code(" a", 100)).isEqualTo("<code> a</code>");
    }
}
