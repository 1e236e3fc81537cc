package io.github.dbops.sync.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text → {@link Json}; comments and trailing commas are accepted, as editors accept them in configuration files. */
final class JsonReader {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    private static final Pattern PARSER_TALK = Pattern.compile("Feature|Source:|Constraints|fasterxml|Exception");

    private final String file;
    private final String text;
    private Json.Place latest = new Json.Place(1, 1);

    private JsonReader(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Reads exactly one value.
     *
     * @param file the file's name, for messages
     * @param text its content
     * @throws ProblemException {@link Code#PLAN_MALFORMED} at the first place where it is not JSON
     */
    static Json read(String file, String text) {
        return new JsonReader(file, text).read();
    }

    private Json read() {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw malformed(new Json.Place(1, 1), "The file is empty.", null);
            }
            Json value = value(parser, first);
            if (parser.nextToken() != null) {
                throw malformed(place(parser.currentTokenLocation()), "Something follows the end of the plan.", null);
            }
            return value;
        } catch (JsonProcessingException e) {
            // A limit exceeded comes without a location.
            throw malformed(e.getLocation() == null ? latest : place(e.getLocation()), reason(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private Json value(JsonParser parser, JsonToken token) throws IOException {
        Json.Place place = place(parser.currentTokenLocation());
        latest = place;
        return switch (token) {
            case START_OBJECT -> structure(parser, place);
            case START_ARRAY -> sequence(parser, place);
            case VALUE_STRING -> new Json.Text(place, parser.getText(), literal(parser.currentTokenLocation()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(place, parser.getText());
            case VALUE_TRUE -> new Json.Truth(place, true);
            case VALUE_FALSE -> new Json.Truth(place, false);
            case VALUE_NULL -> new Json.Nothing(place);
            default -> throw new IllegalStateException("a value cannot begin with " + token);
        };
    }

    private Json structure(JsonParser parser, Json.Place place) throws IOException {
        List<Json.Field> fields = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Json.Place namePlace = place(parser.currentTokenLocation());
            fields.add(new Json.Field(name, namePlace, value(parser, parser.nextToken())));
        }
        return new Json.Structure(place, fields);
    }

    private Json sequence(JsonParser parser, Json.Place place) throws IOException {
        List<Json> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(parser, token));
        }
        return new Json.Sequence(place, elements);
    }

    private String literal(JsonLocation start) {
        int begin = Math.toIntExact(start.getCharOffset());
        int end = begin + 1;
        while (text.charAt(end) != '"') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return text.substring(begin, end + 1);
    }

    private static Json.Place place(JsonLocation location) {
        return new Json.Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private ProblemException malformed(Json.Place place, String reason, @Nullable Throwable cause) {
        Problem problem = Problem.of(
                        Code.PLAN_MALFORMED,
                        "The plan " + file + " is not JSON.",
                        reason,
                        "Correct " + file + " at line " + place.line() + ", column " + place.column() + ".")
                .at(file + ":" + place.line() + ":" + place.column())
                .withState(Complaints.STATE);
        return cause == null ? problem.exception() : problem.exception(cause);
    }

    // The parser's own words without what only its programmers understand.
    private static String reason(JsonProcessingException e) {
        String words = e.getOriginalMessage() == null ? "Not JSON" : e.getOriginalMessage();
        String readable = words.replaceAll("\\s*\\([^()\\[\\]]*\\[Source[^\\]]*\\]\\)", "")
                .replaceAll("\\(\\(CTRL-CHAR, (code \\d+)\\)\\)", "of $1")
                .replaceAll("\\s*\\(code \\d+[^)]*\\)", "")
                .replaceAll(",? from `StreamReadConstraints[^`]*`", "")
                .replaceAll(":? enable `JsonReadFeature[^`]*` to allow", "")
                .replaceAll("\\s*\\(consider enabling `.*\\)", "")
                .strip();
        if (PARSER_TALK.matcher(readable).find()) {
            return "It is not JSON here.";
        }
        return Fields.printable(readable.endsWith(".") ? readable : readable + ".");
    }
}
