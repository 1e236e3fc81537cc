package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Problem;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that identify nothing, and values that would not arrive as they are. */
class SyncKeyRefusalsPgTest {

    private static SyncFixture fixture(String... schema) {
        return new SyncFixture(TestServers.newest(), TestServers.oldest(), schema);
    }

    private static SyncFixture keyed(String column, String mode) {
        return fixture(
                        "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                        "CREATE TABLE item (" + column + ", title text)")
                .plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], " + mode + "}]}");
    }

    private static final String OVERWRITE = "\"mode\": \"upsert\", \"onConflict\": \"local_wins\"";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "code json                | Its type is json;",
                "code float8              | Its type is double precision;",
                "code text COLLATE nocase | Its type is text with a nondeterministic collation;",
                "code point               | Its type is point;",
                "code int[]               | Its type is integer[];",
                "code int GENERATED ALWAYS AS (1) STORED | The target computes it (GENERATED ALWAYS AS)",
            })
    void aKeyOfATypeWithoutASureEqualityIsRefused(String column, String why) {
        try (SyncFixture fixture = keyed(column, OVERWRITE)) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-404");
            assertThat(problem.what()).isEqualTo("Column \"code\" of public.item cannot be a key column.");
            assertThat(problem.why()).startsWith(why);
            assertThat(problem.where()).isEqualTo("sync-plan.json:1:13, table public.item, column \"code\"");
        }
    }

    @Test
    void nullKeysInTheSourceAreRefused() {
        try (SyncFixture fixture = keyed("code text", OVERWRITE)) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 'A'), (NULL, 'B'), (NULL, 'C')");
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-405");
            assertThat(problem.what()).isEqualTo("2 row(s) of the source's public.item have no key.");
            assertThat(problem.why()).isEqualTo("One of the key's values (code) is NULL.");
        }
    }

    @Test
    void aKeyThatLeadsToARowWithoutOneIsRefused() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE shelf (id int PRIMARY KEY, name text UNIQUE);
                CREATE TABLE item (shelf_id int REFERENCES shelf, code text, PRIMARY KEY (shelf_id, code));
                """)) {
            fixture.source.execute("INSERT INTO shelf VALUES (1, NULL); INSERT INTO item VALUES (1, 'a')");
            fixture.plan("""
                    {"tables": [
                      {"name": "shelf", "key": ["name"], "mode": "skip"},
                      {"name": "item", "key": ["shelf_id", "code"], "mode": "append"}]}""");
            assertThat(Refusals.ofBoth(fixture, "DBOPS-405").why())
                    .isEqualTo("One of the key's values (shelf_id.name, code) is NULL.");
        }
    }

    @Test
    void nullKeysInTheTargetAreCountedAsOnlyThereAndWarnedOf() {
        try (SyncFixture fixture = keyed("code text", OVERWRITE)) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 'A')");
            fixture.target.execute("INSERT INTO item VALUES (NULL, 'X'), (NULL, 'Y'), ('z', 'Z')");
            SyncOutcome dryRun = fixture.dryRun();
            assertThat(dryRun.problems()).isEmpty();
            assertThat(SyncFixture.counts(dryRun, "item")).isEqualTo(new Counts(1, 3, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0));
            assertThat(dryRun.warnings())
                    .contains(
                            "2 row(s) of the target's public.item have a NULL in their key (code); they are counted as"
                                    + " only in the target.");
            assertThat(fixture.apply().problems()).isEmpty();
            assertThat(fixture.target
                            .query("SELECT count(*), count(code) FROM item")
                            .get(0))
                    .containsExactly("4", "2");
        }
    }

    @Test
    void duplicateKeysInTheSourceAreRefusedWithExamples() {
        try (SyncFixture fixture = keyed("code text", OVERWRITE)) {
            fixture.source.execute(
                    "INSERT INTO item VALUES ('a', 'A'), ('b', '1'), ('b', '2'), ('c', '1'), ('c', '1')");
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-406");
            assertThat(problem.what()).isEqualTo("2 key(s) of public.item are in the source more than once.");
            assertThat(problem.examples()).containsExactlyInAnyOrder("code=b", "code=c");
            assertThat(SyncFixture.counts(fixture.dryRun(), "item").duplicateSourceKeyGroups())
                    .isEqualTo(2);
        }
    }

    @Test
    void severalTargetRowsForOneKeyAreRefusedWithExamples() {
        try (SyncFixture fixture = keyed("code text", OVERWRITE)) {
            fixture.source.execute("INSERT INTO item VALUES ('b', 'B')");
            fixture.target.execute("INSERT INTO item VALUES ('b', 'B'), ('b', 'B')");
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-407");
            assertThat(problem.examples()).containsExactly("code=b");
        }
    }

    @Test
    void rowsOfTwoParentsThatShareAKeyAreDuplicates() {
        try (SyncFixture fixture = fixture("""
                CREATE TABLE shop (id int PRIMARY KEY, name text NOT NULL, closed boolean NOT NULL);
                CREATE TABLE item (shop_id int REFERENCES shop, code int, PRIMARY KEY (shop_id, code));
                INSERT INTO shop VALUES (1, 'here', true), (2, 'here', false);
                INSERT INTO item SELECT 1, n FROM generate_series(1, 3000) AS n;
                INSERT INTO item VALUES (2, 7);
                ANALYZE
                """)) {
            fixture.plan("""
                    {"tables": [
                      {"name": "shop", "key": ["name"], "mode": "append", "where": "NOT closed"},
                      {"name": "item", "key": ["shop_id", "code"], "mode": "append"}]}""");
            assertThat(SyncFixture.codes(fixture.dryRun())).contains("DBOPS-406");
            fixture.target.execute("TRUNCATE item");
            assertThat(SyncFixture.codes(fixture.dryRun())).contains("DBOPS-406");
        }
    }

    @Test
    void equalButDifferentlySpelledNumericKeysInTheSourceAreDuplicates() {
        try (SyncFixture fixture = keyed("code numeric", OVERWRITE)) {
            fixture.source.execute("INSERT INTO item VALUES (1.0, 'A'), (1.00, 'A')");
            Refusals.ofBoth(fixture, "DBOPS-406");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text, int",
        "json, int",
        "int, uuid",
        "text, boolean",
        "bytea, int",
        "text[], int[]",
        "text, jsonb",
        "mood, other_mood"
    })
    void typesThatAreNotAssignedToEachOtherAreRefused(String here, String there) {
        try (SyncFixture fixture =
                fixture("CREATE TYPE mood AS ENUM ('ok')", "CREATE TYPE other_mood AS ENUM ('ok')")) {
            fixture.source.execute("CREATE TABLE item (code text PRIMARY KEY, v " + here + ")");
            fixture.target.execute("CREATE TABLE item (code text PRIMARY KEY, v " + there + ")");
            fixture.plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], " + OVERWRITE + "}]}");
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-408");
            assertThat(problem.what()).isEqualTo("Column \"v\" of public.item has types that do not fit.");
            assertThat(problem.where()).endsWith("table public.item, column \"v\"");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pair                | (a int, b int)  | (b int, a int)
            pair[]              | (a int, b int)  | (b int, a int)
            holder              | (a int, b text) | (a int, b varchar(3))
            pair                | (a int, b int)  | (a int, b int, c int)
            """)
    void compositeTypesWhoseFieldsDifferAreRefused(String type, String here, String there) {
        try (SyncFixture fixture = fixture()) {
            String schema = "CREATE TYPE pair AS %s; CREATE TYPE holder AS (one pair, many pair[]);"
                    + " CREATE TABLE item (code text PRIMARY KEY, v " + type + ")";
            fixture.source.execute(schema.formatted(here));
            fixture.target.execute(schema.formatted(there));
            fixture.plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], " + OVERWRITE + "}]}");
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-408");
            assertThat(problem.what()).isEqualTo("Column \"v\" of public.item has types that do not fit.");
            assertThat(problem.why()).contains("in the source and (", "field by field");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "text           | varchar(3)    | 'four'                  | 1 value(s) would be cut or rounded",
                "numeric        | numeric(5,2)  | 1.005                   | 1 value(s) would be cut or rounded",
                "numeric        | numeric(5,2)  | 12345                   | a value is out of range",
                "int8           | int4          | 3000000000              | a value is out of range",
                "float8         | float4        | 0.1                     | 1 value(s) would be cut or rounded",
                "float8         | int4          | 1.5                     | 1 value(s) would be cut or rounded",
                "float8         | numeric       | 0.1::float8 + 0.2       | 1 value(s) would be cut or rounded",
                "varchar(9)     | char(3)       | 'four'                  | 1 value(s) would be cut or rounded",
                "varchar[]      | varchar(3)[]  | ARRAY['ab', 'four']     | 1 value(s) would be cut or rounded",
                "timestamp(6)   | timestamp(3)  | '2024-01-01 00:00:00.1234' | 1 value(s) would be cut or rounded",
                "json           | jsonb         | '\"\\u0000\"'           | a value does not fit",
                "short          | short_there   | 'four'                  | 1 value(s) would be cut or rounded",
                "small          | small_there   | 1.005                   | 1 value(s) would be cut or rounded",
                "bit(3)         | bit(5)        | B'101'                  | 1 value(s) would be cut or rounded",
                "mood           | mood          | 'new'                   | lacks; the source's type has 'new' beyond",
                "mood[]         | mood[]        | '{ok,new}'              | lacks; the source's type has 'new' beyond",
            })
    void aValueThatWouldNotArriveExactlyIsFoundInTheDryRun(String here, String there, String value, String why) {
        try (SyncFixture fixture = fixture(
                "CREATE DOMAIN short AS text",
                "CREATE DOMAIN short_there AS varchar(3)",
                "CREATE DOMAIN small AS numeric",
                "CREATE DOMAIN small_there AS numeric(5,2)",
                "CREATE TYPE mood AS ENUM ('ok')")) {
            fixture.source.execute("ALTER TYPE mood ADD VALUE 'new'");
            fixture.source.execute("CREATE TABLE item (code text PRIMARY KEY, v " + here + ")");
            fixture.target.execute("CREATE TABLE item (code text PRIMARY KEY, v " + there + ")");
            fixture.source.execute("INSERT INTO item VALUES ('null', NULL), ('a', " + value + ")");
            fixture.plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], " + OVERWRITE + "}]}");
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-409");
            assertThat(problem.why()).contains(why);
            assertThat(problem.where()).endsWith("table public.item, column \"v\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "text        | varchar(4)   | 'four'",
                "text        | citext       | 'Four'",
                "citext      | text         | 'Four'",
                "char(6)     | text         | 'four'",
                "int4        | int8         | 7",
                "int4        | numeric(9,2) | 7",
                "numeric     | numeric(9,2) | 1.5",
                "float4      | float8       | 0.1",
                "date        | timestamp    | '2024-02-29'",
                "timestamp   | timestamptz  | '2024-02-29 12:00'",
                "json        | jsonb        | '{\"b\": 1, \"a\": 1}'",
                "json        | text         | '{\"b\": 1, \"a\": 1}'",
                "point       | text         | '(1,2)'",
                "xml         | text         | '<a/>'",
                "mood        | text         | 'ok'",
                "cidr        | inet         | '10.0.0.0/8'",
                "uuid[]      | text         | '{0c6f1a0e-9ac5-4d6e-8d39-7d1f6e0b1c11}'",
            })
    void differentTypesAreComparedInTheTargetsType(String here, String there, String value) {
        try (SyncFixture fixture = fixture("CREATE TYPE mood AS ENUM ('ok')")) {
            (here.equals("citext") ? fixture.source : fixture.target).execute("CREATE EXTENSION citext");
            fixture.source.execute("CREATE TABLE item (code text PRIMARY KEY, v " + here + ")");
            fixture.target.execute("CREATE TABLE item (code text PRIMARY KEY, v " + there + ")");
            fixture.source.execute(
                    "INSERT INTO item VALUES ('null', NULL), ('a', " + value + "), ('b', " + value + ")");
            fixture.target.execute("INSERT INTO item VALUES ('b', NULL)");
            fixture.plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], " + OVERWRITE + "}]}");
            assertThat(fixture.dryRun().problems()).isEmpty();
            SyncOutcome applied = fixture.apply();
            assertThat(applied.problems()).isEmpty();
            assertThat(SyncFixture.counts(applied, "item")).isEqualTo(new Counts(3, 1, 2, 1, 1, 0, 1, 0, 0, 0, 2, 1));
            assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        }
    }

    @Test
    void anInfiniteIntervalIsRefusedWhereTheTargetKnowsNone() {
        TestServer knows = TestServers.newest();
        TestServer knowsNot = TestServers.oldest();
        if (knows.majorVersion() < 17 || knowsNot.majorVersion() >= 17) {
            return;
        }
        try (SyncFixture fixture =
                new SyncFixture(knows, knowsNot, "CREATE TABLE item (code text PRIMARY KEY, v interval)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 'infinity'), ('b', '-infinity'), ('c', '1 day')");
            fixture.plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], " + OVERWRITE + "}]}");
            assertThat(Refusals.ofBoth(fixture, "DBOPS-409").why())
                    .contains("2 value(s) are infinite, which intervals can only be from PostgreSQL 17 on");
        }
    }

    @Test
    void aRequiredColumnThatThePlanDoesNotCarryIsRefused() {
        try (SyncFixture fixture = fixture("CREATE TABLE item (code text PRIMARY KEY, title text, owner text NOT NULL)")
                .plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], \"columns\": [\"title\"], " + OVERWRITE
                        + "}]}")) {
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-410");
            assertThat(problem.what())
                    .isEqualTo("Column \"owner\" of public.item would be left empty in inserted rows.");
            assertThat(problem.next().get(0)).contains("Add \"owner\" to \"columns\"");
        }
    }

    @Test
    void anOidColumnIsRefusedUnlessExcluded() {
        try (SyncFixture fixture = fixture("CREATE TABLE item (code text PRIMARY KEY, photo oid)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 1)");
            fixture.plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], " + OVERWRITE + "}]}");
            assertThat(Refusals.ofBoth(fixture, "DBOPS-426").what())
                    .isEqualTo("Column \"photo\" of public.item cannot be carried.");
            fixture.plan("{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], \"exclude\": [\"photo\"], "
                    + OVERWRITE + "}]}");
            assertThat(fixture.apply().problems()).isEmpty();
            assertThat(fixture.target.query("SELECT code, photo FROM item").get(0))
                    .containsExactly("a", null);
        }
    }
}
