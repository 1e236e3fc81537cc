package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import io.github.dbops.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows whose parent will not be there are told apart from those that can be carried, and keep an apply from writing. */
class SyncBlockedPgTest {

    private static final String SHOP = """
            CREATE TABLE category (id serial PRIMARY KEY, slug text UNIQUE NOT NULL, live boolean DEFAULT true);
            CREATE TABLE product (id serial PRIMARY KEY, sku text UNIQUE NOT NULL, category_id int REFERENCES category);
            CREATE TABLE price (product_id int REFERENCES product, currency text, cents int,
                                PRIMARY KEY (product_id, currency));
            """;

    private static String plan(String category) {
        return """
                {"tables": [
                  {"name": "category", "key": ["slug"], %s},
                  {"name": "product", "key": ["sku"], "mode": "upsert", "onConflict": "local_wins"},
                  {"name": "price", "key": ["product_id", "currency"], "mode": "upsert", "onConflict": "local_wins"}]}
                """.formatted(category);
    }

    private static SyncFixture fixture() {
        SyncFixture fixture = new SyncFixture(TestServers.oldest(), TestServers.newest(), SHOP);
        fixture.source.execute("""
                INSERT INTO category VALUES (1, 'shoes', true), (2, 'hidden', false), (3, 'known', false);
                INSERT INTO product VALUES (1, 's', 1), (2, 'h', 2), (3, 'k', 3), (4, 'moved', 2), (5, 'none', NULL);
                INSERT INTO price VALUES (1, 'EUR', 100), (2, 'EUR', 200), (2, 'USD', 220), (3, 'EUR', 300)
                """);
        fixture.target.execute("""
                INSERT INTO category VALUES (11, 'known');
                INSERT INTO product VALUES (12, 'moved', 11), (13, 'k', NULL);
                SELECT setval('category_id_seq', 20), setval('product_id_seq', 20)
                """);
        return fixture;
    }

    @Test
    void rowsWithoutAParentAreCountedApartAndListedTransitively() {
        try (SyncFixture fixture = fixture().plan(plan("\"mode\": \"append\", \"where\": \"live\""))) {
            SyncOutcome dryRun = fixture.dryRun();
            assertThat(dryRun.problems()).isEmpty();
            assertThat(dryRun.digest()).isEmpty();
            assertThat(counts(dryRun, "category")).isEqualTo(new Counts(1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0));
            assertThat(counts(dryRun, "product")).isEqualTo(new Counts(5, 2, 2, 1, 2, 0, 2, 0, 2, 0, 0, 0));
            assertThat(counts(dryRun, "price")).isEqualTo(new Counts(4, 0, 2, 0, 0, 0, 0, 0, 2, 0, 0, 0));
            assertThat(dryRun.warnings())
                    .anySatisfy(w -> assertThat(w).startsWith("2 row(s) of public.product are blocked"))
                    .anySatisfy(w -> assertThat(w).startsWith("2 row(s) of public.price are blocked"));
            assertThat(dryRun.tables().get(1).samples())
                    .filteredOn(sample -> sample.kind() == Sample.Kind.BLOCKED)
                    .extracting(Sample::key, Sample::missing)
                    .containsExactlyInAnyOrder(
                            tuple(List.of(new Sample.Cell("sku", "h")), "public.category (slug=hidden)"),
                            tuple(List.of(new Sample.Cell("sku", "moved")), "public.category (slug=hidden)"));
            assertThat(fixture.review().path()).doesNotExist();
        }
    }

    @Test
    void anApplyRefusesBeforeItWrites() {
        try (SyncFixture fixture = fixture().plan(plan("\"mode\": \"append\", \"where\": \"live\""))) {
            Problem problem = Refusals.of(fixture, Execution.APPLY, "DBOPS-417", "DBOPS-417");
            assertThat(problem.examples()).contains("sku=h -> public.category (slug=hidden)");
        }
    }

