package io.github.dbops.mojo;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Maven parameters into the types of a request. A bad value is remembered and stood in for, so that one run shows
 * everything that is wrong: call {@link #complain} before the result is used.
 */
final class ParameterReader {

    private static final Pattern BRIEF = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    private final List<Problem> problems = new ArrayList<>();

    /** Exactly {@code true} or {@code false}; Maven's own conversion takes {@code yes} for false. */
    boolean flag(String property, @Nullable String value) {
        if (value == null || !(value.equals("true") || value.equals("false"))) {
            refuse(property, value, "true or false", "-D" + property + "=true");
        }
        return "true".equals(value);
    }

    /** Dry-run unless {@code apply} is said; never both. */
    Execution execution(@Nullable String dryRun, @Nullable String apply) {
        boolean looks = flag("dryRun", dryRun);
        boolean writes = flag("apply", apply);
        if (looks && writes) {
            problems.add(Problem.of(
                    Code.DRY_RUN_AND_APPLY,
                    "Both dryRun and apply are set.",
                    "A run either only looks or also writes, and dbops does not guess which was meant.",
                    "To see what would change: mvn dbops:sync -DdryRun",
                    "To change it: mvn dbops:sync -Dapply"));
        }
        return writes && !looks ? Execution.APPLY : Execution.DRY_RUN;
    }

    /** A text as it is; empty where it is absent or blank. */
    Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).filter(given -> !given.isBlank());
    }

    /** A duration above zero: {@code 30s}, {@code 5m}, {@code 1h}, {@code 2d}, {@code 500ms}, or ISO-8601's. */
    Duration duration(String property, @Nullable String value) {
        Duration duration = value == null ? Duration.ZERO : parse(value.strip());
        if (duration.isZero() || duration.isNegative()) {
            refuse(
                    property,
                    value,
                    "a duration above zero, such as 30s, 5m, 1h, 2d or PT1H30M",
                    "-D" + property + "=30s");
        }
        return duration;
    }

    /** A whole number from 1 to 1000. */
    int count(String property, @Nullable String value) {
        int count = value != null && value.matches("\\d{1,4}") ? Integer.parseInt(value) : 0;
        if (count < 1 || count > 1000) {
            refuse(property, value, "a whole number from 1 to 1000", "-D" + property + "=5");
        }
        return count;
    }

    /** A whole digest; its first twelve digits, which are for people, are not enough. */
    Optional<Digest> digest(String property, @Nullable String value) {
        if (text(value).isEmpty()) {
            return Optional.empty();
        }
        if (!String.valueOf(value).matches("[0-9a-f]{64}")) {
            refuse(
                    property,
                    value,
                    "the whole digest of a dry-run, 64 lower-case hexadecimal digits",
                    "Copy \"digest\" from sync-report.json of the reviewed dry-run.");
            return Optional.empty();
        }
        return text(value).map(Digest::new);
    }

    /** A text of a form; empty where it is absent or blank. */
    Optional<String> matching(String property, @Nullable String value, String form, String expected) {
        Optional<String> given = text(value);
        if (given.filter(text -> !text.matches(form)).isPresent()) {
            refuse(property, value, expected, "Correct it, or leave -D" + property + " out.");
            return Optional.empty();
        }
        return given;
    }

    /** One of a few texts; empty where it is absent or blank. */
    Optional<String> oneOf(String property, @Nullable String value, List<String> known) {
        Optional<String> given = text(value);
        if (given.filter(text -> !known.contains(text)).isPresent()) {
            refuse(property, value, String.join(" or ", known), "-D" + property + "=" + known.get(0));
            return Optional.empty();
        }
        return given;
    }

    /** One of a few words; they are shown, and matched, in lower case. */
    <E extends Enum<E>> E word(String property, @Nullable String value, Class<E> words) {
        E[] all = words.getEnumConstants();
        Function<E, String> spelled = word -> word.name().toLowerCase(Locale.ROOT);
        for (E word : all) {
            if (spelled.apply(word).equals(value)) {
                return word;
            }
        }
        List<String> known = Arrays.stream(all).map(spelled).toList();
        refuse(property, value, String.join(" or ", known), "-D" + property + "=" + known.get(0));
        return all[0];
    }

    /** Says that a setting cannot be, for a reason that spans several. */
    void conflict(String what, String why, String next) {
        problems.add(Problem.of(Code.SETTING_INVALID, what, why, next));
    }

    /**
     * Ends the reading.
     *
     * @throws ProblemException (SETTING_INVALID, DRY_RUN_AND_APPLY) with everything that was wrong
     */
    void complain() {
        if (!problems.isEmpty()) {
            throw new ProblemException(
                    problems.stream()
                            .map(p -> p.withState("Nothing was connected to; nothing was changed."))
                            .toList(),
                    null);
        }
    }

    private void refuse(String property, @Nullable String value, String expected, String next) {
        String found = value == null || value.isBlank() ? "it is empty" : "it is \"" + value + "\"";
        problems.add(Problem.of(
                Code.SETTING_INVALID,
                "The setting " + property + " is not usable.",
                "It must be " + expected + "; " + found + ".",
                next));
    }

    private static Duration parse(String value) {
        Matcher brief = BRIEF.matcher(value);
        if (brief.matches()) {
            long amount = Long.parseLong(brief.group(1));
            return switch (brief.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        try {
            return Duration.parse(value);
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }
}
