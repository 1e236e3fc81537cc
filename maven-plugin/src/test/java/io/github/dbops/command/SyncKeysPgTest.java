package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys match as their type says, also between servers whose object ids and hashes differ; and uniqueness beside them. */
class SyncKeysPgTest {

    private static final String TYPES = """
            CREATE EXTENSION citext;
            CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad');
            CREATE DOMAIN slug AS citext CHECK (value <> '');
            """;

    private static SyncFixture fixture(String... schema) {
        SyncFixture fixture = new SyncFixture(TestServers.oldest(), TestServers.newest());
        // Other types first, so that no user type has the same object id on both sides.
        fixture.target.execute("CREATE TYPE first AS ENUM ('x', 'y'); CREATE TYPE second AS ENUM ('y')");
        for (String sql : schema) {
            fixture.source.execute(sql);
            fixture.target.execute(sql);
        }
        return fixture;
    }

    private static String plan(String entry) {
        return "{\"tables\": [{\"name\": \"item\", " + entry
                + ", \"mode\": \"upsert\", \"onConflict\": \"local_wins\"}]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "int2         | 1                       | -1",
                "int8         | 9223372036854775807     | 0",
                "numeric      | 1.50                    | 'NaN'",
                "text         | 'a'                     | 'A'",
                "varchar(9)   | 'a'                     | 'a '",
                "char(4)      | 'a'                     | 'b'",
                "citext       | 'é'                     | 'e'",
                "slug         | 'a'                     | 'b'",
                "name         | 'a'                     | 'b'",
                "uuid         | '0c6f1a0e-9ac5-4d6e-8d39-7d1f6e0b1c11' | '0c6f1a0e-9ac5-4d6e-8d39-7d1f6e0b1c12'",
                "boolean      | true                    | false",
                "date         | '0044-03-15 BC'         | 'infinity'",
                "time         | '24:00'                 | '00:00'",
                "timetz       | '12:00+02'              | '11:00+01'",
                "timestamp    | '2024-02-29 12:00'      | '-infinity'",
                "timestamptz  | '2024-02-29 12:00+02'   | '2024-02-29 12:00+01'",
                "interval     | '1 day'                 | '25 hours'",
                "bytea        | '\\x00ff'               | '\\x'",
                "mood         | 'glad'                  | 'ok'",
            })
    void aKeyOfEachSupportedTypeMatchesItsEqual(String type, String one, String other) {
        try (SyncFixture fixture = fixture(TYPES, "CREATE TABLE item (code " + type + " PRIMARY KEY, title text)")) {
            fixture.source.execute("INSERT INTO item VALUES (" + one + ", 'A'), (" + other + ", 'B')");
            fixture.target.execute("INSERT INTO item VALUES (" + one + ", 'was')");
            fixture.plan(plan("\"key\": [\"code\"]"));
            SyncOutcome applied = fixture.withoutReview().apply();
            assertThat(applied.problems()).isEmpty();
            assertThat(applied.warnings()).isEmpty();
            assertThat(counts(applied, "item")).isEqualTo(new Counts(2, 1, 1, 1, 1, 0, 1, 0, 0, 0, 1, 1));
            assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "numeric  | 1.0        | 1.00",
                "citext   | 'Shoe'     | 'sHOE'",
                "slug     | 'Shoe'     | 'sHOE'",
                "interval | '24 hours' | '1 day'",
                "interval | '30 days'  | '1 month'",
            })
    void anEqualKeyOfAnotherSpellingMatchesKeepsTheTargetsSpellingAndIsWarnedOf(
            String type, String here, String there) {
        try (SyncFixture fixture = fixture(TYPES, "CREATE TABLE item (code " + type + " PRIMARY KEY, title text)")) {
            fixture.source.execute("INSERT INTO item VALUES (" + here + ", 'A')");
            fixture.target.execute("INSERT INTO item VALUES (" + there + ", 'was')");
            List<List<String>> before = fixture.target.query("SELECT code::text FROM item");
            fixture.plan(plan("\"key\": [\"code\"]"));
            SyncOutcome dryRun = fixture.dryRun();
            assertThat(dryRun.problems()).isEmpty();
            assertThat(dryRun.warnings()).singleElement().asString().contains("public.item", "spelled differently");
            assertThat(fixture.apply().totals().appliedUpdates()).isEqualTo(1);
            assertThat(fixture.target.query("SELECT code::text FROM item")).isEqualTo(before);
            assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        }
    }

    @Test
    void severalColumnsMakeOneKeyInThePlansOrder() {
        try (SyncFixture fixture =
                fixture("CREATE TABLE item (shop int, code text, title text, PRIMARY KEY (shop, code))")) {
            fixture.source.execute("INSERT INTO item VALUES (1, 'a', 'A'), (1, 'b', 'B'), (11, 'a', 'C')");
            fixture.target.execute("INSERT INTO item VALUES (1, 'a', 'was'), (2, 'b', 'B')");
            fixture.plan(plan("\"key\": [\"code\", \"shop\"]"));
            SyncOutcome applied = fixture.withoutReview().apply();
            assertThat(applied.problems()).isEmpty();
            assertThat(counts(applied, "item")).isEqualTo(new Counts(3, 2, 2, 1, 1, 0, 1, 1, 0, 0, 2, 1));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    bigint    | 5 * i          | -1                  | 4294967295                | 9
                    bigint    | 5 * i          | -1                  | 4294967295                | 3000
                    timestamp | now() - i * '1 s'::interval | '2000-01-01' | '2000-01-01 01:11:34.967297' | 9
                    """)
    void keysOfOneHashAreDifferentRows(String type, String others, String here, String there, int rows) {
        try (SyncFixture fixture = fixture("CREATE TABLE item (code " + type + " PRIMARY KEY, title text)")) {
            String same = "INSERT INTO item SELECT " + others.replace("now()", "timestamp '2026-01-01'")
                    + ", 'same' FROM generate_series(1, " + rows + ") AS i; ";
            fixture.source.execute(same + "INSERT INTO item VALUES (" + here + ", 'same'); ANALYZE");
            fixture.target.execute(same + "INSERT INTO item VALUES (" + there + ", 'same'); ANALYZE");
            fixture.plan(plan("\"key\": [\"code\"]"));
            assertThat(counts(fixture.dryRun(), "item"))
                    .isEqualTo(new Counts(rows + 1, rows + 1, 1, 0, rows, rows, 0, 1, 0, 0, 0, 0));
            assertThat(fixture.apply().totals().appliedInserts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 3000})
    void valuesOfOneHashAreDifferent(int rows) {
        try (SyncFixture fixture = fixture("CREATE TABLE item (code text PRIMARY KEY, stock bigint)")) {
            String all = "INSERT INTO item SELECT 'code ' || i, %s FROM generate_series(1, " + rows + ") AS i; ANALYZE";
            fixture.source.execute(all.formatted("CASE i WHEN 5 THEN -1 ELSE i END"));
            fixture.target.execute(all.formatted("CASE i WHEN 5 THEN 4294967295 ELSE i END"));
            fixture.plan(plan("\"key\": [\"code\"]"));
            assertThat(fixture.dryRun().totals().different()).isEqualTo(1);
            assertThat(fixture.apply().totals().appliedUpdates()).isEqualTo(1);
        }
    }

    @Test
    void valuesThatTwoRowsHaveSwappedAreDifferences() {
        try (SyncFixture fixture = fixture("CREATE TABLE item (code text PRIMARY KEY, a int, b int, c text)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 1, 2, 'x'), ('b', 2, 1, 'x'), ('c', 1, 1, 'y')");
            fixture.target.execute("INSERT INTO item VALUES ('a', 2, 1, 'x'), ('b', 1, 2, 'y'), ('c', 1, 1, 'x')");
            fixture.plan(plan("\"key\": [\"code\"]"));
            assertThat(counts(fixture.dryRun(), "item")).isEqualTo(new Counts(3, 3, 0, 3, 3, 0, 3, 0, 0, 0, 0, 0));
            assertThat(fixture.apply().totals().appliedUpdates()).isEqualTo(3);
            assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "smallint    | 1                     | 2",
                "int         | 1                     | 2",
                "bigint      | -1                    | 4294967295",
                "bigint      | 0                     | 4294967296",
                "text        | 'a'                   | 'b'",
                "varchar(9)  | 'a'                   | 'b'",
                "char(9)     | 'a'                   | 'b'",
                "uuid        | gen_random_uuid()     | gen_random_uuid()",
                "date        | '2024-02-29'          | '2024-03-01'",
                "timestamp   | '2000-01-01'          | '2000-01-01 01:11:34.967297'",
                "numeric     | 1                     | -1",
                "citext      | 'a'                   | 'b'",
                "mood        | 'glad'                | 'ok'",
            })
    void rowsAreToldApartWhateverTheTypeOfTheirKey(String type, String one, String other) {
        // Tables that nobody has analyzed are first compared by the sum of their rows' hashes.
        try (SyncFixture fixture = fixture(
                TYPES, "CREATE TABLE item (code " + type + " PRIMARY KEY, a int, b bigint, c text, d numeric)")) {
            fixture.source.execute("INSERT INTO item (code) VALUES (" + one + ")");
            fixture.target.execute("INSERT INTO item (code) VALUES (" + other + ")");
            fixture.plan(plan("\"key\": [\"code\"]"));
            assertThat(fixture.dryRun().totals().toInsert()).isEqualTo(1);

            fixture.source.execute("INSERT INTO item (code) VALUES (" + other + ")");
            String copy = "DELETE FROM item; INSERT INTO item SELECT * FROM json_populate_recordset(NULL::item, '"
                    + value(fixture.source, "SELECT json_agg(i) FROM item i") + "')";
            fixture.target.execute(copy);
            assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);

            String swapped = "UPDATE item SET a = %1$s, b = %2$s, c = '%1$s', d = %2$s WHERE code = '%3$s'";
            String low = value(fixture.source, "SELECT min(code::text) FROM item");
            String high = value(fixture.source, "SELECT max(code::text) FROM item");
            fixture.source.execute(swapped.formatted(1, 2, low) + "; " + swapped.formatted(2, 1, high));
            fixture.target.execute(swapped.formatted(2, 1, low) + "; " + swapped.formatted(1, 2, high));
            assertThat(fixture.dryRun().totals().different()).isEqualTo(2);
            assertThat(fixture.withoutReview().apply().totals().appliedUpdates())
                    .isEqualTo(2);
            assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        }
    }

    private static String value(TestDatabase database, String sql) {
        return database.query(sql).get(0).get(0);
    }
}
