package io.github.dbops.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Digest;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code sync-review.json} in the folder for reports: a {@link Review} on disk. Only another dry-run replaces it, and a
 * successful apply consumes it; spec section 5, "Reports".
 *
 * @param path the file
 */
public record ReviewFile(Path path) {

    private static final int FORMAT_VERSION = 1;
    private static final int MOST_BYTES = 1 << 20;

    /** The review file of a folder for reports. */
    public static ReviewFile in(Path folder) {
        return new ReviewFile(folder.resolve("sync-review.json"));
    }

    /**
     * Replaces the file in one step.
     *
     * @throws ProblemException (REPORT_NOT_WRITTEN)
     */
    public void write(Review review) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new JsonLayout());
            json.writeStartObject();
            json.writeNumberField("formatVersion", FORMAT_VERSION);
            json.writeStringField("digest", review.digest().hex());
            json.writeStringField("planHash", review.planHash());
            json.writeStringField("source", review.source());
            json.writeStringField("target", review.target());
            json.writeStringField("reviewedAt", review.reviewedAt().toString());
            json.writeStringField("runId", review.runId());
            json.writeNumberField("toInsert", review.toInsert());
            json.writeNumberField("toUpdate", review.toUpdate());
            json.writeNumberField("conflicts", review.conflicts());
            json.writeObjectFieldStart("tables");
            for (Map.Entry<String, String> table : new TreeMap<>(review.tables()).entrySet()) {
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
     * What the last dry-run left.
     *
     * @return empty where there is no file
     * @throws ProblemException (REVIEW_MISSING) where the file cannot be read as what a dry-run writes
     */
    public Optional<Review> read() {
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw unreadable("It is larger than any that a dry-run writes.");
            }
            return Optional.of(review(Files.readString(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw unreadable(reason(e));
        }
    }

    /**
     * Consumes the file after a successful apply; no file is no problem.
     *
     * @throws ProblemException (REPORT_NOT_WRITTEN)
     */
    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw ReportFolder.notWritten(path, e);
        }
    }

    private static Review review(String text) throws IOException {
        Map<String, String> tables = new HashMap<>();
        Map<String, String> fields = fields(text, tables);
        if (!Integer.toString(FORMAT_VERSION).equals(fields.get("formatVersion"))) {
            throw new IllegalArgumentException("formatVersion is not " + FORMAT_VERSION);
        }
        return new Review(
                new Digest(field(fields, "digest")),
                field(fields, "planHash"),
                field(fields, "source"),
                field(fields, "target"),
                Instant.parse(field(fields, "reviewedAt")),
                field(fields, "runId"),
                Long.parseLong(field(fields, "toInsert")),
                Long.parseLong(field(fields, "toUpdate")),
                Long.parseLong(field(fields, "conflicts")),
                tables);
    }

    private static Map<String, String> fields(String text, Map<String, String> tables) throws IOException {
        Map<String, String> fields = new HashMap<>();
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
        return fields;
    }

    private static void tables(JsonParser json, Map<String, String> tables) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                throw new IllegalArgumentException("the digest of table " + name + " is no text");
            }
            tables.put(name, json.getText());
        }
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("field " + name + " is missing");
        }
        return value;
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
                        "Make and review a new dry-run: mvn dbops:sync")
                .at(path.toString())
                .exception();
    }
}
