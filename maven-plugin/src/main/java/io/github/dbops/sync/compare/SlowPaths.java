package io.github.dbops.sync.compare;

import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.NaturalKey;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.Sides;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What made a comparison slower than it could be, and what would make it fast, a sentence each. */
final class SlowPaths {

    private SlowPaths() {}

    /** Why the servers' own hashes were not used, if they were not. */
    static Optional<String> hashing(Sides sides, Hashing hashing) {
        if (hashing != Hashing.PORTABLE) {
            return Optional.empty();
        }
        String source = sides.source().traits().encoding();
        String target = sides.target().traits().encoding();
        String why = source.equals(target)
                ? "the two servers hash the same values differently; two of one major version and processor would not"
                : "the source's encoding is " + source + " and the target's is " + target
                        + "; databases of one encoding would be";
        return Optional.of(
                "Rows were hashed by SHA-256 and not by the servers' own hash, which is twice as fast: " + why + ".");
    }

    /** Why a table's rows were streamed, though a sum of their hashes might have settled them. */
    static Optional<String> streamed(NaturalKey key) {
        List<Side> without =
                Arrays.stream(Side.values()).filter(side -> !key.isUnique(side)).toList();
        if (without.isEmpty()) {
            return Optional.empty();
        }
        String columns = String.join(", ", key.planned().key());
        if (without.equals(List.of(Side.SOURCE)) && key.hasLooserTexts()) {
            return Optional.of("The key (" + columns + ") is citext in the target and not in the source, so that every"
                    + " row's hash was sent even where nothing differs; the same type there makes a comparison fast.");
        }
        String sides = without.stream().map(Side::word).collect(Collectors.joining(" and in the "));
        return Optional.of("The key (" + columns + ") has no unique index in the " + sides
                + ", so that every row's hash was sent even where nothing differs; CREATE UNIQUE INDEX on it there makes"
                + " a comparison fast.");
    }
}
