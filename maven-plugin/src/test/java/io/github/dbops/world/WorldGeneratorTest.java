package io.github.dbops.world;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.Ids;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.world.Column.Origin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That random worlds are what their name says, and that the campaign's first 200 have everything in them. */
class WorldGeneratorTest {

    private static final int NORMAL = 200;

    /** What a campaign must have seen, asked of a table that is written. */
    private static final Map<String, BiPredicate<Contract, Rules>> KINDS = Map.ofEntries(
            entry("key with a reference", (c, r) -> !r.keyReferences().isEmpty()),
            entry("key with a reference whose key has one too", WorldGeneratorTest::isDeep),
            entry("key of two references", (c, r) -> r.keyReferences().size() > 1),
            entry("key of several columns", (c, r) -> r.key().size() > 1),
            entry("key without a unique index", (c, r) -> !hasUniqueKey(r)),
            entry("generated id", (c, r) -> !r.generatedSurrogates().isEmpty()),
            entry(
                    "id that is a reference",
                    (c, r) -> r.surrogates().stream()
                            .anyMatch(id -> r.table().foreignKeys().stream()
                                    .anyMatch(k -> k.columns().contains(id)))),
            entry("carried id", (c, r) -> !r.carriedSurrogates().isEmpty()),
            entry(
                    "kept number",
                    (c, r) -> r.entry().ids() == Ids.KEEP
                            && r.surrogates().stream()
                                    .anyMatch(
                                            id -> r.table().column(id).origin().isSequence())),
            entry(
                    "generated uuid",
                    (c, r) -> r.entry().ids() == Ids.GENERATE
                            && r.surrogates().stream()
                                    .anyMatch(id -> r.table().column(id).origin() == Origin.RANDOM_UUID)),
            entry(
                    "reference to an id",
                    (c, r) -> references(c, r, (p, k) -> p.surrogates().containsAll(k.parentColumns()))),
            entry(
                    "reference to a key",
                    (c, r) -> references(c, r, (p, k) -> p.key().containsAll(k.parentColumns()))),
            entry(
                    "reference to another unique column",
                    (c, r) -> references(
                            c,
                            r,
                            (p, k) -> k.parentColumns().stream()
                                    .noneMatch(x -> p.key().contains(x)
                                            || p.surrogates().contains(x)))),
            entry(
                    "reference of several columns",
                    (c, r) -> references(c, r, (p, k) -> k.columns().size() > 1)),
            entry("reference to a lookup", (c, r) -> references(c, r, (p, k) -> !p.isWritten())),
            entry("reference to itself", (c, r) -> references(c, r, (p, k) -> p.table() == r.table())),
            entry("reference out of the plan", (c, r) -> !r.rawReferences().isEmpty()),
            entry(
                    "deferrable reference",
                    (c, r) -> references(c, r, (p, k) -> k.timing().isDeferrable())),
            entry("references that share a column", WorldGeneratorTest::shares),
            entry("circle of several tables", WorldGeneratorTest::isInCircle),
            entry("where", (c, r) -> r.entry().where() != null),
            entry("columns", (c, r) -> r.entry().columns() != null),
            entry("exclude", (c, r) -> !r.entry().exclude().isEmpty()),
            entry("ignore", (c, r) -> !r.entry().ignore().isEmpty()),
            entry("sensitive", (c, r) -> !r.entry().sensitive().isEmpty()),
            entry("append", (c, r) -> r.entry().mode() == Mode.APPEND),
            entry("production wins", (c, r) -> r.entry().onConflict() == OnConflict.PROD_WINS),
            entry("error on conflict", (c, r) -> r.entry().onConflict() == OnConflict.ERROR_ON_CONFLICT),
            entry("partitions", (c, r) -> r.table().storage().partitionBy() != null),
            entry("heir", (c, r) -> r.table().storage().heir() != null),
            entry("computed column", (c, r) -> has(r, column -> column.origin() == Origin.COMPUTED)),
            entry("trigger", (c, r) -> has(r, column -> column.origin() == Origin.TOUCHED)),
            entry("audit", (c, r) -> r.table().audited() == Table.Audited.YES),
            entry("column of one side", (c, r) -> has(r, column -> !column.isShared())),
            entry(
                    "other type",
                    (c, r) -> has(
                            r,
                            column -> column.isShared()
                                    && !column.form(Side.SOURCE)
                                            .type()
                                            .equals(column.form(Side.TARGET).type()))),
            entry(
                    "unique index over a reference",
                    (c, r) -> r.table().foreignKeys().stream()
                            .anyMatch(k -> r.table().uniques().stream()
                                    .anyMatch(u -> !r.key().containsAll(u.columns())
                                            && u.columns().stream().anyMatch(k.columns()::contains)))),
            entry("partial index", (c, r) -> unique(r, u -> u.predicate() != null)),
            entry(
                    "index over an expression",
                    (c, r) ->
                            unique(r, u -> u.parts().stream().anyMatch(part -> part.fold() == UniqueIndex.Fold.LOWER))),
            entry("equal nulls", (c, r) -> unique(r, u -> u.nulls() == UniqueIndex.Nulls.NOT_DISTINCT)),
            entry("deferrable index", (c, r) -> unique(r, u -> u.form() == UniqueIndex.Form.DEFERRABLE_CONSTRAINT)),
            entry("index of one side", (c, r) -> unique(r, u -> u.sides().size() == 1)));