    @Test
    void aSkippedTableLetsThroughWhatTheTargetHas() {
        try (SyncFixture fixture = fixture().plan(plan("\"mode\": \"skip\""))) {
            SyncOutcome dryRun = fixture.dryRun();
            assertThat(counts(dryRun, "product")).isEqualTo(new Counts(5, 2, 1, 1, 2, 0, 2, 0, 3, 0, 0, 0));
            fixture.source.execute(
                    "DELETE FROM price WHERE product_id < 3; DELETE FROM product WHERE sku IN ('s', 'h');"
                            + "UPDATE product SET category_id = 3 WHERE sku = 'moved'");
            assertThat(fixture.dryRun().warnings()).isEmpty();
            assertThat(fixture.apply().problems()).isEmpty();
        }
    }

    @Test
    void rowsThatReferToEachOtherAreBlockedAsFarAsTheyDependOnABlockedOne() {
        try (SyncFixture fixture = new SyncFixture(TestServers.newest(), TestServers.oldest(), """
                CREATE TABLE shop (id serial PRIMARY KEY, name text UNIQUE NOT NULL);
                CREATE TABLE node (id serial PRIMARY KEY, code text UNIQUE NOT NULL, up int REFERENCES node,
                                   shop_id int REFERENCES shop);
                """)) {
            fixture.source.execute("""
                    INSERT INTO shop VALUES (1, 'here'), (2, 'nowhere');
                    INSERT INTO node VALUES (1, 'root', NULL, 2), (2, 'b', 1, 1), (3, 'c', 2, NULL), (4, 'd', 3, NULL),
                                            (5, 'free', NULL, 1), (6, 'free child', 5, NULL), (7, 'there', 4, NULL)
                    """);
            fixture.target.execute("INSERT INTO shop VALUES (9, 'here'); INSERT INTO node VALUES (90, 'there', NULL)");
            fixture.plan("""
                    {"tables": [
                      {"name": "shop", "key": ["name"], "mode": "skip"},
                      {"name": "node", "key": ["code"], "mode": "upsert", "onConflict": "local_wins"}]}""");
            SyncOutcome dryRun = fixture.dryRun();
            assertThat(counts(dryRun, "node")).isEqualTo(new Counts(7, 1, 2, 0, 1, 0, 1, 0, 5, 0, 0, 0));
        }
    }

    @Test
    void aReferenceThatLeadsNowhereInTheSourceIsBlocked() {
        try (SyncFixture fixture = new SyncFixture(TestServers.newest(), TestServers.oldest())) {
            fixture.source.execute("""
                    CREATE TABLE category (id int PRIMARY KEY, slug text UNIQUE NOT NULL);
                    CREATE TABLE product (sku text PRIMARY KEY, category_id int);
                    INSERT INTO category VALUES (1, 'shoes');
                    INSERT INTO product VALUES ('a', 1), ('b', 99), ('c', NULL)
                    """);
            fixture.target.execute("""
                    CREATE TABLE category (id serial PRIMARY KEY, slug text UNIQUE NOT NULL);
                    CREATE TABLE product (sku text PRIMARY KEY, category_id int REFERENCES category);
                    """);
            fixture.plan("""
                    {"tables": [
                      {"name": "category", "key": ["slug"], "mode": "append"},
                      {"name": "product", "key": ["sku"], "mode": "append"}]}""");
            assertThat(counts(fixture.dryRun(), "product")).isEqualTo(new Counts(3, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0));
        }
    }

    @Test
    void aParentWithAPartOfItsKeyIsToldAsOneWithoutAKey() {
        try (SyncFixture fixture = new SyncFixture(TestServers.oldest(), TestServers.newest(), """
                CREATE TABLE shelf (id int PRIMARY KEY, room text NOT NULL, name text, UNIQUE (room, name));
                CREATE TABLE item (code text PRIMARY KEY, shelf_id int REFERENCES shelf)
                """)) {
            fixture.source.execute("INSERT INTO shelf VALUES (1, 'cellar', NULL); INSERT INTO item VALUES ('a', 1)");
            fixture.plan("""
                    {"tables": [
                      {"name": "shelf", "key": ["room", "name"], "mode": "skip"},
                      {"name": "item", "key": ["code"], "mode": "append"}]}""");
            assertThat(fixture.dryRun().tables())
                    .flatExtracting(TableOutcome::samples)
                    .extracting(Sample::missing)
                    .containsExactly("public.shelf (no such row in the source, or it has no key)");
        }
    }

