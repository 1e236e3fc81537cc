package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestServers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same facts under other ids: references are compared and written through the parents' natural keys. */
class SyncReferencesPgTest {

    private static final String SHOP = """
            CREATE TABLE category (id serial PRIMARY KEY, slug text UNIQUE NOT NULL, title text);
            CREATE TABLE product (id serial PRIMARY KEY, sku text UNIQUE NOT NULL, category_id int REFERENCES category);
            """;

    private static final String SHOP_PLAN = """
            {"report": {"samples": "values"}, "tables": [
              {"name": "category", "key": ["slug"], "mode": "upsert", "onConflict": "local_wins"},
              {"name": "product", "key": ["sku"], "mode": "upsert", "onConflict": "local_wins"}]}""";

    private static SyncFixture fixture(String... schema) {
        return new SyncFixture(TestServers.oldest(), TestServers.newest(), schema);
    }

    private static SyncOutcome applied(SyncFixture fixture) {
        SyncOutcome dryRun = fixture.dryRun();
        assertThat(dryRun.problems()).isEmpty();
        SyncOutcome applied = fixture.apply();
        assertThat(applied.problems()).isEmpty();
        assertThat(applied.digest()).isEqualTo(dryRun.digest());
        assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        assertThat(fixture.exact().dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        return applied;
    }

    @Test
    void aCategoryUnderAnotherIdIsTheSameCategory() {
        try (SyncFixture fixture = fixture(SHOP)) {
            fixture.source.execute("""
                    INSERT INTO category VALUES (5, 'shoes', 'Shoes'), (6, 'hats', 'Hats');
                    INSERT INTO product VALUES (1, 'S-1', 5), (2, 'H-1', 6), (3, 'N-1', NULL), (4, 'S-2', 5)
                    """);
            fixture.target.execute("""
                    INSERT INTO category VALUES (9, 'shoes', 'Shoes'), (5, 'bags', 'Bags');
                    INSERT INTO product VALUES (70, 'S-1', 9), (71, 'N-1', 5), (72, 'H-1', NULL);
                    SELECT setval('category_id_seq', 9), setval('product_id_seq', 72)
                    """);
            SyncOutcome applied = applied(fixture.plan(SHOP_PLAN));
            assertThat(counts(applied, "product")).isEqualTo(new Counts(4, 3, 1, 2, 3, 1, 2, 0, 0, 0, 1, 2));
            assertThat(fixture.target.query("""
                    SELECT sku, slug FROM product LEFT JOIN category c ON c.id = category_id ORDER BY sku
                    """))
                    .containsExactly(
                            List.of("H-1", "hats"),
                            Arrays.asList("N-1", null),
                            List.of("S-1", "shoes"),
                            List.of("S-2", "shoes"));
            assertThat(fixture.target.query("SELECT id FROM category WHERE slug = 'shoes'"))
                    .isEqualTo(List.of(List.of("9")));
        }
    }

    @Test
    void aReferenceIsShownAsTheNaturalKeyThatItLeadsTo() {
        try (SyncFixture fixture = fixture(SHOP)) {
            fixture.source.execute("INSERT INTO category VALUES (5, 'shoes'), (6, 'hats');"
                    + "INSERT INTO product VALUES (1, 'S-1', 5)");
            fixture.target.execute("INSERT INTO category VALUES (8, 'shoes'), (7, 'hats');"
                    + "INSERT INTO product VALUES (1, 'S-1', 7)");
            SyncOutcome outcome = fixture.plan(SHOP_PLAN).dryRun();
            assertThat(outcome.tables().get(1).samples())
                    .singleElement()
                    .satisfies(sample -> assertThat(sample.cells())
                            .containsExactly(new Sample.Change("category_id.slug", "hats", "shoes")));
        }
    }

    @Test
    void theSameFactsUnderOtherIdsHaveTheSameDigestAndNothingToDo() {
        try (SyncFixture fixture = fixture(SHOP)) {
            fixture.source.execute("INSERT INTO category VALUES (1, 'shoes'), (2, 'hats');"
                    + "INSERT INTO product VALUES (1, 'S-1', 1), (2, 'H-1', 2)");
            fixture.target.execute(
                    "INSERT INTO category VALUES (4, 'hats');" + "INSERT INTO product VALUES (1, 'S-1', 4)");
            SyncOutcome first = fixture.plan(SHOP_PLAN).dryRun();
            fixture.source.execute("TRUNCATE category, product;"
                    + "INSERT INTO category VALUES (71, 'hats'), (70, 'shoes');"
                    + "INSERT INTO product VALUES (92, 'H-1', 71), (91, 'S-1', 70)");
            SyncOutcome second = fixture.dryRun();
            assertThat(second.digest()).isPresent().isEqualTo(first.digest());
            assertThat(first.totals().toInsert()).isEqualTo(2);
            assertThat(first.totals().toUpdate()).isEqualTo(1);
        }
    }

    @Test
    void aKeyMayGoThroughItsParentsAtAnyDepth() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE tenant (id serial PRIMARY KEY, name text UNIQUE NOT NULL);
                CREATE TABLE shelf (id serial PRIMARY KEY, tenant_id int NOT NULL REFERENCES tenant, code text NOT NULL,
                                    UNIQUE (tenant_id, code));
                CREATE TABLE item (id serial PRIMARY KEY, shelf_id int NOT NULL REFERENCES shelf, code text NOT NULL,
                                   title text, twin_shelf_id int REFERENCES shelf, UNIQUE (shelf_id, code));
                """)) {
            fixture.source.execute("""
                    INSERT INTO tenant VALUES (1, 'acme'), (2, 'bolt');
                    INSERT INTO shelf VALUES (1, 1, 'a'), (2, 2, 'a'), (3, 2, 'b');
                    INSERT INTO item VALUES (1, 1, 'x', 'ax', 2), (2, 2, 'x', 'bax', NULL), (3, 3, 'x', 'bbx', 1)
                    """);
            fixture.target.execute("""
                    INSERT INTO tenant VALUES (2, 'acme'), (1, 'bolt');
                    INSERT INTO shelf VALUES (11, 1, 'a'), (12, 2, 'a');
                    INSERT INTO item VALUES (5, 11, 'x', 'was', 11), (6, 12, 'x', 'ax', 11);
                    SELECT setval('shelf_id_seq', 20), setval('item_id_seq', 20)
                    """);
            SyncOutcome applied = applied(fixture.plan("""
                    {"tables": [
                      {"name": "item", "key": ["code", "shelf_id"], "mode": "upsert", "onConflict": "local_wins"},
                      {"name": "shelf", "key": ["tenant_id", "code"], "mode": "upsert", "onConflict": "local_wins"},
                      {"name": "tenant", "key": ["name"], "mode": "append"}]}"""));
            assertThat(counts(applied, "item")).isEqualTo(new Counts(3, 2, 1, 1, 2, 1, 1, 0, 0, 0, 1, 1));
            assertThat(counts(applied, "shelf")).isEqualTo(new Counts(3, 2, 1, 0, 2, 2, 0, 0, 0, 0, 1, 0));
            assertThat(fixture.target.query("""
                    SELECT t.name, s.code, i.title, u.name
                    FROM item i JOIN shelf s ON s.id = shelf_id JOIN tenant t ON t.id = s.tenant_id
                    LEFT JOIN shelf w ON w.id = i.twin_shelf_id LEFT JOIN tenant u ON u.id = w.tenant_id
                    ORDER BY 1, 2
                    """))
                    .containsExactly(
                            List.of("acme", "a", "ax", "bolt"),
                            Arrays.asList("bolt", "a", "bax", null),
                            List.of("bolt", "b", "bbx", "acme"));
        }
    }

    @Test
    void aCompositeReferenceSharesAColumnWithAnother() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE tenant (id serial PRIMARY KEY, name text UNIQUE NOT NULL);
                CREATE TABLE category (tenant_id int NOT NULL REFERENCES tenant, no int NOT NULL, slug text NOT NULL,
                                       PRIMARY KEY (tenant_id, no), UNIQUE (tenant_id, slug));
                CREATE TABLE product (tenant_id int NOT NULL REFERENCES tenant, sku text NOT NULL, category_no int,
                                      PRIMARY KEY (tenant_id, sku),
                                      FOREIGN KEY (tenant_id, category_no) REFERENCES category);
                """)) {
            fixture.source.execute("""
                    INSERT INTO tenant VALUES (1, 'acme'), (2, 'bolt');
                    INSERT INTO category VALUES (1, 1, 'shoes'), (1, 2, 'hats'), (2, 1, 'hats');
                    INSERT INTO product VALUES (1, 'x', 1), (1, 'y', 2), (2, 'x', 1), (2, 'z', NULL)
                    """);
            fixture.target.execute("""
                    INSERT INTO tenant VALUES (8, 'acme'), (9, 'bolt');
                    INSERT INTO category VALUES (8, 2, 'shoes'), (8, 5, 'hats'), (9, 7, 'hats');
                    INSERT INTO product VALUES (8, 'x', 5), (9, 'x', 7)
                    """);
            SyncOutcome applied = applied(fixture.plan("""
                    {"tables": [
                      {"name": "tenant", "key": ["name"], "mode": "append"},
                      {"name": "category", "key": ["tenant_id", "slug"], "mode": "append"},
                      {"name": "product", "key": ["tenant_id", "sku"], "mode": "upsert", "onConflict": "local_wins"}]}
                    """));
            assertThat(counts(applied, "product")).isEqualTo(new Counts(4, 2, 2, 1, 2, 1, 1, 0, 0, 0, 2, 1));
            assertThat(fixture.target.query("SELECT tenant_id, sku, category_no FROM product ORDER BY 1, 2"))
                    .containsExactly(
                            List.of("8", "x", "2"),
                            List.of("8", "y", "5"),
                            List.of("9", "x", "7"),
                            Arrays.asList("9", "z", null));
        }
    }

    @Test
    void aTableThatReferencesItselfIsWrittenByOneStatementWhateverItsIds() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE category (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, slug text UNIQUE NOT NULL,
                                       parent_id int REFERENCES category);
                """)) {
            fixture.source.execute("""
                    INSERT INTO category OVERRIDING SYSTEM VALUE VALUES
                      (1, 'root', 1), (2, 'shoes', 1), (3, 'boots', 2), (4, 'moon-boots', 3), (5, 'alone', NULL),
                      (6, 'old', 4)
                    """);
            fixture.target.execute("""
                    INSERT INTO category OVERRIDING SYSTEM VALUE VALUES (40, 'old', NULL), (41, 'shoes', 40)
                    """);
            SyncOutcome applied = applied(fixture.plan("""
                    {"tables": [{"name": "category", "key": ["slug"], "mode": "upsert", "onConflict": "local_wins"}]}
                    """));
            assertThat(counts(applied, "category")).isEqualTo(new Counts(6, 2, 4, 2, 2, 0, 2, 0, 0, 0, 4, 2));
            assertThat(fixture.target.query("""
                    SELECT c.slug, p.slug FROM category c LEFT JOIN category p ON p.id = c.parent_id ORDER BY 1
                    """))
                    .containsExactly(
                            Arrays.asList("alone", null),
                            List.of("boots", "shoes"),
                            List.of("moon-boots", "boots"),
                            List.of("old", "moon-boots"),
                            List.of("root", "root"),
                            List.of("shoes", "root"));
            fixture.target.execute("SELECT setval(pg_get_serial_sequence('category', 'id'), 100)");
        }
    }

    @Test
    void aSkippedTableWithAKeyOnlyTranslates() {
        try (SyncFixture fixture = fixture(SHOP)) {
            fixture.source.execute("INSERT INTO category VALUES (5, 'shoes', 'Shoes'), (6, 'unused', 'U');"
                    + "INSERT INTO product VALUES (1, 'S-1', 5)");
            fixture.target.execute("INSERT INTO category VALUES (9, 'shoes', 'Footwear'), (5, 'bags', 'Bags')");
            SyncOutcome applied = applied(fixture.plan("""
                    {"tables": [
                      {"name": "category", "key": ["slug"], "mode": "skip"},
                      {"name": "product", "key": ["sku"], "mode": "append"}]}"""));
            assertThat(applied.tables().get(1).skipped()).isTrue();
            assertThat(fixture.target.query("SELECT category_id FROM product")).isEqualTo(List.of(List.of("9")));
            assertThat(fixture.target.query("SELECT slug, title FROM category ORDER BY slug"))
                    .containsExactly(List.of("bags", "Bags"), List.of("shoes", "Footwear"));
        }
    }

    @Test
    void aParentThatIsTheSameRowUnderAnotherCarriedIdIsFollowed() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE author (id text PRIMARY KEY, email text NOT NULL UNIQUE, name text);
                CREATE TABLE book (isbn text PRIMARY KEY, author_id text REFERENCES author (id));
                """)) {
            fixture.source.execute("INSERT INTO author VALUES ('c1', 'a@x', 'A'), ('c2', 'b@x', 'B');"
                    + "INSERT INTO book VALUES ('1', 'c1'), ('2', 'c2')");
            fixture.target.execute("INSERT INTO author VALUES ('p9', 'a@x', 'A')");
            applied(fixture.plan("""
                    {"tables": [
                      {"name": "author", "key": ["email"], "mode": "append"},
                      {"name": "book", "key": ["isbn"], "mode": "append"}]}"""));
            assertThat(fixture.target.query("SELECT isbn, author_id FROM book ORDER BY 1"))
                    .containsExactly(List.of("1", "p9"), List.of("2", "c2"));
        }
    }

    @Test
    void aReferenceToAnotherUniqueColumnIsFollowedThroughTheKeyToo() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE category (id serial PRIMARY KEY, slug text UNIQUE NOT NULL, number int UNIQUE NOT NULL);
                CREATE TABLE product (sku text PRIMARY KEY, category_number int REFERENCES category (number));
                """)) {
            fixture.source.execute(
                    "INSERT INTO category VALUES (1, 'shoes', 100);" + "INSERT INTO product VALUES ('x', 100)");
            fixture.target.execute("INSERT INTO category VALUES (1, 'shoes', 200), (2, 'hats', 100)");
            applied(fixture.plan("""
                    {"tables": [
                      {"name": "category", "key": ["slug"], "mode": "upsert", "onConflict": "prod_wins"},
                      {"name": "product", "key": ["sku"], "mode": "append"}]}"""));
            assertThat(fixture.target.query("SELECT category_number FROM product"))
                    .isEqualTo(List.of(List.of("200")));
        }
    }

    @Test
    void aReferenceThatOnlyTheSourceDeclaresIsOneAllTheSame() {
        try (SyncFixture fixture = fixture(SHOP)) {
            fixture.target.execute("ALTER TABLE product DROP CONSTRAINT product_category_id_fkey");
            fixture.source.execute("INSERT INTO category VALUES (5, 'shoes'); INSERT INTO product VALUES (1, 'x', 5)");
            fixture.target.execute("INSERT INTO category VALUES (5, 'hats'), (6, 'shoes')");
            applied(fixture.plan(SHOP_PLAN));
            assertThat(fixture.target.query("SELECT category_id FROM product")).isEqualTo(List.of(List.of("6")));
        }
    }

    @Test
    void rawReferencesAreTakenAsTheyAre() {
        try (SyncFixture fixture = fixture(SHOP)) {
            fixture.source.execute("INSERT INTO category VALUES (5, 'shoes'); INSERT INTO product VALUES (1, 'x', 5)");
            fixture.target.execute("INSERT INTO category VALUES (5, 'hats'), (6, 'shoes')");
            applied(fixture.plan("""
                    {"tables": [
                      {"name": "category", "key": ["slug"], "mode": "append"},
                      {"name": "product", "key": ["sku"], "mode": "append", "rawReferences": ["category_id"]}]}"""));
            assertThat(fixture.target.query("SELECT category_id FROM product")).isEqualTo(List.of(List.of("5")));
        }
    }

    @Test
    void partitionedParentsAndChildrenAreFollowed() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE region (id int GENERATED BY DEFAULT AS IDENTITY, code text NOT NULL, PRIMARY KEY (id))
                  PARTITION BY HASH (id);
                CREATE TABLE region_0 PARTITION OF region FOR VALUES WITH (MODULUS 2, REMAINDER 0);
                CREATE TABLE region_1 PARTITION OF region FOR VALUES WITH (MODULUS 2, REMAINDER 1);
                CREATE TABLE sale (day date, code text, region_id int REFERENCES region, PRIMARY KEY (day, code))
                  PARTITION BY RANGE (day);
                CREATE TABLE sale_old PARTITION OF sale FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
                CREATE TABLE sale_new PARTITION OF sale FOR VALUES FROM ('2026-01-01') TO (MAXVALUE);
                """)) {
            fixture.source.execute("""
                    INSERT INTO region VALUES (1, 'north'), (2, 'south'), (3, 'east');
                    INSERT INTO sale VALUES ('2025-05-05', 'a', 1), ('2026-05-05', 'a', 2), ('2026-05-05', 'b', 3)
                    """);
            fixture.target.execute("""
                    INSERT INTO region VALUES (7, 'south'), (8, 'north');
                    INSERT INTO sale VALUES ('2025-05-05', 'a', 8), ('2026-05-05', 'a', 8);
                    SELECT setval(pg_get_serial_sequence('region', 'id'), 8)
                    """);
            SyncOutcome applied = applied(fixture.plan("""
                    {"tables": [
                      {"name": "region", "key": ["code"], "mode": "append"},
                      {"name": "sale", "key": ["day", "code"], "mode": "upsert", "onConflict": "local_wins"}]}"""));
            assertThat(counts(applied, "sale")).isEqualTo(new Counts(3, 2, 1, 1, 2, 1, 1, 0, 0, 0, 1, 1));
            assertThat(fixture.target.query("""
                    SELECT day, s.code, r.code FROM sale s JOIN region r ON r.id = region_id ORDER BY 1, 2
                    """))
                    .containsExactly(
                            List.of("2025-05-05", "a", "north"),
                            List.of("2026-05-05", "a", "south"),
                            List.of("2026-05-05", "b", "east"));
        }
    }
}
