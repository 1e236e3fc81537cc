package io.github.dbops.sync.plan;

import io.github.dbops.problem.Nearest;
import io.github.dbops.sync.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One object of the plan while it is bound: hands out its fields by type and complains of what does not fit. */
final class Fields {

    private static final int SHOWN = 80;

    private final String file;
    private final String path;
    private final Json.Place place;
    private final Complaints complaints;
    private final Map<String, Json.Field> fields = new LinkedHashMap<>();

    Fields(String file, String path, Json.Structure object, List<String> known, Complaints complaints) {
        this.file = file;
        this.path = path;
        this.place = object.place();
        this.complaints = complaints;
        for (Json.Field field : object.fields()) {
            Json.Field earlier = fields.putIfAbsent(field.name(), field);
            if (earlier != null) {
                complainOfRepetition(field, earlier);
            } else if (!known.contains(field.name())) {
                complainOfUnknown(field, known);
            }
        }
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Where the object begins. */
    Position position() {
        return at(path, place);
    }

    /** Where a field's name stands, if it is there. */
    Optional<Position> position(String name) {
        return Optional.ofNullable(fields.get(name)).map(field -> at(pathOf(name), field.place()));
    }

    /** The raw value, whatever its type. */
    Optional<Json> value(String name) {
        return Optional.ofNullable(fields.get(name)).map(Json.Field::value);
    }

    Optional<Json.Text> text(String name) {
        return typed(name, Json.Text.class, "a string").filter(text -> sound(text, pathOf(name)));
    }

    /** A list of strings, each once, none empty; only the sound ones where some are not. */
    Optional<List<String>> texts(String name) {
        return typed(name, Json.Sequence.class, "a list of strings").map(list -> texts(pathOf(name), list));
    }

    /** A value that is one of an enumeration's words. */
    <E> Optional<E> word(String name, E[] values, Function<E, String> word) {
        Optional<Json.Text> text = text(name);
        Optional<E> meant = text.flatMap(said -> Arrays.stream(values)
                .filter(value -> word.apply(value).equals(said.value()))
                .findFirst());
        if (text.isPresent() && meant.isEmpty()) {
            String said = text.get().value();
            List<String> valid = Arrays.stream(values).map(word).toList();
            complaints.add(
                    at(pathOf(name), text.get().place()),
                    quoted(said) + " is no value for " + quoted(name) + ".",
                    "It is one of " + listed(valid) + ".",
                    Nearest.to(said, valid)
                            .map(near -> "Did you mean " + quoted(near) + "?")
                            .orElse("Write one of " + listed(valid) + "."));
        }
        return meant;
    }

    Optional<Fields> object(String name, List<String> known) {
        return typed(name, Json.Structure.class, "an object")
                .map(object -> new Fields(file, pathOf(name), object, known, complaints));
    }

    /** A list of objects; elements of another type are complained of and left out. */
    List<Fields> objects(String name, List<String> known) {
        List<Fields> objects = new ArrayList<>();
        typed(name, Json.Sequence.class, "a list of objects").ifPresent(list -> {
            for (int i = 0; i < list.elements().size(); i++) {
                String element = pathOf(name) + "[" + i + "]";
                typed(element, list.elements().get(i), Json.Structure.class, "an object")
                        .ifPresent(object -> objects.add(new Fields(file, element, object, known, complaints)));
            }
        });
        return objects;
    }

    Optional<Boolean> truth(String name) {
        return typed(name, Json.Truth.class, "true or false").map(Json.Truth::value);
    }

    /** A place in this object as a position. */
    Position at(String fullPath, Json.Place where) {
        return new Position(file, fullPath, where.line(), where.column());
    }

    /** A field's JSON path: {@code $.tables[0].mode}. */
    String pathOf(String name) {
        return path + (name.matches("[A-Za-z_$][A-Za-z0-9_$]*") ? "." + name : "[" + quoted(name) + "]");
    }

    /** In quotes, printable and not too long. */
    static String quoted(String text) {
        String line = printable(text);
        int end = Math.min(line.length(), SHOWN);
        return '"' + line.substring(0, end) + (end < line.length() ? "…" : "") + '"';
    }

    /** On one line: a plan comes with a pull request, and its text must not write to a log or a terminal as it likes. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "\uFFFD");
    }

    static String listed(List<String> names) {
        return names.stream().map(Fields::quoted).collect(Collectors.joining(", "));
    }

    private List<String> texts(String listPath, Json.Sequence list) {
        Map<String, Json.Place> seen = new HashMap<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.elements().size(); i++) {
            String element = listPath + "[" + i + "]";
            Optional<Json.Text> text = typed(element, list.elements().get(i), Json.Text.class, "a string")
                    .filter(said -> sound(said, element));
            if (text.isEmpty()) {
                continue;
            }
            Json.Place earlier = seen.putIfAbsent(text.get().value(), text.get().place());
            if (earlier == null) {
                texts.add(text.get().value());
            } else {
                complaints.add(
                        at(element, text.get().place()),
                        quoted(text.get().value()) + " is in the list twice.",
                        "It is there already at " + at(listPath, earlier) + ".",
                        "Remove one of the two.");
            }
        }
        return texts;
    }

    // NUL and half a surrogate pair cannot reach PostgreSQL, so no name or condition can hold them.
    private boolean sound(Json.Text text, String textPath) {
        String value = text.value();
        if (value.isBlank()) {
            complaints.add(
                    at(textPath, text.place()),
                    "An empty string stands where text is needed.",
                    textPath + " is " + (value.isEmpty() ? "empty." : "white space only."),
                    "Fill it in, or remove it.");
            return false;
        }
        boolean impossible = value.codePoints().anyMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF));
        if (impossible) {
            complaints.add(
                    at(textPath, text.place()),
                    "A string holds a character that PostgreSQL cannot hold.",
                    textPath + " has a NUL character, or half a surrogate pair.",
                    "Remove the character.");
        }
        return !impossible;
    }

    private <J extends Json> Optional<J> typed(String name, Class<J> type, String wanted) {
        return value(name).flatMap(value -> typed(pathOf(name), value, type, wanted));
    }

    private <J extends Json> Optional<J> typed(String valuePath, Json value, Class<J> type, String wanted) {
        if (type.isInstance(value)) {
            return Optional.of(type.cast(value));
        }
        complaints.add(
                at(valuePath, value.place()),
                valuePath + " is of the wrong type.",
                "It is " + value.kind() + ", and should be " + wanted + ".",
                value instanceof Json.Nothing
                        ? "Remove it: what is not said takes its default."
                        : "Write " + wanted + ".");
        return Optional.empty();
    }

    private void complainOfRepetition(Json.Field field, Json.Field earlier) {
        complaints.add(
                at(pathOf(field.name()), field.place()),
                "The field " + quoted(field.name()) + " is there twice.",
                "It is there already at " + at(pathOf(field.name()), earlier.place()) + ".",
                "Remove one of the two.");
    }

    private void complainOfUnknown(Json.Field field, List<String> known) {
        complaints.add(
                at(pathOf(field.name()), field.place()),
                "There is no field " + quoted(field.name()) + " here.",
                path + " may have " + listed(known) + ".",
                Nearest.to(field.name(), known)
                        .map(near -> "Did you mean " + quoted(near) + "?")
                        .orElse("Remove " + quoted(field.name()) + "."));
    }
}
