package io.github.dbops.command;

import static io.github.dbops.command.InitFixture.key;
import static io.github.dbops.command.InitFixture.table;
import static io.github.dbops.command.InitFixture.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.run.Execution;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.draft.DraftedTable;
import io.github.dbops.sync.draft.InitOutcome;
import io.github.dbops.sync.draft.LeftOut;
import io.github.dbops.sync.draft.LeftOut.Why;
import io.github.dbops.sync.draft.RowCount;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a first plan makes of a database in which every situation occurs. */
class InitPgTest {

    private static final String SCHEMA = """
            CREATE EXTENSION citext;
            CREATE EXTENSION postgres_fdw;
            CREATE SCHEMA other;
            CREATE SCHEMA dbops;
            CREATE SCHEMA "dotted.schema";
            CREATE TYPE size AS ENUM ('s', 'm', 'l');
            CREATE DOMAIN code AS varchar(20) CHECK (value <> '');
            CREATE COLLATION loose (provider = icu, locale = 'und', deterministic = false);

            CREATE TABLE country (id serial PRIMARY KEY, iso char(2) NOT NULL UNIQUE, name text NOT NULL);
            CREATE TABLE city (id serial PRIMARY KEY, country_id int NOT NULL REFERENCES country, name text NOT NULL,
                updated_at timestamptz NOT NULL DEFAULT now());
            CREATE TABLE account (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email citext UNIQUE,
                "passwordHash" text, created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP);
            CREATE TABLE login (name text UNIQUE, email text NOT NULL);
            CREATE TABLE "Order" (id text PRIMARY KEY, number code NOT NULL UNIQUE,
                account_id uuid NOT NULL REFERENCES account);
            CREATE TABLE node (id serial PRIMARY KEY, parent_id int NOT NULL REFERENCES node, name text NOT NULL,
                UNIQUE (parent_id, name));
            CREATE TABLE article (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, slug text NOT NULL,
                title text NOT NULL, words tsvector NOT NULL, UNIQUE (slug) DEFERRABLE);
            CREATE TABLE label (article_id int REFERENCES article, size size, PRIMARY KEY (article_id, size));
            CREATE TABLE audit (id bigserial PRIMARY KEY, said text);
            CREATE TABLE store (id serial PRIMARY KEY, code text NOT NULL UNIQUE, chief_id int NOT NULL);
            CREATE TABLE staff (id serial PRIMARY KEY, email text NOT NULL UNIQUE, store_id int NOT NULL REFERENCES store);
            ALTER TABLE store ADD FOREIGN KEY (chief_id) REFERENCES staff;
            CREATE TABLE payment (paid date NOT NULL, number text NOT NULL, PRIMARY KEY (paid, number))
                PARTITION BY RANGE (paid);
            CREATE TABLE payment_2026 PARTITION OF payment FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            CREATE TABLE measure (at float8 PRIMARY KEY, value float8);
            CREATE TABLE picture (name text PRIMARY KEY, large oid, small oid NOT NULL DEFAULT 0);
            CREATE TABLE scan (name text PRIMARY KEY, large oid NOT NULL);
            CREATE TABLE loosely (name text COLLATE loose PRIMARY KEY);
            CREATE TABLE computed (a text NOT NULL, b text GENERATED ALWAYS AS (upper(a)) STORED UNIQUE);
            CREATE TABLE halves (id serial PRIMARY KEY, slug text NOT NULL, gone boolean NOT NULL);
            CREATE UNIQUE INDEX halves_slug ON halves (slug) WHERE NOT gone;
            CREATE UNIQUE INDEX halves_lower ON halves (lower(slug));
            CREATE TABLE parent (name text PRIMARY KEY);
            CREATE TABLE child () INHERITS (parent);
            CREATE TABLE ruled (name text PRIMARY KEY);
            CREATE RULE r AS ON INSERT TO ruled DO ALSO SELECT 1;
            CREATE TABLE many (id serial PRIMARY KEY, name text NOT NULL);
            CREATE TABLE nothing ();
            CREATE TABLE "we""ird */ // \\ ünï😀
            of sixty-three bytes, all of them us" ("k""ey
             */" text PRIMARY KEY, "pass""word" text);
            CREATE TABLE other.city (name text PRIMARY KEY);
            CREATE TABLE "dotted.schema".lost (name text PRIMARY KEY);
            CREATE TABLE ".hidden" (name text PRIMARY KEY);

            CREATE VIEW a_view AS SELECT 1 AS one;
            CREATE MATERIALIZED VIEW a_summary AS SELECT 1 AS one;
            CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw;
            CREATE FOREIGN TABLE afar (a int) SERVER elsewhere;
            CREATE TABLE spatial (a int PRIMARY KEY);
            ALTER EXTENSION citext ADD TABLE spatial;
            CREATE TABLE _prisma_migrations (migration_name text, finished_at timestamptz, rolled_back_at timestamptz,
                checksum text);
            CREATE TABLE other."DATABASECHANGELOG" (id text PRIMARY KEY);
            CREATE TABLE dbops.sync_run (id text PRIMARY KEY);

            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO audit (said) VALUES (TG_OP); RETURN NULL; END';
            CREATE TRIGGER fill BEFORE INSERT OR UPDATE ON article FOR EACH ROW
                EXECUTE FUNCTION tsvector_update_trigger(words, 'pg_catalog.english', title);
            CREATE TRIGGER tell AFTER INSERT ON article FOR EACH ROW EXECUTE FUNCTION note();
            """;

