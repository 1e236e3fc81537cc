package io.github.dbops.github;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a JSON text. What is asked for must be there and of that kind, or the question throws
 * {@link IllegalArgumentException} with a sentence that says what is wrong; no value is quoted in it.
 *
 * @param content a map, a list, a text, a {@link Long}, a {@link Double}, a {@link Boolean} or null
 */
record JsonValue(@Nullable Object content) {

    /** Reads a whole text: one value, nothing after it, no field twice. */
    static JsonValue of(String text) {
        JsonFactory strict = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser json = strict.createParser(text)) {
            JsonToken first = json.nextToken();
            if (first == null) {
                throw new IllegalArgumentException("it is empty");
            }
            JsonValue value = value(json, first);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("there is something after its end");
            }
            return value;
        } catch (JsonProcessingException e) {
            // Its message may quote the text.
            throw new IllegalArgumentException("it is no valid JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A field that must be there; its value may be null. */
    JsonValue field(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("the field " + name + " is missing"));
    }

    /** A field that may be missing or null. */
    Optional<JsonValue> optional(String name) {
        return find(name).filter(value -> value.content != null);
    }

    /** A list's elements, in order. */
    List<JsonValue> elements() {
        if (content instanceof List<?> list) {
            return list.stream().map(JsonValue.class::cast).toList();
        }
        throw new IllegalArgumentException("there is no list where one belongs");
    }

    /** A text. */
    String text() {
        if (content instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("there is no text where one belongs");
    }

    /** A whole number. */
    long number() {
        if (content instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("there is no whole number where one belongs");
    }

    /** Whether it is exactly {@code true}. */
    boolean isTrue() {
        return Boolean.TRUE.equals(content);
    }

    private Optional<JsonValue> find(String name) {
        if (content instanceof Map<?, ?> fields) {
            return Optional.ofNullable((JsonValue) fields.get(name));
        }
        throw new IllegalArgumentException("there is no object where one belongs");
    }

    private static JsonValue value(JsonParser json, JsonToken token) throws IOException {
        return new JsonValue(
                switch (token) {
                    case START_OBJECT -> object(json);
                    case START_ARRAY -> array(json);
                    case VALUE_STRING -> json.getText();
                    case VALUE_NUMBER_INT -> json.getLongValue();
                    case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
                    case VALUE_TRUE -> Boolean.TRUE;
                    case VALUE_FALSE -> Boolean.FALSE;
                    case VALUE_NULL -> null;
                    default -> throw new IllegalArgumentException("it is no valid JSON");
                });
    }

    private static Map<String, JsonValue> object(JsonParser json) throws IOException {
        Map<String, JsonValue> fields = new HashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            fields.put(name, value(json, json.nextToken()));
        }
        return fields;
    }

    private static List<JsonValue> array(JsonParser json) throws IOException {
        List<JsonValue> elements = new ArrayList<>();
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            elements.add(value(json, next));
        }
        return elements;
    }
}
