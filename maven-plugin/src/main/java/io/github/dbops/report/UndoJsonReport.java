package io.github.dbops.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dbops.run.Digest;
import io.github.dbops.sync.RecordedRun;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.UndoCounts;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.sync.UndoRow;
import io.github.dbops.sync.UndoState;
import io.github.dbops.sync.UndoTable;
import java.io.IOException;

/**
 * An undo's outcome for programs; {@code docs/schema/undo-report.schema.json}. Every field is always there, in the same
 * order; what is not known is null. Keys of rows are in it unless the run's plan said otherwise.
 *
 * @param outcome the outcome
 */
public record UndoJsonReport(UndoOutcome outcome) {

    /** Grows when a field changes its meaning or goes; new fields leave it as it is. */
    public static final int FORMAT_VERSION = 1;

    /** The report, indented, ending in a line feed. */
    public String text() {
        return JsonDocument.text(this::write);
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeNumberField("formatVersion", FORMAT_VERSION);
        json.writeStringField("mode", outcome.execution().word());
        json.writeStringField("outcome", outcome.result().word());
        JsonDocument.problem(json, outcome.problems());
        json.writeFieldName("run");
        if (outcome.run().isPresent()) {
            run(json, outcome.run().get());
        } else {
            json.writeNull();
        }
        JsonDocument.string(json, "target", outcome.target().orElse(null));
        JsonDocument.string(json, "digest", outcome.digest().map(Digest::hex).orElse(null));
        json.writeStringField("runId", outcome.runId());
        json.writeStringField("startedAt", outcome.startedAt().toString());
        json.writeNumberField("durationMs", outcome.duration().toMillis());
        JsonDocument.phases(json, outcome.phases());
        json.writeObjectFieldStart("totals");
        json.writeNumberField("tables", outcome.tables().size());
        counts(json, outcome.totals());
        json.writeEndObject();
        json.writeArrayFieldStart("tables");
        for (UndoTable table : outcome.tables()) {
            table(json, table);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("runs");
        for (RecordedRun run : outcome.runs()) {
            run(json, run);
        }
        json.writeEndArray();
        JsonDocument.strings(json, "warnings", outcome.warnings());
        JsonDocument.strings(json, "facts", outcome.facts());
        JsonDocument.problems(json, outcome.problems());
    }

    private static void run(JsonGenerator json, RecordedRun run) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", run.id());
        json.writeStringField("startedAt", run.startedAt().toString());
        JsonDocument.string(
                json, "endedAt", run.endedAt() == null ? null : run.endedAt().toString());
        json.writeStringField("startedBy", run.startedBy());
        json.writeStringField("plan", run.planFile());
        json.writeStringField("planHash", run.planHash());
        json.writeNumberField("inserted", run.inserted());
        json.writeNumberField("updated", run.updated());
        json.writeFieldName("undone");
        if (run.undone().isPresent()) {
            RecordedRun.Undone undone = run.undone().get();
            json.writeStartObject();
            json.writeStringField("runId", undone.runId());
            json.writeStringField("at", undone.at().toString());
            json.writeStringField("by", undone.by());
            json.writeNumberField("remaining", undone.remaining());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeEndObject();
    }

    private void table(JsonGenerator json, UndoTable table) throws IOException {
        json.writeStartObject();
        json.writeStringField("table", table.name().toString());
        json.writeBooleanField("protected", table.protectedBy() != null);
        JsonDocument.string(json, "protectedBy", table.protectedBy());
        counts(json, table.counts());
        json.writeArrayFieldStart("rows");
        SampleDetail detail = outcome.samples().orElse(SampleDetail.KEYS);
        if (detail != SampleDetail.NONE) {
            for (UndoRow row : table.rows()) {
                row(json, row, detail);
            }
        }
        json.writeEndArray();
        JsonDocument.strings(json, "notes", table.notes());
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, UndoCounts counts) throws IOException {
        json.writeNumberField("recorded", counts.recorded());
        json.writeNumberField("toRestore", counts.of(UndoState.RESTORE));
        json.writeNumberField("toDelete", counts.of(UndoState.DELETE));
        json.writeNumberField("already", counts.of(UndoState.ALREADY));
        json.writeNumberField("changed", counts.of(UndoState.CHANGED));
        json.writeNumberField("referenced", counts.of(UndoState.REFERENCED));
        json.writeNumberField("taken", counts.of(UndoState.TAKEN));
        json.writeNumberField("parentGone", counts.of(UndoState.PARENT_GONE));
        json.writeNumberField("gone", counts.of(UndoState.GONE));
        json.writeNumberField("tableChanged", counts.of(UndoState.TABLE_CHANGED));
        json.writeNumberField("unrecorded", counts.of(UndoState.UNRECORDED));
        json.writeNumberField("restored", counts.restored());
        json.writeNumberField("deleted", counts.deleted());
    }

    private static void row(JsonGenerator json, UndoRow row, SampleDetail detail) throws IOException {
        json.writeStartObject();
        json.writeStringField("state", row.state().word());
        JsonRow.key(json, row.key());
        JsonDocument.string(json, "reason", row.reason().isEmpty() ? null : row.reason());
        JsonRow.cells(json, row.cells(), detail);
        json.writeEndObject();
    }
}
