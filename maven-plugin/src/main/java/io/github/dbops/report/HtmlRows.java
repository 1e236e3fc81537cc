package io.github.dbops.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the page lists, as the JSON that its script reads, and in words how many there are.
 *
 * @param outcome the outcome
 */
record HtmlRows(SyncOutcome outcome) {

    // Rows come shortened; a page that does not open would be worse than one that has not everything.
    private static final int LONGEST_VALUE = 4_000;

    /** JSON, a row per line, for the inside of a script element. */
    Markup data() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setCharacterEscapes(new PageEscapes());
            json.writeStartObject();
            json.writeStringField("detail", detail().word());
            json.writeArrayFieldStart("tables");
            for (TableOutcome table : listed()) {
                table(json, table);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Markup(text.toString());
    }

    /** One sentence or several: how many rows are listed out of how many, and what of them. */
    Markup extent() {
        RowTally tally = RowTally.of(outcome.tables());
        if (outcome.tables().size() == outcome.skippedTables()) {
            return paragraph("No table was compared.");
        }
        if (tally.allFound() == 0) {
            return paragraph("No row differs.");
        }
        if (detail() == SampleDetail.NONE) {
            return paragraph(Amount.of(tally.allFound(), "row") + ": " + kinds(tally)
                    + ". The plan's report.samples is none, so that no row is listed.");
        }
        String keys = detail() == SampleDetail.KEYS
                ? " Only their keys: report.samples in the plan can be values, for before and after."
                : "";
        return paragraph(
                tally.allListed() == tally.allFound()
                        ? Amount.of(tally.allFound(), "row") + ", all of them listed: " + kinds(tally) + "." + keys
                        : Amount.of(tally.allListed()) + " of " + Amount.of(tally.allFound(), "row") + " are listed: "
                                + kinds(tally) + "." + keys);
    }

    private static Markup paragraph(String words) {
        return Markup.element("p", Markup.text(words));
    }

    private String kinds(RowTally tally) {
        List<String> parts = new ArrayList<>();
        for (Sample.Kind kind : Sample.Kind.values()) {
            long found = tally.found(kind);
            if (found > 0) {
                boolean whole = detail() == SampleDetail.NONE || tally.listed(kind) == found;
                String lead = whole ? "" : Amount.of(tally.listed(kind)) + " of ";
                parts.add(lead + Amount.of(found) + " " + words(kind));
            }
        }
        return String.join(", ", parts);
    }

    private String words(Sample.Kind kind) {
        boolean applied = outcome.result() == SyncOutcome.Result.APPLIED;
        return switch (kind) {
            case INSERT -> applied ? "inserted" : "to insert";
            case UPDATE -> applied ? "updated" : "to update";
            case CONFLICT -> "that differ and stay as they are";
            case BLOCKED -> "blocked";
            case DUPLICATE -> "with a key that is not theirs alone";
        };
    }

    private SampleDetail detail() {
        return outcome.samples().orElse(SampleDetail.KEYS);
    }

    private List<TableOutcome> listed() {
        return detail() == SampleDetail.NONE
                ? List.of()
                : outcome.tables().stream().filter(t -> !t.samples().isEmpty()).toList();
    }

    private void table(JsonGenerator json, TableOutcome table) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("name", Visible.middle(table.table(), LONGEST_VALUE));
        json.writeStringField("mode", table.mode().word());
        JsonDocument.string(
                json, "policy", table.mode() == Mode.UPSERT ? table.onConflict().word() : null);
        JsonDocument.string(json, "protectedBy", table.protectedBy());
        json.writeNumberField("found", RowTally.of(table).allFound());
        json.writeArrayFieldStart("rows");
        for (Sample sample : table.samples()) {
            row(json, sample);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void row(JsonGenerator json, Sample sample) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("kind", sample.kind().word());
        json.writeArrayFieldStart("key");
        for (Sample.Cell cell : sample.key()) {
            strings(json, cell.column(), cell.value());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("cells");
        if (detail() == SampleDetail.VALUES) {
            for (Sample.Change cell : SampleText.beside(sample)) {
                strings(json, cell.column(), cell.before(), cell.after());
            }
        }
        json.writeEndArray();
        String missing = sample.missing();
        if (missing != null) {
            json.writeStringField("missing", Visible.middle(missing, LONGEST_VALUE));
        }
        json.writeEndObject();
    }

    // Thousands of rows: positions instead of names.
    private static void strings(JsonGenerator json, @Nullable String... values) throws IOException {
        json.writeStartArray();
        for (String value : values) {
            json.writeString(value == null ? null : Visible.middle(value, LONGEST_VALUE));
        }
        json.writeEndArray();
    }
}
