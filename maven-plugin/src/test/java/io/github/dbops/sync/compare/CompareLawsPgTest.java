package io.github.dbops.sync.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.Session.Transaction;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.ChangeSet;
import io.github.dbops.sync.Comparing;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.PlanShape;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableDifference;
import io.github.dbops.sync.apply.Applier;
import io.github.dbops.sync.apply.TouchRules;
import io.github.dbops.sync.plan.PlanFile;
import io.github.dbops.sync.plan.PlanReader;
import io.github.dbops.sync.shape.Shapes;
import io.github.dbops.testing.Property;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Laws of comparing and applying, on random small databases of the oldest and the newest server. */
class CompareLawsPgTest {

    private static final Comparison.Identity IDENTITY = new Comparison.Identity("source", "target");
    /** Keys fall into four heaps, so that nearly every comparison must tell equal hashes from equal keys. */
    private static Hashing colliding(Sides sides) {
        Hashing agreed = Hashing.agreed(sides);
        return new Hashing(agreed.rows(), agreed.sums(), hash -> "((" + hash + ") & 3)");
    }

    @TempDir
    private Path folder;

    private final TestDatabase source = TestServers.oldest().createDatabase();
    private final TestDatabase target = TestServers.newest().createDatabase();
    private final Session here = open(source);
    private final Session there = open(target);

    private static Session open(TestDatabase database) {
        return new Connector(ConnectionPolicy.DEFAULT, "test", line -> {}).open(database.url());
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        source.close();
        target.close();
    }

    @Test
    void applyDoesWhatTheDefinitionSaysAndEveryWayToCompareFindsTheSame() {
        Property.forAll(60, random -> {
            SmallWorld world = SmallWorld.random(random);
            Plan plan = plan(world);
            fill(here, world, world.source(), random);
            fill(there, world, world.target(), random);

            Found found = compare(plan, Comparing.HASH, Hashing::agreed);
            assertCounts(world, found);
            assertThat(found.digest().isPresent()).isEqualTo(!world.refused());
            assertThat(compare(plan, Comparing.EXACT, Hashing::agreed)).isEqualTo(found);
            assertThat(compare(plan, Comparing.HASH, sides -> Hashing.PORTABLE)).isEqualTo(found);
            assertThat(compare(plan, Comparing.HASH, CompareLawsPgTest::colliding))
                    .isEqualTo(found);
            assertThat(compare(plan, Comparing.EXACT, CompareLawsPgTest::colliding))
                    .isEqualTo(found);
            fill(here, world, world.source(), random);
            assertThat(compare(plan, Comparing.HASH, Hashing::agreed)).isEqualTo(found);
            if (world.refused()) {
                return;
            }

            assertThat(apply(plan)).isEqualTo(found);
            for (int table = 0; table < 2; table++) {
                assertThat(rows(table)).isEqualTo(world.after(table));
            }
            Found again = compare(plan, Comparing.HASH, Hashing::agreed);
            if (!world.rules().contains(SmallWorld.Rule.ERROR_ON_CONFLICT)) {
                assertThat(again.tableDigests()).isEmpty();
                assertThat(again.counts().values()).allMatch(c -> !c.hasChanges());
            }
        });
    }

    private Plan plan(SmallWorld world) throws IOException {
        Path file = folder.resolve("sync-plan.json");
        Files.writeString(file, world.plan());
        return PlanReader.read(new PlanFile(file, "sync-plan.json"));
    }

    private static void fill(
            Session session, SmallWorld world, List<SortedMap<String, List<@Nullable String>>> rows, Random random) {
        session.execute("DROP TABLE IF EXISTS child, parent");
        session.execute(world.schema());
        session.execute(SmallWorld.inserts(rows, random));
    }

    private static void assertCounts(SmallWorld world, Found found) {
        for (int table = 0; table < 2; table++) {
            Counts counts = Objects.requireNonNull(found.counts().get("public." + SmallWorld.TABLES.get(table)));
            assertThat(counts)
                    .isEqualTo(new Counts(
                            world.source().get(table).size(),
                            world.target().get(table).size(),
                            world.inserted(table),
                            world.updated(table),
                            world.conflicts(table),
                            world.conflicts(table) - world.different(table),
                            world.different(table),
                            world.onlyInTarget(table),
                            0,
                            0,
                            0,
                            0));
            assertThat(counts.sourceRows()).isEqualTo(counts.toInsert() + counts.conflicts() + counts.blocked());
            assertThat(counts.conflicts()).isEqualTo(counts.identical() + counts.different());
        }
    }

    private Found compare(Plan plan, Comparing comparing, Function<Sides, Hashing> hashing) {
        here.begin(Transaction.READ_ONLY);
        there.begin(Transaction.READ_ONLY);
        try (Sides sides = new Sides(here, there);
                Comparison comparison = new Comparison(plan, Execution.DRY_RUN, comparing, Progress.SILENT, hashing)) {
            PlanShape shape = Shapes.of(plan, Execution.DRY_RUN, sides);
            return found(comparison.run(sides, shape.tables(), IDENTITY));
        } finally {
            here.rollback();
            there.rollback();
        }
    }

    /** Returns what was found, with the digest that was made on the way. */
    private Found apply(Plan plan) {
        there.begin(Transaction.SNAPSHOT);
        here.begin(Transaction.READ_ONLY);
        try (Sides sides = new Sides(here, there);
                Comparison comparison = new Comparison(plan, Execution.APPLY, Comparing.HASH, Progress.SILENT)) {
            PlanShape shape = Shapes.of(plan, Execution.APPLY, sides);
            ChangeSet changes = comparison.unreviewed().run(sides, shape.tables(), IDENTITY);
            assertThat(changes.digest()).isEmpty();
            changes.differences().forEach(d -> d.changes().whileWanted(someChange -> false));
            TouchRules rules = new TouchRules(plan, TouchRules.OverwriteWords.NOT_SAID, Set.of());
            Map<QualifiedName, Counts> applied =
                    Applier.begin(there, Progress.SILENT).run(changes, rules);
            applied.values().forEach(c -> {
                assertThat(c.appliedInserts()).isEqualTo(c.toInsert());
                assertThat(c.appliedUpdates()).isEqualTo(c.toUpdate());
            });
            Found found = found(comparison.digested(changes));
            there.commit();
            return found;
        } finally {
            here.rollback();
        }
    }

    private SortedMap<String, List<@Nullable String>> rows(int table) {
        SortedMap<String, List<@Nullable String>> rows = new TreeMap<>();
        target.query(SmallWorld.query(table)).forEach(row -> rows.put(row.get(0), row.subList(1, row.size())));
        return rows;
    }

    private static Found found(ChangeSet changes) {
        Map<String, Counts> counts = new HashMap<>(changes.differences().stream()
                .collect(Collectors.toMap(d -> d.shape().name().toString(), TableDifference::counts)));
        // A refused set is not gathered to its end.
        return new Found(changes.digest(), changes.digest().isPresent() ? changes.tableDigests() : Map.of(), counts);
    }

    /** What a comparison says, whichever way it compares. */
    private record Found(Optional<Digest> digest, Map<String, String> tableDigests, Map<String, Counts> counts) {}
}
