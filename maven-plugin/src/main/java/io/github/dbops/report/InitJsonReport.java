package io.github.dbops.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dbops.sync.draft.Draft;
import io.github.dbops.sync.draft.DraftedTable;
import io.github.dbops.sync.draft.InitOutcome;
import io.github.dbops.sync.draft.KeyCandidate;
import io.github.dbops.sync.draft.LeftOut;
import io.github.dbops.sync.draft.RowCount;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The outcome of {@code dbops:init} for programs; {@code docs/schema/init-report.schema.json}. Every field is always
 * there, in the same order; what is not known is null.
 *
 * @param outcome the outcome
 */
public record InitJsonReport(InitOutcome outcome) {

    /** Grows when a field changes its meaning or goes; new fields leave it as it is. */
    public static final int FORMAT_VERSION = 1;

    /** The report, indented, ending in a line feed. */
    public String text() {
        return JsonDocument.text(this::write);
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeNumberField("formatVersion", FORMAT_VERSION);
        json.writeStringField("goal", "init");
        json.writeStringField("mode", outcome.execution().word());
        json.writeStringField("outcome", outcome.result().word());
        JsonDocument.problem(json, outcome.problems());
        json.writeStringField("plan", outcome.planFile());
        json.writeStringField("schema", outcome.schemaFile());
        text(json, "source", outcome.source());
        text(json, "target", outcome.target());
        json.writeStringField("runId", outcome.runId());
        json.writeStringField("startedAt", outcome.startedAt().toString());
        json.writeNumberField("durationMs", outcome.duration().toMillis());
        JsonDocument.phases(json, outcome.phases());
        totals(json);
        json.writeArrayFieldStart("tables");
        for (DraftedTable table : outcome.draft().map(Draft::tables).orElse(List.of())) {
            table(json, table);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("leftOut");
        for (LeftOut relation : outcome.draft().map(Draft::leftOut).orElse(List.of())) {
            json.writeStartObject();
            json.writeStringField("name", relation.name());
            json.writeStringField("reason", relation.why().word());
            json.writeEndObject();
        }
        json.writeEndArray();
        text(json, "text", outcome.text());
        JsonDocument.strings(json, "warnings", outcome.warnings());
        JsonDocument.strings(json, "facts", outcome.facts());
        JsonDocument.problems(json, outcome.problems());
    }

    private void totals(JsonGenerator json) throws IOException {
        long tables = outcome.draft().map(d -> (long) d.tables().size()).orElse(0L);
        long withKey = outcome.draft().map(Draft::withKey).orElse(0L);
        json.writeObjectFieldStart("totals");
        json.writeNumberField("tables", tables);
        json.writeNumberField("withKey", withKey);
        json.writeNumberField("withoutKey", tables - withKey);
        json.writeNumberField(
                "sensitiveColumns", outcome.draft().map(Draft::sensitiveColumns).orElse(0L));
        json.writeNumberField(
                "leftOut", outcome.draft().map(d -> d.leftOut().size()).orElse(0));
        json.writeEndObject();
    }

    private static void table(JsonGenerator json, DraftedTable table) throws IOException {
        json.writeStartObject();
        json.writeStringField("table", table.table().toString());
        json.writeStringField("name", table.planName());
        json.writeFieldName("rows");
        if (table.rows().precision() == RowCount.Precision.UNKNOWN) {
            json.writeNull();
        } else {
            json.writeNumber(table.rows().rows());
        }
        json.writeStringField("rowsAre", table.rows().precision().word());
        key(json, "key", table.key());
        text(json, "noKeyReason", table.keyReason());
        key(json, "withheldKey", table.withheld());
        json.writeArrayFieldStart("alternatives");
        for (KeyCandidate candidate : table.alternatives()) {
            key(json, candidate);
        }
        json.writeEndArray();
        columns(json, "exclude", table.columns().exclude(), why -> why);
        columns(json, "ignore", table.columns().ignore(), why -> why.reason());
        columns(json, "sensitive", table.columns().sensitive(), why -> why.reason());
        JsonDocument.strings(json, "references", table.references());
        JsonDocument.strings(json, "referencedBy", table.referencedBy());
        text(json, "protectedBy", table.protectedBy());
        JsonDocument.strings(json, "notes", table.notes());
        json.writeEndObject();
    }

    private static void key(JsonGenerator json, String name, Optional<KeyCandidate> key) throws IOException {
        json.writeFieldName(name);
        if (key.isEmpty()) {
            json.writeNull();
        } else {
            key(json, key.get());
        }
    }

    private static void key(JsonGenerator json, KeyCandidate key) throws IOException {
        json.writeStartObject();
        JsonDocument.strings(json, "columns", key.columns());
        json.writeStringField("grade", key.grade().word());
        json.writeStringField("evidence", key.evidence());
        json.writeEndObject();
    }

    private static <W> void columns(JsonGenerator json, String name, Map<String, W> columns, Function<W, String> reason)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Map.Entry<String, W> column : columns.entrySet()) {
            json.writeStartObject();
            json.writeStringField("column", column.getKey());
            json.writeStringField("reason", reason.apply(column.getValue()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
        JsonDocument.string(json, name, value.orElse(null));
    }
}
