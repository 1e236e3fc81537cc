package io.github.dbops.env;

import java.util.List;

/** What a parameter of a URL means for the server that the URL names. */
@FunctionalInterface
interface ParameterMeaning {

    /** Adds to what is known of the server, or complains. */
    void apply(ServerParts parts, String name, String value);

    /** The driver's property takes the value as it is. */
    static ParameterMeaning text(String property) {
        return (parts, name, value) -> parts.property(property, value);
    }

    /** The driver's property takes one of these values. */
    static ParameterMeaning oneOf(String property, String... values) {
        List<String> allowed = List.of(values);
        return (parts, name, value) -> {
            if (parts.expect(allowed.contains(value), name, "one of " + String.join(", ", allowed))) {
                parts.property(property, value);
            }
        };
    }

    /** The driver's property takes true or false. */
    static ParameterMeaning flag(String property) {
        return oneOf(property, "true", "false");
    }

    /** The driver's property takes a whole number; some of the driver's own are -1 for "none". */
    static ParameterMeaning number(String property) {
        return (parts, name, value) -> {
            boolean whole = value.matches("-?[0-9]{1,10}") && Math.abs(Long.parseLong(value)) <= Integer.MAX_VALUE;
            if (parts.expect(whole, name, "a whole number")) {
                parts.property(property, value);
            }
        };
    }

    /** The driver's property takes a file, relative to the project's directory. */
    static ParameterMeaning file(String property) {
        return (parts, name, value) -> parts.file(property, name, value);
    }

    /** Nothing, and nobody misses it. */
    static ParameterMeaning nothing() {
        return (parts, name, value) -> {};
    }

    /** Nothing but a check: Prisma refuses a bad number even where it plays no part. */
    static ParameterMeaning unusedNumber() {
        return (parts, name, value) -> parts.expect(value.matches("[0-9]{1,18}"), name, "a whole number");
    }

    /** Nothing, and its writer may think otherwise. */
    static ParameterMeaning noEffect() {
        return (parts, name, value) ->
                parts.warning("The parameter " + name + " of the database URL has no effect in dbops.");
    }

    /** Seconds, 0 for no limit. */
    static ParameterMeaning seconds(String... properties) {
        return (parts, name, value) -> {
            if (parts.expect(value.matches("[0-9]{1,6}"), name, "a whole number of seconds")) {
                for (String property : properties) {
                    parts.property(property, value);
                }
            }
        };
    }
}
