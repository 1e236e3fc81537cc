package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

class MarkdownTextPropertyTest {

    private static final int CASES = 5_000;

    private static final List<String> PIECES = List.of(
            "|",
            "`",
            "``",
            "```",
            "\\",
            "<",
            ">",
            "&",
            "&amp;",
            "[",
            "]",
            "(",
            ")",
            "*",
            "**",
            "_",
            "__",
            "~~",
            "@",
            "#",
            "!",
            ":",
            "$",
            "\"",
            "'",
            " ",
            "  ",
            "\n",
            "\r\n",
            "\t",
            "-",
            "+",
            "=",
            "1.",
            "/",
            "a",
            "b",
            "x1",
            "GH-1",
            "www.a.example",
            "https://a.example",
            "me@a.example",
            "<img src=x>",
            "</code>",
            "<!--",
            "-->",
            "</summary>",
            "\u202e",
            "\u200b",
            "\u2028",
            "\ud83d\ude00",
            "\ud83d",
            "~~~",
            "---",
            "{",
            "}",
            "^",
            "%",
            ";",
            "?",
            ",",
            ".");

    private static final Set<String> OWN_HTML = Set.of("<code>", "</code>", "<!-- -->");

    private final Parser parser = Parser.builder()
            .extensions(List.of(TablesExtension.create(), AutolinkExtension.create()))
            .build();

    @Test
    void proseWithDataIsTextAndCodeAndNothingElse() {
        for (int seed = 0; seed < CASES; seed++) {
            String data = data(new Random(seed));
            Node document = parser.parse("- " + MarkdownText.sentence(data, 1_000));
            Node paragraph = document.getFirstChild().getFirstChild().getFirstChild();
            if (paragraph == null) {
                assertThat(data).as("seed %d", seed).isBlank();
                continue;
            }
            assertThat(document.getFirstChild().getNext()).as("seed %d", seed).isNull();
            assertThat(paragraph.getNext()).as("seed %d", seed).isNull();
            assertThat(harmless(paragraph, seed).replaceAll("\\s+", " ").strip())
                    .as("seed %d", seed)
                    .isEqualTo(Visible.of(data.replaceAll("\\R|\t", " "))
                            .replaceAll("\\s+", " ")
                            .strip());
        }
    }

    @Test
    void dataInATableStaysInItsCell() {
        for (int seed = 0; seed < CASES; seed++) {
            String data = data(new Random(seed));
            String cell = MarkdownText.code(data, 1_000);
            Node table =
                    parser.parse("| a | b |\n| - | - |\n| " + cell + " | 7 |").getFirstChild();
            assertThat(table).as("seed %d", seed).isInstanceOf(TableBlock.class);
            assertThat(table.getNext()).as("seed %d", seed).isNull();
            Node row = table.getLastChild().getFirstChild();
            assertThat(row).as("seed %d", seed).isInstanceOf(TableRow.class);
            Node first = row.getFirstChild();
            assertThat(first).as("seed %d", seed).isInstanceOf(TableCell.class);
            assertThat(harmless(first, seed)).as("seed %d", seed).isEqualTo(Visible.of(data));
            assertThat(((Text) first.getNext().getFirstChild()).getLiteral())
                    .as("seed %d", seed)
                    .isEqualTo("7");
        }
    }

    @Test
    void dataInHtmlHasNoMarkup() {
        for (int seed = 0; seed < CASES; seed++) {
            String html = MarkdownText.html(data(new Random(seed)), 1_000);
            String content = html.substring("<code>".length(), html.length() - "</code>".length());
            assertThat(content.replace("<!-- -->", "").replaceAll("&#\\d+;", ""))
                    .as("seed %d", seed)
                    .doesNotContainPattern("[<>&\"`|\\\\@#*\\[\\]\\n\\r]");
        }
    }

    // The text of a block, after a look at every part of it: only text, code spans and our own code tags, and
    // outside of code nothing that GitHub makes something of.
    private static String harmless(Node block, int seed) {
        StringBuilder text = new StringBuilder();
        boolean inCode = false;
        for (Node node = block.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof HtmlInline html) {
                assertThat(OWN_HTML).as("seed %d", seed).contains(html.getLiteral());
                inCode = html.getLiteral().equals("<code>")
                        || inCode && !html.getLiteral().equals("</code>");
            } else if (node instanceof Code code) {
                text.append(code.getLiteral());
            } else {
                assertThat(node).as("seed %d", seed).isInstanceOf(Text.class);
                String literal = ((Text) node).getLiteral();
                assertThat(inCode ? "" : literal)
                        .as("seed %d", seed)
                        .doesNotContainPattern("[@#<>&$*_~`|\\[\\]\\\\]|//|:\\w");
                text.append(literal);
            }
        }
        return text.toString();
    }

    private static String data(Random random) {
        StringBuilder data = new StringBuilder();
        int pieces = 1 + random.nextInt(8);
        for (int i = 0; i < pieces; i++) {
            data.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return data.toString();
    }
}
