package io.github.dbops.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One parameter of a URL. No record, for its value may be a password. */
final class UrlParameter {

    private static final Set<String> SECRET = Set.of("password", "sslpassword");

    private final String name;
    private final String value;
    private final boolean doubtful;

    private UrlParameter(String name, String value, boolean doubtful) {
        this.name = name;
        this.value = value;
        this.doubtful = doubtful;
    }

    /**
     * A URL's parameters in their order.
     *
     * @param query what follows the question mark
     * @param decoder decodes a name or a value
     * @throws io.github.dbops.problem.ProblemException URL_MALFORMED where one has no {@code =}; {@code ssl} alone is
     *     the driver's way to say {@code ssl=true}
     */
    static List<UrlParameter> all(String query, UnaryOperator<String> decoder) {
        List<UrlParameter> parameters = new ArrayList<>();
        boolean secretSeen = false;
        for (String part : query.split("&")) {
            int equals = part.indexOf('=');
            if (part.isEmpty()) {
                continue;
            }
            if (part.equals("ssl")) {
                parameters.add(new UrlParameter("ssl", "true", secretSeen));
                continue;
            }
            if (equals < 0) {
                throw MalformedUrl.unescaped("One of its parameters has no '='.");
            }
            String name = decoder.apply(part.substring(0, equals));
            parameters.add(new UrlParameter(name, decoder.apply(part.substring(equals + 1)), secretSeen));
            secretSeen |= SECRET.contains(name);
        }
        return parameters;
    }

    String name() {
        return name;
    }

    String value() {
        return value;
    }

    /** What to call an unknown parameter: after a password, its name may be what follows an unescaped '&'. */
    String shownName() {
        if (doubtful) {
            return "A parameter after the password (its name is not shown, in case it is part of a password"
                    + " with '&', which is written %26)";
        }
        return name.matches("[A-Za-z0-9_.-]{1,64}") ? "The parameter " + name : "A parameter";
    }
}
