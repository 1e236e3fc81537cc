package io.github.dbops.env;

import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what follows {@code embedded:}: {@code NAME[?version=17&init=a.sql,b/&schema=x]}. */
final class EmbeddedUrlReader {

    private static final String FORM =
            "Write it as embedded:NAME?version=17&init=a.sql,b/&schema=x;" + " everything from '?' on may be left out.";

    private final List<Problem> problems = new ArrayList<>();
    private Optional<Integer> version = Optional.empty();
    private List<String> init = List.of();
    private @Nullable String schema;

    private EmbeddedUrlReader() {}

    static DatabaseUrl.Embedded read(String rest) {
        return new EmbeddedUrlReader().parsed(rest);
    }

    private DatabaseUrl.Embedded parsed(String rest) {
        int question = rest.indexOf('?');
        String name = question < 0 ? rest : rest.substring(0, question);
        if (!name.matches("[A-Za-z0-9_-]+")) {
            problems.add(MalformedUrl.because(
                    "The name of an embedded database becomes a folder's:"
                            + " it has letters, digits, '_' and '-', at least one.",
                    FORM));
        }
        String query = question < 0 ? "" : rest.substring(question + 1);
        UrlParameter.all(query, UnaryOperator.identity()).forEach(this::parameter);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems, null);
        }
        return new DatabaseUrl.Embedded(name, version, init, schema);
    }

    private void parameter(UrlParameter parameter) {
        String value = parameter.value();
        switch (parameter.name()) {
            case "version" -> version(value);
            case "init" -> init(value);
            case "schema" -> {
                schema = PercentCoding.decode(value);
                expect("schema", !schema.isBlank(), "a schema's name");
            }
            default ->
                problems.add(MalformedUrl.because(
                        "An embedded database has the parameters version, init and schema, and there is another one.",
                        FORM));
        }
    }

    private void version(String value) {
        boolean known = value.matches("1[4-8]");
        expect("version", known, "one of 14, 15, 16, 17, 18");
        version = known ? Optional.of(Integer.valueOf(value)) : Optional.empty();
    }

    private void init(String value) {
        // Divided before it is decoded, so that a comma in a file's name can be written as %2C.
        init = Stream.of(value.split(",", -1)).map(PercentCoding::decode).toList();
        expect("init", init.stream().noneMatch(String::isBlank), "files and directories, separated by commas");
    }

    private void expect(String name, boolean fulfilled, String expected) {
        if (!fulfilled) {
            problems.add(MalformedUrl.parameter(name, expected));
        }
    }
}
