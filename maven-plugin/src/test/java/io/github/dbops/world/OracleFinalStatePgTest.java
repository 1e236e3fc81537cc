package io.github.dbops.world;

import static io.github.dbops.sync.Mode.SKIP;
import static io.github.dbops.sync.Mode.UPSERT;
import static io.github.dbops.sync.OnConflict.LOCAL_WINS;
import static io.github.dbops.sync.OnConflict.PROD_WINS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.Ids;
import io.github.dbops.testing.TestServers;
import io.github.dbops.world.Column.Form;
import io.github.dbops.world.Column.Origin;
import io.github.dbops.world.Column.Presence;
import io.github.dbops.world.ForeignKey.Timing;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the oracle says of a target after an apply; here the applies are written by hand, right ones and wrong ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleFinalStatePgTest {

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
    void agreesWithReferencesToTheRightRowsUnderAnyIds() throws SQLException {
        assertThat(after(shop(null), """
                        UPDATE product SET category_id = 9, title = 'Boots' WHERE sku = 'known';
                        INSERT INTO category (slug) VALUES ('bags');
                        INSERT INTO product SELECT 'new', 'Bag', max(id) FROM category
                        """)).isEmpty();
    }

    @Test
    void disagreesWithAReferenceToAnotherRow() throws SQLException {
        assertThat(after(shop(null), """
                        UPDATE product SET category_id = 5, title = 'Boots' WHERE sku = 'known';
                        INSERT INTO category (slug) VALUES ('bags');
                        INSERT INTO product SELECT 'new', 'Bag', max(id) FROM category
                        """))
                .singleElement()
                .asString()
                .startsWith("product.category_id: expected 9, found 5");
    }

    @Test
    void disagreesWithWhatIsMissingTooMuchOrChanged() throws SQLException {
        assertThat(after(shop(null), """
                        UPDATE product SET category_id = 9, title = 'boots' WHERE sku = 'known';
                        INSERT INTO category (slug) VALUES ('bags'), ('belts')
                        """))
                .anyMatch(line -> line.startsWith("category: 3 rows expected, 4 found"))
                .anyMatch(line -> line.startsWith("product: 2 rows expected, 1 found"))
                .anyMatch(line -> line.startsWith("product: not there once"))
                .anyMatch(line -> line.startsWith("product.title: expected Boots, found boots"));
    }

    @Test
    void wantsTheSourcesIdsWhereTheyAreKept() throws SQLException {
        String writes = """
                UPDATE product SET category_id = 9, title = 'Boots' WHERE sku = 'known';
                INSERT INTO category VALUES (%1$d, 'bags');
                INSERT INTO product VALUES ('new', 'Bag', %1$d)
                """;

        assertThat(after(shop(Ids.KEEP), writes.formatted(6))).isEmpty();
        assertThat(after(shop(Ids.KEEP), writes.formatted(60)))
                .singleElement()
                .asString()
                .startsWith("category.id: expected 6, found 60");
    }

    /** Shoes have other ids on both sides, and so would bags. */
    private static Sketch shop(@Nullable Ids ids) {
        return new Sketch()
                .table("category", Entry.of(UPSERT, LOCAL_WINS, "slug").ids(ids))
                .serial("id")
                .column("slug", "text")
                .table("product", Entry.of(UPSERT, LOCAL_WINS, "sku"))
                .column("sku", "text")
                .column("title", "text")
                .column("category_id", "integer")
                .reference("category_id", "category", "id")
                .source("category", "5", "shoes")
                .source("category", "6", "bags")
                .target("category", "9", "shoes")
                .target("category", "5", "hats")
                .source("product", "known", "Boots", "5")
                .target("product", "known", "Shoes", "5")
                .source("product", "new", "Bag", "6");
    }

    @Test
    void wantsPlainIdsCarriedUnlessThePlanSaysOtherwise() throws SQLException {
        Sketch tags = new Sketch()
                .table("tag", Entry.of(UPSERT, LOCAL_WINS, "name"))
                .id("id", "uuid", Origin.RANDOM_UUID)
                .column("name", "text")
                .source("tag", "6f1e2d3c-4b5a-4978-8897-a6b5c4d3e2f1", "x");
        String carried = "INSERT INTO tag VALUES ('6f1e2d3c-4b5a-4978-8897-a6b5c4d3e2f1', 'x')";
        String generated = "INSERT INTO tag (name) VALUES ('x')";
        Sketch generating =
                tags.replanned("tag", Entry.of(UPSERT, LOCAL_WINS, "name").ids(Ids.GENERATE));

        assertThat(after(tags, carried)).isEmpty();
        assertThat(after(tags, generated)).hasSize(1);
        assertThat(after(generating, generated)).isEmpty();
    }

    @Test
    void wantsInsertsWithIgnoredColumnsAndUpdatesWithoutThem() throws SQLException {
        Form text = new Form("text", Presence.NULLABLE);
        Sketch world = new Sketch()
                .table("t", Entry.of(UPSERT, LOCAL_WINS, "k").ignore("seen").exclude("own"))
                .column("k", "integer")
                .nullable("v", "text")
                .nullable("seen", "text")
                .column("own", text, text, Origin.DEFAULT, "'mine'::text")
                .column("theirs", null, text, Origin.DEFAULT, "'theirs'::text")
                .column("twice", text, text, Origin.COMPUTED, "v || v")
                .source("t", "1", "new", "source", "source's")
                .source("t", "2", "new", "source", "source's")
                .target("t", "1", "old", "target", "target's", "kept");

        assertThat(after(world, """
                        UPDATE t SET v = 'new' WHERE k = 1;
                        INSERT INTO t (k, v, seen) VALUES (2, 'new', 'source')
                        """)).isEmpty();
        assertThat(after(world, """
                        UPDATE t SET v = 'new', seen = 'source' WHERE k = 1;
                        INSERT INTO t (k, v, own) VALUES (2, 'new', 'source''s')
                        """))
                .anyMatch(line -> line.startsWith("t.seen: expected target, found source"))
                .anyMatch(line -> line.startsWith("t.seen: expected source, found null"))
                .anyMatch(line -> line.startsWith("t.own: expected mine, found source's"))
                .hasSize(3);
    }

    @Test
    void wantsKeysKeptAsTheTargetSpellsThem() throws SQLException {
        Sketch world = new Sketch()
                .table("t", Entry.of(UPSERT, LOCAL_WINS, "k"))
                .column("k", "ext.citext")
                .nullable("v", "text")
                .source("t", "a", "new")
                .source("t", "B", "new")
                .target("t", "A", "old");

        assertThat(after(world, "UPDATE t SET v = 'new'; INSERT INTO t VALUES ('B', 'new')"))
                .isEmpty();
        assertThat(after(world, "UPDATE t SET k = 'a', v = 'new'; INSERT INTO t VALUES ('b', 'new')"))
                .anyMatch(line -> line.startsWith("t.k: expected A, found a"))
                .anyMatch(line -> line.startsWith("t.k: expected B, found b"));
    }

    @Test
    void wantsAReferenceToAnotherUniqueColumnToFollowTheParent() throws SQLException {
        Sketch world = new Sketch()
                .table("country", Entry.of(SKIP, PROD_WINS, "name"))
                .column("name", "text")
                .column("code", "text")
                .unique(UniqueIndex.Form.CONSTRAINT, "code")
                .table("city", Entry.of(UPSERT, LOCAL_WINS, "name"))
                .column("name", "text")
                .column("country", "text")
                .reference("country", "country", "code")
                .source("country", "Germany", "D")
                .target("country", "Germany", "DE")
                .target("country", "Denmark", "D")
                .source("city", "Ulm", "D");

        assertThat(after(world, "INSERT INTO city VALUES ('Ulm', 'DE')")).isEmpty();
        assertThat(after(world, "INSERT INTO city VALUES ('Ulm', 'D')")).hasSize(1);
    }

    @Test
    void wantsAnIdThatIsAReferenceTranslatedAndNeverCompared() throws SQLException {
        Sketch world = new Sketch()
                .table("user", Entry.of(UPSERT, LOCAL_WINS, "name"))
                .serial("id")
                .column("name", "text")
                .table("profile", Entry.of(UPSERT, LOCAL_WINS, "handle"))
                .id("user_id", "integer", Origin.GIVEN)
                .column("handle", "text")
                .reference("user_id", "user", "id")
                .source("user", "1", "ann")
                .source("user", "2", "bob")
                .target("user", "8", "ann")
                .target("user", "9", "bob")
                .target("user", "1", "cy")
                .source("profile", "1", "a")
                .source("profile", "2", "b")
                .target("profile", "1", "b");

        assertThat(after(world, "INSERT INTO profile VALUES (8, 'a')")).isEmpty();
        assertThat(after(world, "INSERT INTO profile VALUES (9, 'a')")).hasSize(1);
        Entry generating = Entry.of(UPSERT, LOCAL_WINS, "handle").ids(Ids.GENERATE);
        assertThat(after(world.replanned("profile", generating), "INSERT INTO profile VALUES (8, 'a')"))
                .isEmpty();
    }

    @Test
    void wantsReferencesToReferencesTranslatedInWhateverOrderTheTablesAre() throws SQLException {
        Sketch world = new Sketch()
                .table("badge", Entry.of(UPSERT, LOCAL_WINS, "text"))
                .column("text", "text")
                .column("profile_id", "integer")
                .reference("profile_id", "profile", "user_id")
                .table("profile", Entry.of(UPSERT, LOCAL_WINS, "handle"))
                .id("user_id", "integer", Origin.GIVEN)
                .column("handle", "text")
                .reference("user_id", "user", "id")
                .table("user", Entry.of(UPSERT, LOCAL_WINS, "name"))
                .serial("id")
                .column("name", "text")
                .source("user", "1", "ann")
                .target("user", "8", "ann")
                .source("profile", "1", "a")
                .source("badge", "first", "1");

        assertThat(after(world, "INSERT INTO profile VALUES (8, 'a'); INSERT INTO badge VALUES ('first', 8)"))
                .isEmpty();
        assertThat(written(world, "badge")).containsExactly(Map.of("text", "first", "profile_id", "8"));
    }

    @Test
    void wantsTheKeysPartOfAReferenceKept() throws SQLException {
        Sketch world = new Sketch()
                .table("city", Entry.of(UPSERT, LOCAL_WINS, "country", "name"))
                .column("country", "ext.citext")
                .column("name", "text")
                .unique(UniqueIndex.Form.CONSTRAINT, "country", "name")
                .table("person", Entry.of(UPSERT, LOCAL_WINS, "country", "no"))
                .column("country", "ext.citext")
                .column("no", "integer")
                .column("city", "text")
                .reference(List.of("country", "city"), "city", List.of("country", "name"), Timing.AT_ONCE)
                .source("city", "DE", "Ulm")
                .source("city", "DE", "Bonn")
                .target("city", "DE", "Ulm")
                .target("city", "DE", "Bonn")
                .source("person", "DE", "1", "Bonn")
                .target("person", "de", "1", "Ulm");

        assertThat(after(world, "UPDATE person SET city = 'Bonn'")).isEmpty();
        assertThat(after(world, "UPDATE person SET country = 'DE', city = 'Bonn'"))
                .hasSize(1);
        assertThat(written(world, "person")).containsExactly(Map.of("country", "de", "no", "1", "city", "Bonn"));
    }

    @Test
    void knowsWhereTheRowsToUpdateAre() throws SQLException {
        World world = shop(null).world(arena.sourceVersion(), arena.targetVersion());
        arena.load(world, Side.SOURCE);
        arena.load(world, Side.TARGET);

        assertThat(arena.oracle(world).updatedPlaces()).containsExactly("product (0,1)");
    }

    private List<Map<String, @Nullable String>> written(Sketch sketch, String table) throws SQLException {
        World world = sketch.world(arena.sourceVersion(), arena.targetVersion());
        arena.load(world, Side.SOURCE);
        arena.load(world, Side.TARGET);
        return arena.oracle(world).writtenRows(world.table(table)).stream()
                .map(Row::values)
                .toList();
    }

    private List<String> after(Sketch sketch, String writes) throws SQLException {
        World world = sketch.world(arena.sourceVersion(), arena.targetVersion());
        arena.load(world, Side.SOURCE);
        arena.load(world, Side.TARGET);
        Oracle oracle = arena.oracle(world);
        arena.scratch(Side.TARGET).run(writes);
        return oracle.disagreements();
    }
}