    @Test
    void drawsTheSameWorldForTheSameSeed() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(new Replay(world(seed))).hasToString(new Replay(world(seed)).toString());
            assertThat(new Replay(Renumbering.of(world(seed))))
                    .hasToString(new Replay(Renumbering.of(world(seed))).toString());
        }
    }

    @Test
    void drawsEveryKindOfTableInANormalRun() {
        List<Contract> worlds = LongStream.range(0, NORMAL)
                .mapToObj(seed -> new Contract(world(seed)))
                .toList();

        assertThat(KINDS)
                .allSatisfy((kind, isThere) -> assertThat(worlds)
                        .as(kind)
                        .anyMatch(contract ->
                                contract.written().stream().anyMatch(rules -> isThere.test(contract, rules))));
    }

    @Test
    void usesEveryTypeInANormalRun() {
        Set<String> types = new HashSet<>();
        for (long seed = 0; seed < NORMAL; seed++) {
            world(seed)
                    .tables()
                    .forEach(table -> table.columns()
                            .forEach(column -> Stream.of(Side.values())
                                    .map(column::on)
                                    .filter(form -> form != null)
                                    .forEach(form -> types.add(form.type()))));
        }

        assertThat(types)
                .containsAll(Alphabets.all().stream().map(Alphabet::type).toList());
    }

    private static World world(long seed) {
        return new WorldGenerator(14, 18).world(seed);
    }

    private static boolean references(Contract contract, Rules rules, BiPredicate<Rules, ForeignKey> which) {
        return rules.insertedReferences().stream()
                .anyMatch(reference -> which.test(contract.rules(reference.parent()), reference));
    }

    private static boolean has(Rules rules, Predicate<Column> which) {
        return rules.table().columns().stream().anyMatch(which);
    }

    private static boolean unique(Rules rules, Predicate<UniqueIndex> which) {
        return rules.table().uniques().stream().anyMatch(which);
    }

    private static boolean hasUniqueKey(Rules rules) {
        return unique(rules, u -> rules.key().containsAll(u.columns()));
    }

    private static boolean isDeep(Contract contract, Rules rules) {
        return rules.keyReferences().stream()
                .anyMatch(reference ->
                        !contract.rules(reference.parent()).keyReferences().isEmpty());
    }

    private static boolean shares(Contract contract, Rules rules) {
        return rules.insertedReferences().stream()
                .anyMatch(one -> rules.insertedReferences().stream()
                        .anyMatch(other ->
                                other != one && other.columns().stream().anyMatch(one.columns()::contains)));
    }

    private static boolean isInCircle(Contract contract, Rules rules) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>();
        rules.insertedReferences().stream()
                .map(ForeignKey::parent)
                .filter(parent -> !parent.equals(rules.table().name()))
                .forEach(next::add);
        while (!next.isEmpty()) {
            String table = next.pop();
            if (seen.add(table) && contract.rules(table).isWritten()) {
                contract.rules(table).insertedReferences().forEach(reference -> next.add(reference.parent()));
            }
        }
        return seen.contains(rules.table().name());
    }
}
