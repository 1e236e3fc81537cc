package io.github.dbops.world;

import static io.github.dbops.sync.Mode.APPEND;
import static io.github.dbops.sync.Mode.SKIP;
import static io.github.dbops.sync.Mode.UPSERT;
import static io.github.dbops.sync.OnConflict.LOCAL_WINS;
import static io.github.dbops.sync.OnConflict.PROD_WINS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.Counts;
import io.github.dbops.testing.TestServers;
import io.github.dbops.world.ForeignKey.Timing;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The oracle's counts, one rule of the contract an example, with numbers that were counted by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleCountsPgTest {

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
    void countsWhatIsMissingDifferentEqualAndOnlyInTheTarget() throws SQLException {
        Sketch shelf = shelf(Entry.of(UPSERT, LOCAL_WINS, "slug"));

        assertThat(counts(shelf, "shelf")).isEqualTo(new Counts(3, 3, 1, 1, 2, 1, 1, 1, 0, 0, 0, 0));
    }

    @Test
    void updatesNothingWhereProductionWins() throws SQLException {
        Counts nothingUpdated = new Counts(3, 3, 1, 0, 2, 1, 1, 1, 0, 0, 0, 0);

        assertThat(counts(shelf(Entry.of(UPSERT, PROD_WINS, "slug")), "shelf")).isEqualTo(nothingUpdated);
        assertThat(counts(shelf(Entry.of(APPEND, LOCAL_WINS, "slug")), "shelf")).isEqualTo(nothingUpdated);
    }

    @Test
    void countsNothingOfASkippedTable() throws SQLException {
        assertThat(counts(shelf(Entry.of(SKIP, PROD_WINS)), "shelf")).isEqualTo(Counts.NONE);
        assertThat(counts(shelf(Entry.of(SKIP, PROD_WINS, "slug")), "shelf")).isEqualTo(Counts.NONE);
    }

    @Test
    void filtersTheSourceAlone() throws SQLException {
        Sketch shelf = shelf(Entry.of(UPSERT, LOCAL_WINS, "slug").where("slug <> 'hats'"));

        assertThat(counts(shelf, "shelf")).isEqualTo(new Counts(2, 3, 1, 1, 1, 0, 1, 2, 0, 0, 0, 0));
    }

    private static Sketch shelf(Entry entry) {
        return new Sketch()
                .table("shelf", entry)
                .column("slug", "text")
                .column("title", "text")
                .source("shelf", "bags", "Bags")
                .source("shelf", "hats", "Hats")
                .source("shelf", "shoes", "Shoes & Boots")
                .target("shelf", "hats", "Hats")
                .target("shelf", "shoes", "Shoes")
                .target("shelf", "vintage", "Vintage");
    }

    @Test
    void comparesWhatABinaryOutputTellsApart() throws SQLException {
        Sketch values = new Sketch()
                .table("v", Entry.of(UPSERT, LOCAL_WINS, "k"))
                .column("k", "integer")
                .nullable("n", "numeric")
                .nullable("c", "ext.citext")
                .nullable("f", "double precision")
                .nullable("m", "\"Money\"")
                .nullable("b", "bpchar");
        String[][] pairs = {
            {"1", "1.0", "x", "X", "0", "-0", "(1.5,)", "(1.50,)", "a", "a "},
            {"NaN", "NaN", null, null, "NaN", "NaN", "(,)", "(,)", "a ", "a "},
            {"1", "1", "x", "x", "0", "0", null, "(,)", "a", "a"},
        };
        for (int i = 0; i < pairs.length; i++) {
            String[] p = pairs[i];
            values.source("v", "" + i, p[0], p[2], p[4], p[6], p[8]);
            values.target("v", "" + i, p[1], p[3], p[5], p[7], p[9]);
        }

        assertThat(counts(values, "v")).isEqualTo(new Counts(3, 3, 0, 2, 3, 1, 2, 0, 0, 0, 0, 0));
        for (String column : List.of("n", "c", "f", "m", "b")) {
            String[] others = List.of("n", "c", "f", "m", "b").stream()
                    .filter(c -> !c.equals(column))
                    .toArray(String[]::new);
            Sketch alone =
                    values.replanned("v", Entry.of(UPSERT, LOCAL_WINS, "k").exclude(others));
            int differing = column.equals("m") ? 2 : 1;
            assertThat(counts(alone, "v").different()).as(column).isEqualTo(differing);
        }
    }

    @Test
    void matchesKeysAsTheirTypeDoes() throws SQLException {
        Sketch keys = new Sketch()
                .table("k", Entry.of(UPSERT, LOCAL_WINS, "c", "n", "e"))
                .column("c", "ext.citext")
                .column("n", "numeric")
                .column("e", "\"Mood\"")
                .source("k", "a", "1", "happy")
                .source("k", "b", "1", "happy")
                .target("k", "A", "1.00", "happy")
                .target("k", "b", "1", "sad");

        assertThat(counts(keys, "k")).isEqualTo(new Counts(2, 2, 1, 0, 1, 1, 0, 1, 0, 0, 0, 0));
    }

    @Test
    void countsATargetRowWithoutAKeyAsOnlyThere() throws SQLException {
        Sketch keys = new Sketch()
                .table("k", Entry.of(UPSERT, LOCAL_WINS, "a", "b"))
                .nullable("a", "text")
                .nullable("b", "text")
                .source("k", "x", "y")
                .target("k", "x", null)
                .target("k", null, null);

        assertThat(counts(keys, "k")).isEqualTo(new Counts(1, 2, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0));
    }

    @Test
    void comparesNeitherIdsNorWhatThePlanLeavesOut() throws SQLException {
        Entry plain = Entry.of(UPSERT, LOCAL_WINS, "slug");
        Sketch row = new Sketch()
                .table("r", plain)
                .serial("id")
                .column("slug", "text")
                .nullable("a", "text")
                .nullable("b", "text")
                .source("r", "1", "x", "one", "two")
                .target("r", "9", "x", "one", "other");

        assertThat(counts(row, "r").different()).isEqualTo(1);
        assertThat(counts(row.replanned("r", plain.exclude("b")), "r").different())
                .isZero();
        assertThat(counts(row.replanned("r", plain.ignore("b")), "r").different())
                .isZero();
        assertThat(counts(row.replanned("r", plain.columns("a")), "r").different())
                .isZero();
        assertThat(counts(row.replanned("r", plain.columns("b")), "r").different())
                .isEqualTo(1);
    }

    @Test
    void comparesReferencesByTheKeyOfTheirParent() throws SQLException {
        Sketch shop = new Sketch()
                .table("category", Entry.of(UPSERT, LOCAL_WINS, "slug"))
                .serial("id")
                .column("slug", "text")
                .table("product", Entry.of(UPSERT, LOCAL_WINS, "sku"))
                .column("sku", "text")
                .nullable("category_id", "integer")
                .reference("category_id", "category", "id")
                .source("category", "5", "shoes")
                .source("category", "9", "hats")
                .target("category", "5", "hats")
                .target("category", "9", "shoes")
                .source("product", "same category, other number", "5")
                .target("product", "same category, other number", "9")
                .source("product", "other category, same number", "5")
                .target("product", "other category, same number", "5")
                .source("product", "none on both sides", null)
                .target("product", "none on both sides", null)
                .source("product", "none here", null)
                .target("product", "none here", "5");

        assertThat(counts(shop, "category")).isEqualTo(new Counts(2, 2, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0));
        assertThat(counts(shop, "product")).isEqualTo(new Counts(4, 4, 0, 2, 4, 2, 2, 0, 0, 0, 0, 0));
    }

    @Test
    void identifiesRowsByReferencesInTheirKeysAtAnyDepth() throws SQLException {
        Sketch world = new Sketch()
                .table("tenant", Entry.of(SKIP, PROD_WINS, "name"))
                .serial("id")
                .column("name", "text")
                .table("category", Entry.of(UPSERT, LOCAL_WINS, "tenant_id", "slug"))
                .serial("id")
                .column("tenant_id", "integer")
                .column("slug", "text")
                .reference("tenant_id", "tenant", "id")
                .table("product", Entry.of(UPSERT, LOCAL_WINS, "category_id", "no"))
                .column("category_id", "integer")
                .column("no", "integer")
                .nullable("title", "text")
                .reference("category_id", "category", "id")
                .source("tenant", "1", "acme")
                .source("tenant", "2", "bolt")
                .target("tenant", "1", "bolt")
                .target("tenant", "2", "acme")
                .source("category", "10", "1", "shoes")
                .source("category", "11", "2", "shoes")
                .target("category", "10", "1", "shoes")
                .target("category", "11", "2", "shoes")
                .source("product", "10", "1", "acme's")
                .source("product", "11", "1", "bolt's")
                .target("product", "11", "1", "acme's")
                .target("product", "10", "1", "bolt's, changed");

        assertThat(counts(world, "category")).isEqualTo(new Counts(2, 2, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0));
        assertThat(counts(world, "product")).isEqualTo(new Counts(2, 2, 0, 1, 2, 1, 1, 0, 0, 0, 0, 0));
        assertThat(counts(world, "tenant")).isEqualTo(Counts.NONE);
    }

    @Test
    void takesACompositeReferenceWithANullForValues() throws SQLException {
        Sketch world = new Sketch()
                .table("city", Entry.of(UPSERT, LOCAL_WINS, "country", "name"))
                .column("country", "text")
                .column("name", "text")
                .unique(UniqueIndex.Form.CONSTRAINT, "country", "name")
                .table("person", Entry.of(UPSERT, LOCAL_WINS, "nick"))
                .column("nick", "text")
                .nullable("country", "text")
                .nullable("city", "text")
                .reference(List.of("country", "city"), "city", List.of("country", "name"), Timing.AT_ONCE)
                .source("city", "DE", "Ulm")
                .target("city", "DE", "Ulm")
                .source("person", "a", "XX", null)
                .target("person", "a", "XX", null)
                .source("person", "b", "XX", null)
                .target("person", "b", "YY", null)
                .source("person", "c", "DE", null)
                .target("person", "c", "DE", "Ulm");

        assertThat(counts(world, "person")).isEqualTo(new Counts(3, 3, 0, 2, 3, 1, 2, 0, 0, 0, 0, 0));
    }

    @Test
    void blocksRowsWithoutParentsAndTheirChildren() throws SQLException {
        Sketch world = family(UPSERT, "name <> 'gone'");

        assertThat(counts(world, "grand")).isEqualTo(new Counts(1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(counts(world, "parent")).isEqualTo(new Counts(2, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0));
        assertThat(counts(world, "child")).isEqualTo(new Counts(3, 1, 1, 0, 1, 0, 1, 0, 2, 0, 0, 0));
    }

    @Test
    void blocksNoConflictThatProductionWins() throws SQLException {
        Sketch world = family(APPEND, "name <> 'gone'");

        assertThat(counts(world, "child")).isEqualTo(new Counts(3, 1, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0));
    }

    /** A grandparent is left out by {@code where}; its child is blocked, and of three grandchildren two point there. */
    private static Sketch family(io.github.dbops.sync.Mode childMode, String where) {
        return new Sketch()
                .table("grand", Entry.of(UPSERT, LOCAL_WINS, "name").where(where))
                .serial("id")
                .column("name", "text")
                .table("parent", Entry.of(UPSERT, LOCAL_WINS, "name"))
                .serial("id")
                .column("name", "text")
                .nullable("grand_id", "integer")
                .reference("grand_id", "grand", "id")
                .table("child", Entry.of(childMode, LOCAL_WINS, "name"))
                .column("name", "text")
                .column("parent_id", "integer")
                .reference("parent_id", "parent", "id")
                .source("grand", "1", "here")
                .source("grand", "2", "gone")
                .source("parent", "1", "fine", "1")
                .source("parent", "2", "orphan", "2")
                .target("parent", "7", "old", null)
                .source("child", "fine", "1")
                .source("child", "new", "2")
                .source("child", "known", "2")
                .target("child", "known", "7");
    }

    @Test
    void findsAParentInTheTargetThatWhereLeavesOut() throws SQLException {
        Sketch world = family(UPSERT, "name <> 'gone'").target("grand", "80", "gone");

        assertThat(counts(world, "parent").blocked()).isZero();
        assertThat(counts(world, "child").blocked()).isZero();
    }

    @Test
    void blocksNoCircleThatIsInsertedAsAWhole() throws SQLException {
        Sketch world = new Sketch()
                .table("node", Entry.of(UPSERT, LOCAL_WINS, "name"))
                .serial("id")
                .column("name", "text")
                .nullable("next_id", "integer")
                .reference("next_id", "node", "id")
                .source("node", "1", "a", "2")
                .source("node", "2", "b", "1")
                .source("node", "3", "itself", "3");

        assertThat(counts(world, "node")).isEqualTo(new Counts(3, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void blocksAChildOfAParentWithoutAKey() throws SQLException {
        Sketch world = new Sketch()
                .table("parent", Entry.of(UPSERT, LOCAL_WINS, "name").where("name IS NOT NULL"))
                .serial("id")
                .nullable("name", "text")
                .table("child", Entry.of(UPSERT, LOCAL_WINS, "name"))
                .column("name", "text")
                .column("parent_id", "integer")
                .reference("parent_id", "parent", "id")
                .source("parent", "1", null)
                .target("parent", "1", null)
                .source("child", "x", "1");

        assertThat(counts(world, "child")).isEqualTo(new Counts(1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void tellsParentsWithoutAKeyApart() throws SQLException {
        Sketch world = new Sketch()
                .table("parent", Entry.of(UPSERT, LOCAL_WINS, "name").where("name IS NOT NULL"))
                .serial("id")
                .nullable("name", "text")
                .table("child", Entry.of(UPSERT, LOCAL_WINS, "name"))
                .column("name", "text")
                .column("parent_id", "integer")
                .reference("parent_id", "parent", "id")
                .source("parent", "1", null)
                .target("parent", "1", null)
                .source("child", "x", "1")
                .target("child", "x", "1");

        assertThat(counts(world, "child")).isEqualTo(new Counts(1, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0));
    }

    @Test
    void takesARawReferenceToAPlannedTableForAValue() throws SQLException {
        Sketch world = new Sketch()
                .table("parent", Entry.of(UPSERT, LOCAL_WINS, "name"))
                .serial("id")
                .column("name", "text")
                .table("child", Entry.of(UPSERT, LOCAL_WINS, "name"))
                .column("name", "text")
                .column("parent_id", "integer")
                .reference("parent_id", "parent", "id")
                .source("parent", "1", "a")
                .target("parent", "2", "a")
                .target("parent", "1", "b")
                .source("child", "x", "1")
                .target("child", "x", "1");
        Entry raw = Entry.of(UPSERT, LOCAL_WINS, "name").rawReferences("parent_id");

        assertThat(counts(world, "child").different()).isEqualTo(1);
        assertThat(counts(world.replanned("child", raw), "child").different()).isZero();
    }

    @Test
    void readsPartitionsButNoHeirs() throws SQLException {
        Table.Storage halves = new Table.Storage(
                "LIST (half)",
                List.of(
                        new Table.Partition("left_half", "FOR VALUES IN ('left')"),
                        new Table.Partition("right_half", "DEFAULT")),
                List.of(Side.TARGET),
                null);
        Sketch partitioned = new Sketch()
                .table("p", Entry.of(UPSERT, LOCAL_WINS, "k"))
                .column("k", "integer")
                .column("half", "text")
                .storage(halves)
                .source("p", "1", "left")
                .source("p", "2", "left")
                .target("p", "1", "left")
                .target("p", "2", "right");
        Sketch inherited = new Sketch()
                .table("p", Entry.of(UPSERT, LOCAL_WINS, "k"))
                .column("k", "integer")
                .storage(new Table.Storage(null, List.of(), List.of(), "heir"))
                .source("p", "1")
                .target("p", "1");
        World heirs = inherited.world(arena.sourceVersion(), arena.targetVersion());
        Row heir = new Row("heir", java.util.Map.of("k", "2"));

        assertThat(counts(partitioned, "p")).isEqualTo(new Counts(2, 2, 0, 1, 2, 1, 1, 0, 0, 0, 0, 0));
        assertThat(counts(heirs.withRows(List.of(heirs.sourceRows().get(0), heir), List.of(heir)), "p"))
                .isEqualTo(new Counts(1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    private Counts counts(Sketch sketch, String table) throws SQLException {
        return counts(sketch.world(arena.sourceVersion(), arena.targetVersion()), table);
    }

    private Counts counts(World world, String table) throws SQLException {
        arena.load(world, Side.SOURCE);
        arena.load(world, Side.TARGET);
        Expectation expectation = arena.oracle(world).expectation();
        assertThat(expectation.refused()).isEmpty();
        return expectation.counts(table);
    }
}
