package io.github.dbops.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The JSON of a review on disk: texts and numbers by name, and each changed table's digest.
 *
 * @param path the file
 * @param command what makes a new one
 */
record ReviewJson(Path path, String command) {

    private static final int FORMAT_VERSION = 1;
    private static final int MOST_BYTES = 1 << 20;

    /** What such a file holds beside the tables' digests. */
    interface Writing {

        /** Writes the fields. */
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * Replaces the file in one step.
     *
     * @throws ProblemException (REPORT_NOT_WRITTEN)
     */
    void write(Writing fields, Map<String, String> tables) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new JsonLayout());
            json.writeStartObject();
            json.writeNumberField("formatVersion", FORMAT_VERSION);
            fields.write(json);
            json.writeObjectFieldStart("tables");
            for (Map.Entry<String, String> table : new TreeMap<>(tables).entrySet()) {
                json.writeStringField(table.getKey(), table.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw ReportFolder.notWritten(path, e);
        }
        ReportFolder.of(path)
                .write(path.getFileName().toString(), text.append('\n').toString());
    }

    /**
     * Reads the file; empty where there is none.
     *
     * @throws ProblemException (REVIEW_MISSING) where the file cannot be read as what a dry-run writes
     */
    <T> Optional<T> read(Function<Fields, T> reader) {
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw unreadable("It is larger than any that a dry-run writes.");
            }
            Fields fields = fields(Files.readString(path));
            if (!Integer.toString(FORMAT_VERSION).equals(fields.fields().get("formatVersion"))) {
                throw new IllegalArgumentException("formatVersion is not " + FORMAT_VERSION);
            }
            return Optional.of(reader.apply(fields));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw unreadable(reason(e));
        }
    }

    /**
     * Consumes the file; no file is no problem.
     *
     * @throws ProblemException (REPORT_NOT_WRITTEN)
     */
    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw ReportFolder.notWritten(path, e);
        }
    }

    private static Fields fields(String text) throws IOException {
        Map<String, String> fields = new HashMap<>();
        Map<String, String> tables = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("it is no JSON object");
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (name.equals("tables") && value == JsonToken.START_OBJECT) {
                    tables(json, tables);
                    continue;
                }
                if (!value.isScalarValue()) {
                    throw new IllegalArgumentException("field " + name + " is no text or number");
                }
                fields.put(name, json.getText());
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw new IllegalArgumentException("there is something after its end");
            }
        }
        return new Fields(fields, tables);
    }

    private static void tables(JsonParser json, Map<String, String> tables) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                throw new IllegalArgumentException("the digest of table " + name + " is no text");
            }
            tables.put(name, json.getText());
        }
    }

    private static String reason(Exception e) {
        if (e instanceof JsonProcessingException json) {
            return "It is no valid JSON: " + json.getOriginalMessage();
        }
        return e instanceof IOException ? e.getClass().getSimpleName() + ": " + e.getMessage() : e.getMessage() + ".";
    }

    private ProblemException unreadable(String why) {
        return Problem.of(
                        Code.REVIEW_MISSING,
                        "The record of the reviewed dry-run cannot be read.",
                        why,
                        "Make and review a new dry-run: " + command)
                .at(path.toString())
                .exception();
    }

    /**
     * What was read.
     *
     * @param fields texts and numbers, as text
     * @param tables each changed table's digest
     */
    record Fields(Map<String, String> fields, Map<String, String> tables) {

        /** A text that must be there. */
        String text(String name) {
            String value = fields.get(name);
            if (value == null) {
                throw new IllegalArgumentException("field " + name + " is missing");
            }
            return value;
        }

        /** A number that must be there. */
        long number(String name) {
            return Long.parseLong(text(name));
        }
    }
}