    @Test
    void aRowWithoutAKeyIsNeitherNoneNorAnyOther() {
        try (SyncFixture fixture = new SyncFixture(TestServers.oldest(), TestServers.newest(), """
                CREATE TABLE shelf (id int PRIMARY KEY, name text UNIQUE);
                CREATE TABLE item (code text PRIMARY KEY, shelf_id int REFERENCES shelf, note text)
                """)) {
            fixture.source.execute("""
                    INSERT INTO shelf VALUES (1, NULL);
                    INSERT INTO item VALUES ('lost', NULL), ('gained', 1), ('none', NULL); INSERT INTO item VALUES ('kept', 1, 'new')
                    """);
            fixture.target.execute("""
                    INSERT INTO shelf VALUES (7, NULL);
                    INSERT INTO item VALUES ('lost', 7), ('gained', NULL), ('none', NULL); INSERT INTO item VALUES ('kept', 7, 'old')
                    """);
            fixture.plan("""
                    {"report": {"samples": "values"}, "tables": [
                      {"name": "shelf", "key": ["name"], "mode": "skip"},
                      {"name": "item", "key": ["code"], "mode": "upsert", "onConflict": "local_wins"}]}""");
            SyncOutcome dryRun = fixture.dryRun();
            assertThat(counts(dryRun, "item")).isEqualTo(new Counts(4, 4, 0, 1, 4, 1, 3, 0, 2, 0, 0, 0));
            assertThat(dryRun.tables())
                    .flatExtracting(TableOutcome::samples)
                    .filteredOn(sample -> sample.kind() == Sample.Kind.UPDATE)
                    .flatExtracting(Sample::cells)
                    .containsExactly(new Sample.Change("shelf_id.name", "(a row without a key)", null));
            fixture.source.execute("DELETE FROM item WHERE shelf_id = 1");
            assertThat(fixture.dryRun().warnings()).isEmpty();
            assertThat(fixture.apply().problems()).isEmpty();
            assertThat(fixture.target.query("SELECT code FROM item WHERE shelf_id IS NULL ORDER BY code"))
                    .containsExactly(List.of("gained"), List.of("lost"), List.of("none"));
            assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        }
    }

    @Test
    void aParentThatIsLeftOutIsThereWhereAnotherOneOfItsKeyIsCarried() {
        try (SyncFixture fixture = new SyncFixture(TestServers.oldest(), TestServers.newest(), """
                CREATE TABLE category (id serial PRIMARY KEY, slug text NOT NULL, gone boolean NOT NULL);
                CREATE UNIQUE INDEX one_slug ON category (slug) WHERE NOT gone;
                CREATE TABLE product (sku text PRIMARY KEY, category_id int REFERENCES category)
                """)) {
            fixture.source.execute("""
                    INSERT INTO category VALUES (1, 'shoes', true), (2, 'shoes', false), (3, 'hats', true);
                    INSERT INTO product VALUES ('old boot', 1), ('boot', 2)
                    """);
            fixture.plan("""
                    {"tables": [
                      {"name": "category", "key": ["slug"], "mode": "append", "where": "NOT gone"},
                      {"name": "product", "key": ["sku"], "mode": "append"}]}""");
            assertThat(fixture.dryRun().warnings()).isEmpty();
            assertThat(fixture.apply().problems()).isEmpty();
            assertThat(fixture.target.query("SELECT sku FROM product JOIN category c ON c.id = category_id"))
                    .containsExactlyInAnyOrder(List.of("old boot"), List.of("boot"));
            fixture.source.execute("INSERT INTO product VALUES ('hat', 3)");
            assertThat(counts(fixture.dryRun(), "product").blocked()).isEqualTo(1);
        }
    }
}
