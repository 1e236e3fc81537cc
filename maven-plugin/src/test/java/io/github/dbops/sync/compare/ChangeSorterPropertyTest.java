package io.github.dbops.sync.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.dbops.postgres.Values;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Locator;
import io.github.dbops.testing.Property;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeSorterPropertyTest {

    private static final int IN_MEMORY = 1 << 20;

    @Test
    void decodingUndoesEncoding() {
        Property.forAll(500, random -> {
            Change change = change(random, key(random));
            int before = random.nextInt(9);
            ByteBuffer room = ByteBuffer.allocate(10 + random.nextInt(500)).position(before);
            assertThat(ChangeCodec.decode(ChangeCodec.encode(change, room).array(), before))
                    .isEqualTo(change);
        });
    }

    @Test
    void changesComeInTheOrderOfTheirKeysBytesHoweverOftenTheyAreRead() {
        Property.forAll(200, random -> {
            List<Change> changes = changes(random);
            try (ChangeSorter sorter = sorter(IN_MEMORY, changes)) {
                List<Change> first = read(sorter);
                List<Change> expected = new ArrayList<>(changes);
                expected.sort((one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other)));
                assertThat(first).isEqualTo(expected);
                assertThat(read(sorter)).isEqualTo(first);
            }
        });
    }

    @Test
    void changesThatDoNotFitIntoMemoryComeInTheSameOrder() {
        Property.forAll(60, random -> {
            List<Change> changes = changes(random);
            try (ChangeSorter large = sorter(IN_MEMORY, changes)) {
                List<Change> expected = read(large);
                Collections.shuffle(changes, random);
                try (ChangeSorter small = sorter(random.nextInt(400), changes)) {
                    assertThat(read(small)).isEqualTo(expected);
                    assertThat(read(small)).isEqualTo(expected);
                }
            }
        });
    }

    @Test
    void anyNumberOfChangesLiesInAFewOpenFiles() {
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long open = system.getOpenFileDescriptorCount();
        int changes = 5000;
        try (ChangeSorter sorter = new ChangeSorter(0)) {
            for (int i = 0; i < changes; i++) {
                List<String> key = List.of("%04d".formatted(i * 7 % changes));
                sorter.add(new Change(Change.Action.INSERT, key, Locator.NONE, Locator.NONE, Values.NONE, Values.NONE));
            }
            List<Change> read = new ArrayList<>();
            long[] most = {0};
            sorter.forEach(change -> {
                read.add(change);
                if (read.size() % 1000 == 1) {
                    most[0] = Math.max(most[0], system.getOpenFileDescriptorCount() - open);
                }
            });
            assertThat(most[0]).isLessThan(10);
            assertThat(read)
                    .extracting(change -> Integer.valueOf(change.key().get(0)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, changes).boxed().toList());
        }
    }

    /** The order's definition, written another way: each column's UTF-8 and a byte that is smaller than any other. */
    private static byte[] bytes(Change change) {
        return (String.join("\0", change.key()) + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static ChangeSorter sorter(int memory, List<Change> changes) {
        ChangeSorter sorter = new ChangeSorter(memory);
        changes.forEach(sorter::add);
        return sorter;
    }

    private static List<Change> read(ChangeSorter sorter) {
        List<Change> read = new ArrayList<>();
        sorter.forEach(read::add);
        return read;
    }

    /** A change set has one change a key. */
    private static List<Change> changes(Random random) {
        Map<List<String>, Change> changes = new LinkedHashMap<>();
        String begins = "x".repeat(random.nextInt(9));
        for (int i = random.nextInt(40); i > 0; i--) {
            List<String> key = List.of(random.nextBoolean() ? "" : text(random), begins + text(random) + text(random));
            changes.put(key, change(random, key));
        }
        return new ArrayList<>(changes.values());
    }

    private static Change change(Random random, List<String> key) {
        boolean insert = random.nextBoolean();
        return new Change(
                insert ? Change.Action.INSERT : Change.Action.UPDATE,
                key,
                new Locator(random.nextInt(3), random.nextLong()),
                insert ? Locator.NONE : new Locator(random.nextInt(3), random.nextLong()),
                insert ? Values.NONE : values(random),
                values(random));
    }

    private static List<String> key(Random random) {
        List<String> key = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            key.add(text(random));
        }
        return key;
    }

    private static String text(Random random) {
        List<String> alphabet = List.of("a", "A", "ä", "\u0001", " ", "\uFFFD", "🎉");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(alphabet.get(random.nextInt(alphabet.size())));
        }
        return text.toString();
    }

    private static Values values(Random random) {
        int count = random.nextInt(4);
        ByteBuffer bytes = ByteBuffer.allocate(count * 9);
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[random.nextInt(5)];
            random.nextBytes(value);
            if (random.nextInt(4) == 0) {
                bytes.putInt(-1);
            } else {
                bytes.putInt(value.length).put(value);
            }
        }
        return new Values(count, Arrays.copyOf(bytes.array(), bytes.position()));
    }
}
