package io.github.dbops.migration.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.prisma.MigrationOrder.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MigrationOrderTest {

    /** What Node's localeCompare makes of all printable ASCII, one character a name. */
    private static final String NODE =
            " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ";

    private final MigrationOrder order = new MigrationOrder();

    @Test
    void singleCharactersStandAsInNode() {
        List<String> characters =
                new ArrayList<>(NODE.chars().mapToObj(Character::toString).toList());
        assertThat(characters).hasSize('~' - ' ' + 1);
        Collections.shuffle(characters, new Random(1));
        characters.sort(order);
        assertThat(String.join("", characters)).isEqualTo(NODE);
    }

    @Test
    void namesStandAsInNode() {
        assertThat(sorted("20240101-c", "202401010000_b", "20240101_B", "20240101_a"))
                .containsExactly("20240101_a", "20240101_B", "20240101-c", "202401010000_b");
        assertThat(sorted("abc", "AB", "aB", "Ab", "ab", "a_b", "a"))
                .containsExactly("a", "a_b", "ab", "aB", "Ab", "AB", "abc");
    }

    @Test
    void stampedNamesStandBothWaysAlike() {
        assertThat(order.pairThatBytesTurnRound(List.of("20240101000000_b", "20240101000001_a")))
                .isEmpty();
        assertThat(order.pairThatBytesTurnRound(List.of("20240101_a", "20240101_B", "0")))
                .contains(new Pair("20240101_a", "20240101_B"));
    }

    @Test
    void lettersBeyondAsciiAreUnclearWhereTheyDecide() {
        assertThat(order.unclearPair(List.of("20240101_änderung", "20240102_übrig")))
                .isEmpty();
        assertThat(order.unclearPair(List.of("1_zoo", "1_änderung"))).contains(new Pair("1_änderung", "1_zoo"));
        assertThat(order.unclearPair(List.of("1_a", "1_a\u0301b"))).isPresent();
        assertThat(order.unclearPair(List.of("1_änderung"))).isEmpty();
    }

    private List<String> sorted(String... names) {
        return Arrays.stream(names).sorted(order).toList();
    }
}
