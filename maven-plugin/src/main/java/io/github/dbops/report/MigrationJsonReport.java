package io.github.dbops.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.EngineName;
import io.github.dbops.migration.History;
import io.github.dbops.migration.HistoryRow;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.Resolution;
import io.github.dbops.run.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A migrate goal's outcome for programs; {@code docs/schema/migrate-report.schema.json}. Every field is always there, in
 * the same order; what is not known is null.
 *
 * @param outcome the outcome
 */
public record MigrationJsonReport(MigrationOutcome outcome) {

    /** Grows when a field changes its meaning or goes; new fields leave it as it is. */
    public static final int FORMAT_VERSION = 1;

    /** The report, indented, ending in a line feed. */
    public String text() {
        return JsonDocument.text(this::write);
    }

    private void write(JsonGenerator json) throws IOException {
        Optional<History> history = outcome.latest();
        json.writeNumberField("formatVersion", FORMAT_VERSION);
        json.writeStringField("goal", outcome.goal().word());
        json.writeStringField("mode", outcome.execution().word());
        json.writeStringField("outcome", outcome.result().word());
        JsonDocument.problem(json, outcome.problems());
        text(json, "engine", outcome.engine().map(EngineName::word));
        text(json, "migrations", outcome.migrations());
        text(json, "historyTable", history.flatMap(History::table));
        text(json, "target", outcome.target());
        text(json, "digest", outcome.digest().map(Digest::hex));
        json.writeStringField("runId", outcome.runId());
        json.writeStringField("startedAt", outcome.startedAt().toString());
        json.writeNumberField("durationMs", outcome.duration().toMillis());
        JsonDocument.phases(json, outcome.phases());
        counts(json, history);
        JsonDocument.strings(
                json,
                "pending",
                history.map(History::pending).orElse(List.of()).stream()
                        .map(Migration::name)
                        .toList());
        json.writeArrayFieldStart("steps");
        for (Deployment.Step step : outcome.steps()) {
            step(json, step);
        }
        json.writeEndArray();
        failure(json);
        json.writeArrayFieldStart("resolutions");
        for (Resolution resolution : outcome.resolutions()) {
            resolution(json, resolution);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("history");
        for (Migration migration : history.map(History::migrations).orElse(List.of())) {
            migration(json, migration);
        }
        json.writeEndArray();
        JsonDocument.strings(json, "warnings", outcome.warnings());
        JsonDocument.strings(json, "facts", outcome.facts());
        JsonDocument.problems(json, outcome.problems());
    }

    private static void counts(JsonGenerator json, Optional<History> history) throws IOException {
        json.writeObjectFieldStart("counts");
        for (MigrationState state : MigrationState.values()) {
            json.writeNumberField(
                    state.word(), history.map(h -> h.in(state).size()).orElse(0));
        }
        json.writeEndObject();
    }

    private static void step(JsonGenerator json, Deployment.Step step) throws IOException {
        json.writeStartObject();
        json.writeStringField("migration", step.migration());
        json.writeNumberField("durationMs", step.took().toMillis());
        json.writeStringField("manner", step.manner().word());
        JsonDocument.strings(json, "notes", step.notes());
        json.writeEndObject();
    }

    private void failure(JsonGenerator json) throws IOException {
        json.writeFieldName("failure");
        if (outcome.failure().isEmpty()) {
            json.writeNull();
            return;
        }
        MigrationFailure failure = outcome.failure().get();
        json.writeStartObject();
        json.writeStringField("migration", failure.migration());
        text(json, "place", failure.place());
        text(json, "statement", failure.statement());
        text(json, "sqlState", failure.sqlState());
        json.writeStringField("message", failure.message());
        text(json, "detail", failure.detail());
        text(json, "hint", failure.hint());
        json.writeStringField("left", failure.left().word());
        json.writeEndObject();
    }

    private static void resolution(JsonGenerator json, Resolution resolution) throws IOException {
        json.writeStartObject();
        json.writeStringField("migration", resolution.migration());
        json.writeStringField("action", resolution.action().word());
        json.writeFieldName("before");
        if (resolution.before().isEmpty()) {
            json.writeNull();
        } else {
            migration(json, resolution.before().get());
        }
        json.writeFieldName("after");
        migration(json, resolution.after());
        json.writeEndObject();
    }

    private static void migration(JsonGenerator json, Migration migration) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", migration.name());
        text(json, "title", migration.title());
        json.writeStringField("type", migration.type());
        json.writeStringField("state", migration.state().word());
        json.writeBooleanField("pending", migration.pending());
        text(json, "file", migration.file());
        text(json, "recordedChecksum", migration.recordedChecksum());
        text(json, "fileChecksum", migration.fileChecksum());
        text(json, "at", migration.at().map(Instant::toString));
        json.writeFieldName("durationMs");
        if (migration.took().isEmpty()) {
            json.writeNull();
        } else {
            json.writeNumber(migration.took().get().toMillis());
        }
        text(json, "by", migration.by());
        JsonDocument.strings(json, "notes", migration.notes());
        json.writeArrayFieldStart("rows");
        for (HistoryRow row : migration.rows()) {
            json.writeStartObject();
            for (Map.Entry<String, @Nullable String> column : row.values().entrySet()) {
                JsonDocument.string(json, column.getKey(), column.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
        JsonDocument.string(json, name, value.orElse(null));
    }
}
