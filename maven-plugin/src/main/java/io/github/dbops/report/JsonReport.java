package io.github.dbops.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Phase;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

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
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new JsonLayout());
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("formatVersion", FORMAT_VERSION);
        json.writeStringField("mode", outcome.execution().word());
        json.writeStringField("outcome", outcome.result().word());
        problem(json);
        json.writeStringField("plan", outcome.planFile());
        string(json, "planHash", outcome.planHash().orElse(null));
        string(json, "source", outcome.source().orElse(null));
        string(json, "target", outcome.target().orElse(null));
        string(json, "digest", outcome.digest().map(Digest::hex).orElse(null));
        json.writeStringField("runId", outcome.runId());
        json.writeStringField("startedAt", outcome.startedAt().toString());
        json.writeNumberField("durationMs", outcome.duration().toMillis());
        phases(json);
        strings(json, "protectedPatterns", outcome.protectedPatterns());
        totals(json);
        json.writeArrayFieldStart("tables");
        for (TableOutcome table : outcome.tables()) {
            table(json, table);
        }
        json.writeEndArray();
        strings(json, "warnings", outcome.warnings());
        strings(json, "facts", outcome.facts());
        json.writeArrayFieldStart("problems");
        for (Problem problem : outcome.problems()) {
            problem(json, problem);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void phases(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("phases");
        for (Phase phase : outcome.phases()) {
            json.writeStartObject();
            json.writeStringField("name", phase.name());
            json.writeNumberField("durationMs", phase.duration().toMillis());
            json.writeEndObject();
        }
        json.writeEndArray();
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
        string(json, "protectedBy", table.protectedBy());
        json.writeBooleanField("skipped", table.skipped());
        string(json, "reason", table.reason());
        counts(json, table.counts());
        json.writeArrayFieldStart("samples");
        SampleDetail detail = outcome.samples().orElse(SampleDetail.KEYS);
        if (detail != SampleDetail.NONE) {
            for (Sample sample : table.samples()) {
                sample(json, sample, detail);
            }
        }
        json.writeEndArray();
        strings(json, "notes", table.notes());
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
        json.writeObjectFieldStart("key");
        for (Sample.Cell cell : sample.key()) {
            string(json, cell.column(), cell.value());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("cells");
        if (detail == SampleDetail.VALUES) {
            for (Sample.Change cell : sample.cells()) {
                json.writeStartObject();
                json.writeStringField("column", cell.column());
                string(json, "before", cell.before());
                string(json, "after", cell.after());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void problem(JsonGenerator json) throws IOException {
        if (outcome.problems().isEmpty()) {
            json.writeNullField("problem");
        } else {
            json.writeFieldName("problem");
            problem(json, outcome.problems().get(0));
        }
    }

    private static void problem(JsonGenerator json, Problem problem) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", problem.code().id());
        string(json, "prismaCode", problem.code().prismaCode().orElse(null));
        json.writeStringField("what", problem.what());
        string(json, "where", problem.where());
        json.writeStringField("why", problem.why());
        strings(json, "examples", problem.examples());
        string(json, "state", problem.state());
        strings(json, "next", problem.next());
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String name, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void string(JsonGenerator json, String name, @Nullable String value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
    }
}