    private static final String ROWS = """
            INSERT INTO country (iso, name) VALUES ('AT', 'Austria'), ('DE', 'Germany');
            INSERT INTO city (country_id, name)
                SELECT c.id, 'City ' || n FROM country c, generate_series(1, 6) n;
            INSERT INTO account (email, "passwordHash") VALUES ('a@example.com', 'x'), ('b@example.com', 'y');
            INSERT INTO login VALUES (NULL, 'a'), ('b', 'a');
            INSERT INTO "Order" SELECT gen_random_uuid()::text, n::text, (SELECT id FROM account LIMIT 1)
                FROM generate_series(1, 3) n;
            INSERT INTO many (name) SELECT n::text FROM generate_series(1, 60) n;
            INSERT INTO payment VALUES ('2026-02-01', 'a');
            INSERT INTO child VALUES ('c');
            """;

    @PostgresTest
    void draftsEverySituation(TestServer server) {
        try (InitFixture shop = new InitFixture(server, server, SCHEMA)) {
            shop.databases.source.execute(ROWS);
            // So that the plan is drafted from the source alone.
            InitOutcome outcome = shop.withoutTarget().mostRows(50).run();

            assertThat(outcome.problems()).isEmpty();
            assertThat(outcome.result()).isEqualTo(InitOutcome.Result.WRITTEN);
            keys(outcome);
            columns(outcome);
            notes(outcome);
            leftOut(outcome);
            aSyncReads(shop, outcome);
            aSyncRunsByTheKeys(shop, outcome);
        }
    }

    private static void keys(InitOutcome outcome) {
        assertThat(key(outcome, "country")).isEqualTo("iso (unique)");
        assertThat(key(outcome, "city")).isEqualTo("country_id, name (unique-in-data)");
        assertThat(key(outcome, "account")).isEqualTo("email (unique-where-filled)");
        assertThat(table(outcome, "account").alternatives())
                .extracting(k -> words(k))
                .containsExactly("id (plain-id)");
        assertThat(key(outcome, "login")).isEqualTo("No columns are known to tell its rows apart.");
        assertThat(table(outcome, "login").alternatives())
                .extracting(k -> k.evidence())
                .containsExactly("unique index \"login_name_key\"; but 1 of 2 rows have no \"name\"");
        assertThat(key(outcome, "Order")).isEqualTo("number (unique)");
        assertThat(key(outcome, "node")).startsWith("\"id\" comes from a sequence, and no other columns");
        assertThat(key(outcome, "article")).isEqualTo("slug (unique)");
        assertThat(key(outcome, "label")).isEqualTo("article_id, size (unique)");
        assertThat(key(outcome, "store")).startsWith("Foreign keys lead in a circle in which none can wait: ");
        assertThat(key(outcome, "staff")).startsWith("\"store_id\" references \"store\"");
        assertThat(key(outcome, "payment")).isEqualTo("paid, number (unique)");
        assertThat(key(outcome, "measure")).startsWith("No columns are known to tell its rows apart;");
        assertThat(key(outcome, "picture")).isEqualTo("name (unique)");
        assertThat(key(outcome, "scan")).startsWith("\"large\" must be filled and holds object ids");
        assertThat(key(outcome, "loosely")).startsWith("No columns are known to tell its rows apart;");
        assertThat(key(outcome, "computed")).startsWith("No columns are known to tell its rows apart;");
        assertThat(key(outcome, "halves")).startsWith("\"id\" comes from a sequence");
        assertThat(key(outcome, "ruled")).startsWith("It has rules");
        assertThat(key(outcome, "many")).startsWith("\"id\" comes from a sequence");
        assertThat(key(outcome, "nothing")).isEqualTo("It has no columns.");
        assertThat(key(outcome, "other.city")).isEqualTo("name (unique)");
    }

