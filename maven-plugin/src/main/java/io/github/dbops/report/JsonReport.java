package io.github.dbops.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dbops.run.Digest;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SchemaDifference;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.io.IOException;

/**
 * A sync's outcome for programs; {@code docs/schema/sync-report.schema.json}. Every field is always there, in the same
 * order; what is not known is null. Keys of sampled rows are in it unless the plan says otherwise.
 *
 * @param outcome the outcome
 */
public record JsonReport(SyncOutcome outcome) {

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
        json.writeStringField("plan", outcome.planFile());
        JsonDocument.string(json, "planHash", outcome.planHash().orElse(null));
        JsonDocument.string(json, "source", outcome.source().orElse(null));
        JsonDocument.string(json, "target", outcome.target().orElse(null));
        JsonDocument.string(json, "digest", outcome.digest().map(Digest::hex).orElse(null));
        json.writeStringField("runId", outcome.runId());
        json.writeStringField("startedAt", outcome.startedAt().toString());
        json.writeNumberField("durationMs", outcome.duration().toMillis());
        JsonDocument.phases(json, outcome.phases());
        JsonDocument.strings(json, "protectedPatterns", outcome.protectedPatterns());
        totals(json);
        json.writeArrayFieldStart("tables");
        for (TableOutcome table : outcome.tables()) {
            table(json, table);
        }
        json.writeEndArray();
        JsonDocument.strings(json, "warnings", outcome.warnings());
        JsonDocument.strings(json, "facts", outcome.facts());
        JsonDocument.problems(json, outcome.problems());
    }

    private void totals(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("totals");
        json.writeNumberField("tables", outcome.tables().size());
        json.writeNumberField("skippedTables", outcome.skippedTables());
        counts(json, outcome.totals());
        json.writeEndObject();
    }

    private void table(JsonGenerator json, TableOutcome table) throws IOException {
        json.writeStartObject();
        json.writeStringField("table", table.table());
        json.writeStringField("mode", table.mode().word());
        json.writeStringField("onConflict", table.onConflict().word());
        json.writeBooleanField("protected", table.protectedBy() != null);
        JsonDocument.string(json, "protectedBy", table.protectedBy());
        json.writeBooleanField("skipped", table.skipped());
        JsonDocument.string(json, "reason", table.reason());
        counts(json, table.counts());
        json.writeArrayFieldStart("samples");
        SampleDetail detail = outcome.samples().orElse(SampleDetail.KEYS);
        if (detail != SampleDetail.NONE) {
            for (Sample sample : FewSamples.of(table)) {
                sample(json, sample, detail);
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("schemaDifferences");
        for (SchemaDifference difference : table.differences()) {
            json.writeStartObject();
            JsonDocument.string(json, "column", difference.column());
            JsonDocument.string(json, "source", difference.source());
            JsonDocument.string(json, "target", difference.target());
            JsonDocument.string(json, "effect", difference.effect());
            json.writeEndObject();
        }
        json.writeEndArray();
        JsonDocument.strings(json, "notes", table.notes());
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, Counts counts) throws IOException {
        json.writeNumberField("sourceRows", counts.sourceRows());
        json.writeNumberField("targetRows", counts.targetRows());
        json.writeNumberField("toInsert", counts.toInsert());
        json.writeNumberField("toUpdate", counts.toUpdate());
        json.writeNumberField("conflicts", counts.conflicts());
        json.writeNumberField("identical", counts.identical());
        json.writeNumberField("different", counts.different());
        json.writeNumberField("onlyInTarget", counts.onlyInTarget());
        json.writeNumberField("blocked", counts.blocked());
        json.writeNumberField("duplicateSourceKeyGroups", counts.duplicateSourceKeyGroups());
        json.writeNumberField("appliedInserts", counts.appliedInserts());
        json.writeNumberField("appliedUpdates", counts.appliedUpdates());
    }

    private static void sample(JsonGenerator json, Sample sample, SampleDetail detail) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", sample.kind().word());
        JsonRow.key(json, sample.key());
        JsonRow.cells(json, sample.cells(), detail);
        if (sample.missing() != null) {
            JsonDocument.string(json, "missing", sample.missing());
        }
        json.writeEndObject();
    }
}
