package io.github.dbops.sync.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.Side;
import io.github.dbops.testing.Property;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that meet are equal, no row is lost, and nobody waits for ever. */
@Timeout(60)
class MeetingTest {

    private static final int MANY = 6 * Meeting.WAITING;

    private final Rest source = new Rest();
    private final Rest target = new Rest();
    private final Meeting meeting = new Meeting(source, target);

    private record Row(long key, long hash) {}

    /** Those who met nobody. */
    private static final class Rest implements HashedRows {

        private final List<Row> rows = new ArrayList<>();

        @Override
        public void row(long key, long hash, long tuple, long relation) {
            if (tuple != ~key || relation != key / 2) {
                throw new AssertionError("a row has lost its place: " + key);
            }
            rows.add(new Row(key, hash));
        }
    }

    private static List<Row> rows(LongStream keys) {
        return keys.mapToObj(key -> new Row(key * 0x9E3779B97F4A7C15L, key)).toList();
    }

    private Thread send(Side side, List<Row> rows) {
        Thread thread = new Thread(() -> {
            HashedRows entrance = meeting.entrance(side);
            rows.forEach(row -> entrance.row(row.key(), row.hash(), ~row.key(), row.key() / 2));
            meeting.closed(side);
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void await(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
    }

    private long meet(List<Row> ours, List<Row> theirs) {
        Thread here = send(Side.SOURCE, ours);
        Thread there = send(Side.TARGET, theirs);
        await(here, Thread.State.TERMINATED);
        await(there, Thread.State.TERMINATED);
        return meeting.end();
    }

    @Test
    void whoIsAheadWaits() {
        List<Row> rows = rows(LongStream.range(0, MANY));
        Thread ahead = send(Side.TARGET, rows);
        await(ahead, Thread.State.WAITING);
        Thread behind = send(Side.SOURCE, rows);
        await(behind, Thread.State.TERMINATED);
        await(ahead, Thread.State.TERMINATED);

        assertThat(meeting.end()).isEqualTo(MANY);
        assertThat(source.rows).isEmpty();
        assertThat(target.rows).isEmpty();
    }

    @Test
    void nobodyWaitsForASideThatComesNoMore() {
        Thread alone = send(Side.SOURCE, rows(LongStream.range(0, MANY)));
        await(alone, Thread.State.WAITING);
        meeting.closed(Side.TARGET);
        await(alone, Thread.State.TERMINATED);

        assertThat(meeting.end()).isZero();
        assertThat(new HashSet<>(source.rows)).hasSize(MANY).hasSameSizeAs(source.rows);
    }

    @Test
    void manyRowsThatOnlyOneSideHasKeepNobodyApart() {
        List<Row> ours = rows(LongStream.range(0, MANY).filter(key -> key % 3 > 0 || key > MANY / 2));
        List<Row> theirs = rows(LongStream.range(0, MANY).filter(key -> key < MANY / 3 || key > MANY / 2));

        long met = meet(ours, theirs);

        assertThat(met).isGreaterThan(MANY / 2);
        assertThat(source.rows).hasSize(Math.toIntExact(ours.size() - met));
        assertThat(target.rows).hasSize(Math.toIntExact(theirs.size() - met));
    }

    @Test
    void rowsInAnotherOrderGoTheLongWay() {
        List<Row> reversed = new ArrayList<>(rows(LongStream.range(0, MANY)));
        Collections.reverse(reversed);

        long met = meet(rows(LongStream.range(0, MANY)), reversed);

        assertThat(met).isLessThan(MANY);
        assertThat(source.rows).hasSize(Math.toIntExact(MANY - met));
        assertThat(new HashSet<>(source.rows)).isEqualTo(new HashSet<>(target.rows));
    }

    @Test
    void noRowIsLostAndEqualOnesMeetOrStayOnBothSides() {
        Property.forAll(40, random -> new MeetingTest().meetAtRandom(random));
    }

    private void meetAtRandom(Random random) {
        int count = random.nextInt(MANY);
        int only = random.nextInt(3) * 20;
        List<Row> ours = new ArrayList<>();
        List<Row> theirs = new ArrayList<>();
        for (Row row : rows(LongStream.range(0, count))) {
            boolean changed = random.nextInt(100) < only;
            if (random.nextInt(100) >= only) {
                ours.add(row);
            }
            if (random.nextInt(100) >= only) {
                theirs.add(changed ? new Row(row.key(), ~row.hash()) : row);
            }
        }
        shuffleAPart(ours, random);
        Set<Row> equal = new HashSet<>(ours);
        equal.retainAll(new HashSet<>(theirs));

        long met = meet(ours, theirs);

        assertThat(met + source.rows.size()).isEqualTo(ours.size());
        assertThat(met + target.rows.size()).isEqualTo(theirs.size());
        Set<Row> left = new HashSet<>(source.rows);
        assertThat(left).hasSameSizeAs(source.rows);
        assertThat(new HashSet<>(ours).containsAll(left)).isTrue();
        left.retainAll(new HashSet<>(target.rows));
        assertThat(met + left.size()).isEqualTo(equal.size());
    }

    private static void shuffleAPart(List<Row> rows, Random random) {
        int from = random.nextInt(rows.size() + 1);
        Collections.shuffle(rows.subList(from, from + random.nextInt(rows.size() - from + 1)), random);
    }
}
