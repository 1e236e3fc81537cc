package io.github.dbops.env;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;

/** The ways a URL cannot be understood. None quotes the URL: a misread one has its password in the wrong place. */
final class MalformedUrl {

    private static final String SHAPE = "Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE,"
            + " jdbc:postgresql://HOST:5432/DATABASE or embedded:NAME.";

    private static final String ENCODE =
            "Percent-encode what is not a letter or a digit in user, password and database:"
                    + " '@' is %40, ':' %3A, '/' %2F, '?' %3F, '#' %23, '&' %26, '%' %25.";

    private MalformedUrl() {}

    /** Any reason, with advice of its own. */
    static Problem because(String why, String... next) {
        return Problem.of(Code.URL_MALFORMED, "The database URL cannot be understood.", why, next);
    }

    /** Its shape is none that dbops knows. */
    static ProblemException shape(String why) {
        return because(why, SHAPE).exception();
    }

    /** A character that divides the URL stands where it does not divide anything. */
    static ProblemException unescaped(String why) {
        return because(why, ENCODE).exception();
    }

    /** A parameter's value is not one of those it may have. The name is one that dbops knows. */
    static Problem parameter(String name, String expected) {
        return because(
                "The parameter " + name + " has a value that it cannot have: expected " + expected + ".",
                "Correct " + name + " in the URL, or leave it out.");
    }
}
