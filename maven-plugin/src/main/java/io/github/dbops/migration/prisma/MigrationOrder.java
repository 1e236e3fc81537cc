package io.github.dbops.migration.prisma;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The order in which Prisma runs migrations since 6.6: JavaScript's {@code localeCompare}, which is the root collation
 * of CLDR. Exact for printable ASCII; other characters stand behind it by code point, and {@link #unclearPair} tells
 * where that may be wrong.
 *
 * @see <a href="https://www.unicode.org/reports/tr35/tr35-collation.html#Root_Collation">CLDR root collation</a>
 */
final class MigrationOrder implements Comparator<String> {

    /** By primary weight; a letter's case is not part of it. */
    private static final String PRIMARY = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

    /** The names of two migrations. */
    record Pair(String first, String second) {}

    @Override
    public int compare(String one, String other) {
        int byWeight = Arrays.compare(weights(one), weights(other));
        if (byWeight != 0) {
            return byWeight;
        }
        // Lower case before upper case, at the first letter that differs; ASCII has it the other way round.
        int byCase = -one.compareTo(other);
        return one.equals(other) ? 0 : byCase;
    }

    /**
     * Two names that Prisma before 6.6, which went by bytes, would run the other way round; empty where all versions
     * agree.
     */
    Optional<Pair> pairThatBytesTurnRound(List<String> names) {
        List<String> ours = names.stream().sorted(this).toList();
        return IntStream.range(1, ours.size())
                .mapToObj(i -> new Pair(ours.get(i - 1), ours.get(i)))
                .filter(pair -> byBytes(pair.first(), pair.second()) > 0)
                .findFirst();
    }

    /** Two names whose order depends on characters beyond ASCII; empty where all are told apart before those. */
    Optional<Pair> unclearPair(List<String> names) {
        List<String> ours = names.stream().sorted(this).toList();
        return ours.stream()
                .filter(name -> !isPlain(name))
                .flatMap(name -> ours.stream()
                        .filter(other -> !other.equals(name) && !isToldApartPlainly(name, other))
                        .map(other -> new Pair(name, other)))
                .findFirst();
    }

    private static boolean isToldApartPlainly(String one, String other) {
        int at = 0;
        while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        // A mark that follows may change the weight of the character before it.
        String reached = prefix(one, at + 2) + prefix(other, at + 2);
        return at < one.length()
                && at < other.length()
                && isPlain(reached)
                && weight(one.charAt(at)) != weight(other.charAt(at));
    }

    private static String prefix(String name, int length) {
        return name.substring(0, Math.min(length, name.length()));
    }

    private static boolean isPlain(String name) {
        return name.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static int byBytes(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static int[] weights(String name) {
        return name.codePoints().map(MigrationOrder::weight).toArray();
    }

    private static int weight(int character) {
        int known = PRIMARY.indexOf(character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character);
        return known >= 0 ? known : PRIMARY.length() + character;
    }
}
