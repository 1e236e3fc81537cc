package io.github.dbops.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.sync.Counts;
import io.github.dbops.testing.Property;
import io.github.dbops.testing.TestServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The oracle against the database alone: what it says that a target must become is written there row by row, without
 * dbops. PostgreSQL must accept it, or refuse it where the oracle said so, and afterwards there must be nothing to do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OraclePropertyPgTest {

    private Arena arena;

    @BeforeAll
    void open() throws SQLException {
        arena = new Arena(TestServers.oldest(), TestServers.newest());
    }

    @AfterAll
    void close() throws SQLException {
        arena.close();
    }

    @Test
    void saysWhatTheDatabaseAcceptsAndComesToAnEnd() {
        WorldGenerator generator = new WorldGenerator(arena.sourceVersion(), arena.targetVersion());

        Property.forAll(Integer.getInteger("dbops.worlds", 60), random -> {
            World world = generator.world(random.nextInt(1_000_000));
            arena.load(world, Side.SOURCE);
            arena.load(world, Side.TARGET);
            Oracle oracle = arena.oracle(world);
            Expectation expected = oracle.expectation();
            if (isWritable(expected)) {
                check(world, expected, oracle);
            }
        });
    }

    /** Whether the final state is one: nothing forbids it but what a constraint of the target would see. */
    private static boolean isWritable(Expectation expected) {
        Set<Reason> seenByConstraints = Set.of(Reason.COLLISION, Reason.CONSTRAINT);
        return seenByConstraints.containsAll(expected.refused())
                && expected.mayBeRefused().stream().noneMatch(Reason.REFERENCED_VALUE_CHANGES::equals)
                && !expected.applyRefused().contains(Reason.TORN_REFERENCES)
                && !expected.applyRefused().contains(Reason.CHANGED_BY_TRIGGER);
    }

    private void check(World world, Expectation expected, Oracle oracle) throws SQLException {
        String refusal = write(world, oracle);
        boolean possible = expected.applyRefused().stream()
                .noneMatch(reason -> reason == Reason.CONSTRAINT || reason == Reason.COLLISION_OF_DEFAULTS);
        // A collision on the way is none at the end.
        if (!refusal.isEmpty()) {
            assertThat(possible && expected.refused().isEmpty()).as(refusal).isFalse();
            return;
        }
        assertThat(expected.applyRefused()).doesNotContain(Reason.CONSTRAINT);
        assertThat(oracle.disagreements()).isEmpty();
        Expectation after = arena.oracle(world).expectation();
        for (Table table : world.tables()) {
            Counts counts = after.counts(table.name());
            assertThat(counts.hasChanges()).as(table.name() + " " + counts).isFalse();
            assertThat(counts.blocked())
                    .as(table.name())
                    .isEqualTo(expected.counts(table.name()).blocked());
            assertThat(counts.sourceRows()).isEqualTo(counts.toInsert() + counts.conflicts() + blockedInserts(counts));
        }
    }

    private static long blockedInserts(Counts counts) {
        return counts.sourceRows() - counts.conflicts() - counts.toInsert();
    }

    /** Writes the final state; answers what PostgreSQL has against it, empty if nothing. */
    private String write(World world, Oracle oracle) {
        Scratch target = arena.scratch(Side.TARGET);
        List<String> statements = new ArrayList<>();
        statements.add("SET session_replication_role = replica");
        for (Table table : world.tables()) {
            oracle.updatedPlaces(table)
                    .forEach(place -> statements.add("DELETE FROM " + leaf(place) + " WHERE ctid = "
                            + WorldScript.literal(place.substring(place.lastIndexOf(' ') + 1))));
        }
        for (Table table : world.tables()) {
            oracle.writtenRows(table)
                    .forEach(row -> statements.add("INSERT INTO " + Identifier.quote(table.name()) + " ("
                            + Identifier.list(row.values().keySet()) + ") OVERRIDING SYSTEM VALUE VALUES ("
                            + String.join(
                                    ", ",
                                    row.values().values().stream()
                                            .map(WorldScript::literal)
                                            .toList())
                            + ")"));
        }
        statements.add("SET session_replication_role = origin");
        try {
            target.run(String.join(";\n", statements));
        } catch (IllegalStateException refused) {
            target.run("SET session_replication_role = origin");
            return String.valueOf(refused.getMessage());
        }
        return orphans(world, target);
    }

    private static String leaf(String place) {
        return place.substring(0, place.lastIndexOf(' '));
    }

    private static String orphans(World world, Scratch target) {
        List<String> broken = new ArrayList<>();
        for (Table table : world.tables()) {
            for (ForeignKey key : table.foreignKeys()) {
                String name = Identifier.quote(table.name());
                String constraint = Identifier.quote(key.name());
                try {
                    target.run("ALTER TABLE " + name + " DROP CONSTRAINT " + constraint + "; ALTER TABLE " + name
                            + " ADD CONSTRAINT " + constraint + " FOREIGN KEY (" + Identifier.list(key.columns())
                            + ") REFERENCES " + Identifier.quote(key.parent()) + " ("
                            + Identifier.list(key.parentColumns()) + ")");
                } catch (IllegalStateException orphan) {
                    broken.add(String.valueOf(orphan.getMessage()));
                }
            }
        }
        return String.join("\n", broken);
    }
}
