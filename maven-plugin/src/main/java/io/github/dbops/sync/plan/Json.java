package io.github.dbops.sync.plan;

import java.util.List;

/** A JSON value that knows where in its text it stands. */
sealed interface Json {

    /** Where the value begins. */
    Place place();

    /** What it is, for people: {@code a string}. */
    String kind();

    /**
     * A place in the text.
     *
     * @param line counted from 1
     * @param column counted from 1, in UTF-16 units, as editors count
     */
    record Place(int line, int column) {}

    /**
     * A field of an object.
     *
     * @param name the name, escapes resolved
     * @param place where the name begins
     * @param value what it is set to
     */
    record Field(String name, Place place, Json value) {}

    /** An object; a name that is there twice is in the list twice. */
    record Structure(Place place, List<Field> fields) implements Json {

        public Structure {
            fields = List.copyOf(fields);
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /** An array. */
    record Sequence(Place place, List<Json> elements) implements Json {

        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A string.
     *
     * @param value escapes resolved
     * @param literal as written, with its quotes
     */
    record Text(Place place, String value, String literal) implements Json {

        @Override
        public String kind() {
            return "a string";
        }

        /** Where in the file a character of the value stands; a string never spans lines, but escapes make it longer. */
        Place placeOf(int index) {
            int raw = 1;
            for (int i = 0; i < index && raw < literal.length() - 1; i++) {
                if (literal.charAt(raw) == '\\') {
                    raw += literal.charAt(raw + 1) == 'u' ? 6 : 2;
                } else {
                    raw++;
                }
            }
            return new Place(place.line(), place.column() + raw);
        }
    }

    /** A number, as written. */
    record Numeral(Place place, String literal) implements Json {

        @Override
        public String kind() {
            return "a number";
        }
    }

    /** True or false. */
    record Truth(Place place, boolean value) implements Json {

        @Override
        public String kind() {
            return value ? "true" : "false";
        }
    }

    /** Null. */
    record Nothing(Place place) implements Json {

        @Override
        public String kind() {
            return "null";
        }
    }
}
