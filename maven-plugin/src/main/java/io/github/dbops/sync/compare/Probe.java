package io.github.dbops.sync.compare;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.sync.CanonicalKey;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.KeyJoins;
import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks up a few hundred rows of the source in the target. Where one of them differs the tables do, and a fingerprint of
 * both would be a scan for nothing; where none does, they are equal or nearly so. Either way the answer only chooses how
 * to compare.
 */
final class Probe {

    /** Finds one difference in a hundred rows nearly always. */
    private static final int ROWS = 300;

    private final TableShape shape;
    private final Hashing hashing;

    Probe(TableShape shape, Hashing hashing) {
        this.shape = shape;
        this.hashing = hashing;
    }

    /** Whether a difference was met. */
    boolean findsDifference(Sides sides) {
        List<List<String>> keys = new ArrayList<>();
        List<Long> hashes = new ArrayList<>();
        int leaves = shape.key().leaves().size();
        double percent =
                Math.min(100, 100.0 * 2 * ROWS / Math.max(1, shape.source().estimatedRows()));
        Projection source = new Projection(shape, Side.SOURCE, hashing);
        try (CopyRows rows = new CopyRows(sides.source(), source.sample(percent, ROWS))) {
            while (rows.next()) {
                List<String> key = new ArrayList<>();
                for (int i = 0; i < leaves; i++) {
                    key.add(rows.text(i));
                }
                keys.add(key);
                hashes.add(rows.int8(leaves));
            }
        }
        return !keys.isEmpty() && !hashes.equals(inTarget(sides, keys));
    }

    private List<@Nullable Long> inTarget(Sides sides, List<List<String>> keys) {
        List<Leaf> leaves = shape.key().leaves();
        KeyJoins parents = new KeyJoins("k");
        String matches = parents.matches(
                shape.key(),
                Joins.TABLE,
                IntStream.range(0, leaves.size())
                        .mapToObj(i -> CanonicalKey.value(
                                "n.x" + i, leaves.get(i).column().type()))
                        .toList());
        String inputs = leaves.stream().map(leaf -> "?::text[]").collect(Collectors.joining(", "));
        String names = IntStream.range(0, leaves.size()).mapToObj(i -> "x" + i).collect(Collectors.joining(", "));
        Projection target = new Projection(shape, Side.TARGET, hashing);
        String query = target.hashesBeside(
                "unnest(" + inputs + ") WITH ORDINALITY AS n(" + names + ", i)" + parents.sql(), matches);
        Long[] found = new Long[keys.size()];
        Object[] columns = IntStream.range(0, leaves.size())
                .mapToObj(i -> keys.stream().map(key -> key.get(i)).toList())
                .toArray();
        sides.target().query(query, row -> found[row.getInt(1) - 1] = row.getLong(2), columns);
        List<@Nullable Long> hashes = new ArrayList<>();
        for (Long hash : found) {
            hashes.add(hash);
        }
        return hashes;
    }
}
