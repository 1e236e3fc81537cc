package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import io.github.dbops.testing.Property;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Data stays data in the page, as a parser of HTML reads it that browsers agree with. */
class HtmlReportPropertyTest {

    private static final int CASES = 100;

    private static final List<String> PIECES = List.of(
            "<",
            ">",
            "</",
            "/>",
            "&",
            "&amp;",
            "&#60;",
            "\"",
            "'",
            "`",
            "=",
            "<!--",
            "-->",
            "--!>",
            "<![CDATA[",
            "]]>",
            "<script>",
            "</script>",
            "</SCRIPT ",
            "</style>",
            "</title>",
            "</td>",
            "</table>",
            "<img src=x onerror=x>",
            "javascript:",
            "{{data}}",
            "{{script}}",
            "$1",
            "\\",
            "\\u003c",
            "/",
            " ",
            "\u00a0",
            "\t",
            "\n",
            "\r",
            "\u0000",
            "\u001b",
            "\u007f",
            "\u0085",
            "\u200b",
            "\u202e",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\ufffe",
            "\ud83d",
            "\ude00",
            "\ud83d\ude00",
            "\u3164",
            "a",
            "\u00e4",
            "\u05d0",
            "#",
            "%",
            "%3C",
            "+");

    private final List<String> harmless = structure(page("x"));

    @Test
    void dataIsReadAsWhatItIsAndMakesNoElement() {
        Property.forAll(CASES, random -> {
            String data = data(random);
            Document page = page(data);

            assertThat(structure(page)).isEqualTo(harmless);
            assertThat(texts(page, "main code")).contains(Visible.of(data));
            assertThat(texts(page, ".tables details li")).containsExactly(Visible.of(data) + ": " + Visible.of(data));
            assertThat(texts(page, ".counts .shield code")).containsExactly(Visible.of(data));
            // In the rows' data exactly, invisible characters and all: a name, a pattern, and five in each row.
            assertThat(strings(page.expectFirst("#data").data()))
                    .filteredOn(text -> text.equals(data))
                    .hasSize(12);
        });
    }

    @Test
    void nothingInvisibleIsInTheFile() {
        Property.forAll(CASES, random -> {
            String html = new HtmlReport(outcome(data(random))).text();

            assertThat(html.codePoints().filter(c -> c != '\n' && Visible.isHidden(c)))
                    .isEmpty();
        });
    }

    private static Document page(String data) {
        return Jsoup.parse(new HtmlReport(outcome(data)).text());
    }

    // Everywhere in an outcome where a text comes from outside. Lines are no matter here: one that is blank is left
    // out.
    private static SyncOutcome outcome(String data) {
        String line = "x" + data.replaceAll("\\R", "x");
        Sample row = new Sample(
                Sample.Kind.UPDATE,
                List.of(new Sample.Cell(data, data)),
                List.of(new Sample.Change("c" + data, data, data), new Sample.Change("d", null, data)));
        TableOutcome table = Outcomes.table(
                data, Mode.UPSERT, OnConflict.LOCAL_WINS, data, Outcomes.CATEGORIES, List.of(row, row), List.of(line));
        TableOutcome skipped = new TableOutcome(
                data, Mode.SKIP, OnConflict.PROD_WINS, null, true, data, Outcomes.CATEGORIES, List.of(), List.of());
        return Outcomes.outcome(
                Execution.DRY_RUN,
                SyncOutcome.Result.CHANGES_FOUND,
                Optional.of(Outcomes.DIGEST),
                Optional.of(SampleDetail.VALUES),
                List.of(table, skipped),
                List.of(line),
                List.of(line),
                List.of(new Problem(Code.DATABASE_ERROR, line, data, line, line, List.of(line), List.of(data))));
    }

    private static List<String> structure(Document page) {
        return page.getAllElements().stream()
                .map(element -> element.normalName()
                        + element.attributes().asList().stream()
                                .map(Attribute::getKey)
                                .toList())
                .toList();
    }

    private static Stream<String> texts(Document page, String selector) {
        return page.select(selector).stream().map(Element::wholeText);
    }

    private static List<String> strings(String json) throws IOException {
        List<String> strings = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    strings.add(parser.getText());
                }
            }
        }
        return strings;
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
