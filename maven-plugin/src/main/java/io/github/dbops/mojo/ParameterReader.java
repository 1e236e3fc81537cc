package io.github.dbops.mojo;

import io.github.dbops.command.Backup;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    /**
     * Dry-run unless {@code apply} is said; never both.
     *
     * @param goal the goal's name
     */
    Execution execution(@Nullable String dryRun, @Nullable String apply, String goal) {
        boolean looks = flag("dryRun", dryRun);
        boolean writes = flag("apply", apply);
        if (looks && writes) {
            problems.add(Problem.of(
                    Code.DRY_RUN_AND_APPLY,
                    "Both dryRun and apply are set.",
                    "A run either only looks or also writes, and dbops does not guess which was meant.",
                    "To see what would change: mvn dbops:" + goal + " -DdryRun",
                    "To change it: mvn dbops:" + goal + " -Dapply"));
        }
        return writes && !looks ? Execution.APPLY : Execution.DRY_RUN;
    }

    /** Apply unless a dry-run is said. */
    Execution writesUnlessDryRun(@Nullable String dryRun) {
        return flag("dryRun", dryRun) ? Execution.DRY_RUN : Execution.APPLY;
    }

    /** What proves a backup. */
    Backup backup(@Nullable String check, @Nullable String maxAge) {
        return new Backup(text(check), duration("dbops.backupMaxAge", maxAge));
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

    /** A whole number from 0 on, of at most twelve digits. */
    long number(String property, @Nullable String value) {
        if (value == null || !value.matches("\\d{1,12}")) {
            refuse(property, value, "a whole number, 0 or more", "-D" + property + "=200000");
            return 0;
        }
        return Long.parseLong(value);
    }

    /**
     * A whole digest; its first twelve digits, which are for people, are not enough.
     *
     * @param report the file in which a dry-run's digest is found
     */
    Optional<Digest> digest(String property, @Nullable String value, String report) {
        if (text(value).isEmpty()) {
            return Optional.empty();
        }
        if (!String.valueOf(value).matches("[0-9a-f]{64}")) {
            refuse(
                    property,
                    value,
                    "the whole digest of a dry-run, 64 lower-case hexadecimal digits",
                    "Copy \"digest\" from " + report + " of the reviewed dry-run.");
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
        return known(value, words).orElseGet(() -> {
            refuseWord(property, value, spelled(words));
            return words.getEnumConstants()[0];
        });
    }

    /** One of a few words, or the word that says none of them. */
    <E extends Enum<E>> Optional<E> word(String property, @Nullable String value, String none, Class<E> words) {
        Optional<E> word = known(value, words);
        if (word.isEmpty() && !none.equals(value)) {
            refuseWord(
                    property,
                    value,
                    Stream.concat(Stream.of(none), spelled(words).stream()).toList());
        }
        return word;
    }

    /** Some of a few words with commas between them, or alone the word that says none of them. */
    <E extends Enum<E>> Set<E> words(String property, @Nullable String value, String none, Class<E> words) {
        Set<E> found = EnumSet.noneOf(words);
        if (none.equals(value)) {
            return found;
        }
        for (String part : parts(value)) {
            Optional<E> word = known(part, words);
            if (word.isEmpty()) {
                String all = String.join(", ", spelled(words));
                refuse(
                        property,
                        value,
                        "one or more of " + all + ", with commas between them, or " + none + " alone",
                        "-D" + property + "=" + none);
                return found;
            }
            word.ifPresent(found::add);
        }
        return found;
    }

    /** Names with commas between them, none of them blank or said twice; empty where there is no text at all. */
    List<String> names(String property, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return List.of();
        }
        List<String> names = parts(value);
        if (names.contains("") || Set.copyOf(names).size() < names.size()) {
            refuse(
                    property,
                    value,
                    "names with commas between them, none blank and none twice",
                    "-D" + property + "=NAME,NAME");
        }
        return names;
    }

    /** Says that a setting cannot be, for a reason that spans several. */
    void conflict(String what, String why, String... next) {
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

    private void refuseWord(String property, @Nullable String value, List<String> known) {
        refuse(property, value, String.join(" or ", known), "-D" + property + "=" + known.get(0));
    }

    private static <E extends Enum<E>> Optional<E> known(@Nullable String value, Class<E> words) {
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> spelled(word).equals(value))
                .findFirst();
    }

    private static <E extends Enum<E>> List<String> spelled(Class<E> words) {
        return Arrays.stream(words.getEnumConstants())
                .map(ParameterReader::spelled)
                .toList();
    }

    private static String spelled(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> parts(@Nullable String value) {
        return value == null
                ? List.of("")
                : Arrays.stream(value.split(",", -1)).map(String::strip).toList();
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
