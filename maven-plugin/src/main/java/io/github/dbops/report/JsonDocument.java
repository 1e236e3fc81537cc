package io.github.dbops.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Phase;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report for programs, and the fields that every goal's has. What is not known is null, never left out. */
final class JsonDocument {

    private JsonDocument() {}

    /** What a report writes into its one object. */
    interface Fields {

        /** Writes them. */
        void write(JsonGenerator json) throws IOException;
    }

    /** The object, indented, ending in a line feed. */
    static String text(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new JsonLayout());
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    /** {@code problem}: the one that names the outcome. */
    static void problem(JsonGenerator json, List<Problem> problems) throws IOException {
        json.writeFieldName("problem");
        if (problems.isEmpty()) {
            json.writeNull();
        } else {
            problem(json, problems.get(0));
        }
    }

    /** {@code problems}: all of them. */
    static void problems(JsonGenerator json, List<Problem> problems) throws IOException {
        json.writeArrayFieldStart("problems");
        for (Problem problem : problems) {
            problem(json, problem);
        }
        json.writeEndArray();
    }

    /** {@code phases}. */
    static void phases(JsonGenerator json, List<Phase> phases) throws IOException {
        json.writeArrayFieldStart("phases");
        for (Phase phase : phases) {
            json.writeStartObject();
            json.writeStringField("name", phase.name());
            json.writeNumberField("durationMs", phase.duration().toMillis());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A list of texts. */
    static void strings(JsonGenerator json, String name, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /** A text, or null. */
    static void string(JsonGenerator json, String name, @Nullable String value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
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
}