    private static void columns(InitOutcome outcome) {
        assertThat(table(outcome, "account").columns().sensitive()).containsOnlyKeys("email", "passwordHash");
        assertThat(table(outcome, "account").columns().ignore()).containsOnlyKeys("created_at");
        assertThat(table(outcome, "city").columns().ignore()).containsOnlyKeys("updated_at");
        assertThat(table(outcome, "article").columns().ignore()).containsOnlyKeys("words");
        assertThat(table(outcome, "picture").columns().exclude()).containsOnlyKeys("large", "small");
        assertThat(table(outcome, "Order").protectedBy()).contains("Order*");
        assertThat(table(outcome, "city").references()).containsExactly("country");
        assertThat(table(outcome, "account").referencedBy()).containsExactly("Order");
        assertThat(table(outcome, "country").rows()).isEqualTo(RowCount.counted(2));
        assertThat(table(outcome, "payment").rows()).isEqualTo(RowCount.counted(1));
        assertThat(table(outcome, "parent").rows()).isEqualTo(RowCount.counted(0));
    }

    private static void notes(InitOutcome outcome) {
        assertThat(table(outcome, "article").notes())
                .containsExactly(
                        "Inserted rows get their \"id\" from production.",
                        "Trigger \"tell\" runs note: tables that it writes must be in \"allowSideEffects\".");
        assertThat(table(outcome, "article").key().orElseThrow().evidence())
                .isEqualTo("unique index \"article_slug_key\", deferrable");
        assertThat(table(outcome, "Order").notes()).containsExactly("Inserted rows bring their \"id\" along.");
        assertThat(table(outcome, "payment").notes())
                .containsExactly("It is partitioned: its partitions are carried with it.");
        assertThat(table(outcome, "parent").notes())
                .containsExactly("Other tables inherit from it: their rows are not carried with it.");
        assertThat(table(outcome, "many").notes())
                .containsExactly("Its rows were not looked at, because there are more than 50 (dbops.init.mostRows).");
        assertThat(table(outcome, "node").notes())
                .containsExactly(
                        "The unique index \"node_parent_id_name_key\" makes no key: \"parent_id\" references the"
                                + " table itself.");
        assertThat(table(outcome, "halves").notes())
                .containsExactly(
                        "The unique index \"halves_lower\" is over an expression, so it proves no key.",
                        "The unique index \"halves_slug\" does not cover all rows, so it proves no key.");
        assertThat(table(outcome, "computed").notes())
                .containsExactly(
                        "The unique index \"computed_b_key\" makes no key: \"b\" (text, computed) cannot be in a"
                                + " key.");
    }

    private static void leftOut(InitOutcome outcome) {
        assertThat(outcome.draft().orElseThrow().leftOut())
                .containsExactly(
                        new LeftOut("a_summary", Why.VIEW),
                        new LeftOut("a_view", Why.VIEW),
                        new LeftOut("payment_2026", Why.PARTITION),
                        new LeftOut("afar", Why.FOREIGN),
                        new LeftOut("_prisma_migrations", Why.HISTORY),
                        new LeftOut("other.DATABASECHANGELOG", Why.HISTORY),
                        new LeftOut("spatial", Why.EXTENSION),
                        new LeftOut("dbops.sync_run", Why.OWN),
                        new LeftOut("dotted.schema.lost", Why.UNNAMEABLE));
        assertThat(outcome.draft().orElseThrow().tables())
                .extracting(DraftedTable::planName)
                .contains("public..hidden")
                .containsSubsequence("country", "city")
                .containsSubsequence("account", "Order");
    }

