package io.github.dbops.problem;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that went wrong, told so that its reader can act. No field ever holds a password, nor a value from an env
 * file.
 *
 * @param code the stable code
 * @param what what failed, one sentence
 * @param where the place: {@code file:line:column}, table or key; null where there is none
 * @param why the reason, in the database's own words where it has some
 * @param state what state everything is in now; null where another part will know, see {@link #withState}
 * @param next what to do, one step or command a line; never empty
 * @param examples rows that it is about, by key; apart from the words, because not every reader may see rows
 */
public record Problem(
        Code code,
        String what,
        @Nullable String where,
        String why,
        @Nullable String state,
        List<String> next,
        List<String> examples) {

    public Problem {
        Objects.requireNonNull(code);
        Objects.requireNonNull(what);
        Objects.requireNonNull(why);
        next = List.copyOf(next);
        examples = List.copyOf(examples);
        if (next.isEmpty()) {
            throw new IllegalArgumentException("a problem must say what to do next: " + what);
        }
    }

    /** A problem without examples. */
    public Problem(
            Code code, String what, @Nullable String where, String why, @Nullable String state, List<String> next) {
        this(code, what, where, why, state, next, List.of());
    }

    /** A problem at no particular place, whose state another part fills in. */
    public static Problem of(Code code, String what, String why, String... next) {
        return new Problem(code, what, null, why, null, List.of(next));
    }

    /** The same problem at a place. */
    public Problem at(String place) {
        return new Problem(code, what, place, why, state, next, examples);
    }

    /** The same problem with the state that things are in; an earlier, nearer statement stays. */
    public Problem withState(String words) {
        return state != null ? this : new Problem(code, what, where, why, words, next, examples);
    }

    /** The same problem, its state and its next steps reworded. */
    public Problem reworded(UnaryOperator<String> words) {
        return new Problem(
                code,
                what,
                where,
                why,
                state == null ? null : words.apply(state),
                next.stream().map(words).toList(),
                examples);
    }

    /** The same problem with the rows that it is about. */
    public Problem withExamples(List<String> rows) {
        return new Problem(code, what, where, why, state, next, rows);
    }

    /** The place as an optional, for writers. */
    public Optional<String> place() {
        return Optional.ofNullable(where);
    }

    /** This problem as an exception to throw. */
    public ProblemException exception() {
        return new ProblemException(List.of(this), null);
    }

    /** This problem as an exception that keeps its cause for {@code -e} and {@code -X}. */
    public ProblemException exception(Throwable cause) {
        return new ProblemException(List.of(this), cause);
    }
}
