package io.github.dbops.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random choices; the same seed makes the same ones. */
record Dice(Random random) {

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number from a range, both ends included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    <T> List<T> shuffled(List<T> all) {
        List<T> copy = new ArrayList<>(all);
        Collections.shuffle(copy, random);
        return copy;
    }

    /** At most so many of them, in any order. */
    <T> List<T> some(List<T> all, int most) {
        return shuffled(all).subList(0, Math.min(most, all.size()));
    }

    /** A new identifier as uuid generators make them. */
    String uuid() {
        return new java.util.UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | 1L << 63)
                .toString();
    }
}