    private static void aSyncReads(InitFixture shop, InitOutcome outcome) {
        Plan plan = shop.read();
        assertThat(plan.active()).isEmpty();
        assertThat(plan.tables()).hasSize(outcome.draft().orElseThrow().tables().size());
        SyncOutcome sync = shop.databases.run(Execution.DRY_RUN);
        assertThat(sync.problems()).isEmpty();
        assertThat(sync.result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
    }

    // References to numbers of a sequence are not carried through the parent's key yet.
    private static void aSyncRunsByTheKeys(InitFixture shop, InitOutcome outcome) {
        shop.databases.plan(switchedOn(shop.text("sync-plan.json"), name -> true));
        SyncOutcome sync = shop.databases.words().dryRun();
        assertThat(sync.problems()).isEmpty();
        assertThat(sync.result()).isEqualTo(SyncOutcome.Result.CHANGES_FOUND);
        assertThat(sync.tables().stream().filter(t -> !t.skipped()))
                .hasSize((int) outcome.draft().orElseThrow().withKey());
        assertThat(shop.databases.withoutAudit().apply().problems()).isEmpty();
    }

    /** A plan in which tables with a key overwrite what they find. */
    private static String switchedOn(String plan, Predicate<String> names) {
        return Pattern.compile("\\{\n +\"name\": \"(.*)\",\n +\"key\": .*\n +\"mode\": (\"skip\")")
                .matcher(plan)
                .replaceAll(entry -> Matcher.quoteReplacement(
                        names.test(entry.group(1))
                                ? entry.group().replace("\"skip\"", "\"upsert\", \"onConflict\": \"local_wins\"")
                                : entry.group()));
    }

    @Test
    void nullsNotDistinctIsTold() {
        TestServer server = TestServers.newest();
        try (InitFixture shop = new InitFixture(
                server, server, "CREATE TABLE t (code text NOT NULL UNIQUE NULLS NOT DISTINCT, name text)")) {
            InitOutcome outcome = shop.withoutTarget().run();
            assertThat(table(outcome, "t").key().orElseThrow().evidence())
                    .isEqualTo("unique index \"t_code_key\", NULLS NOT DISTINCT");
        }
    }

    @PostgresTest
    void theSampleShopsPlanRunsAsWrittenAndWithEveryKeySwitchedOn(TestServer server) throws Exception {
        Path demo = Path.of("..", "it", "demo", "db");
        try (InitFixture shop =
                new InitFixture(server, TestServers.newest(), Files.readString(demo.resolve("schema.sql")))) {
            shop.databases.source.execute(Files.readString(demo.resolve("local.sql")));
            shop.databases.target.execute(Files.readString(demo.resolve("prod.sql")));
            InitOutcome outcome = shop.run();
            assertThat(outcome.target()).isPresent();
            assertThat(List.of(
                            key(outcome, "Category"),
                            key(outcome, "Product"),
                            key(outcome, "ShippingRate"),
                            key(outcome, "Coupon"),
                            key(outcome, "Customer"),
                            key(outcome, "Order"),
                            key(outcome, "Session")))
                    .containsExactly(
                            "slug (unique)",
                            "sku (unique)",
                            "country, method (unique)",
                            "code (unique)",
                            "email (unique)",
                            "number (unique)",
                            "id (plain-id)");
            assertThat(table(outcome, "Session").columns().sensitive()).containsOnlyKeys("token");
            assertThat(shop.databases.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);

            shop.databases.plan(switchedOn(shop.text("sync-plan.json"), name -> true));
            SyncOutcome all = shop.databases.words().dryRun();
            assertThat(all.problems()).isEmpty();
            assertThat(all.result()).isEqualTo(SyncOutcome.Result.CHANGES_FOUND);
        }
    }
}
