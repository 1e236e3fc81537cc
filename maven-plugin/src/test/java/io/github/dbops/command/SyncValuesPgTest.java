package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.command.undo.UndoFixture;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type's values arrive to the bit, between the oldest and the newest server and back, and go back to the bit when
 * the run is undone. The object ids of user types
 * differ between the two databases, as they do in life.
 */
class SyncValuesPgTest {

    private static final String TYPES = """
            CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION ltree;
            CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s "odd", isn''t it');
            CREATE TYPE pair AS (a int, m mood, t text);
            CREATE DOMAIN short AS varchar(9) CHECK (value <> 'no');
            CREATE TYPE textrange AS RANGE (subtype = text);
            """;

    // A type, a value, and another that differs from it, be it by representation only.
    private static final List<List<String>> CASES = List.of(
            List.of("numeric", "1.0", "1.00"),
            List.of("numeric", "'NaN'", "'Infinity'"),
            List.of("numeric(9,2)", "-0.01", "0"),
            List.of("float8", "'-0'", "0"),
            List.of("float8", "'NaN'", "0.1::float8 + 0.2"),
            List.of("float4", "'-Infinity'", "1e-38"),
            List.of("int8", "9223372036854775807", "-9223372036854775808"),
            // PostgreSQL's own hashes of these are alike.
            List.of("int8", "-1", "4294967295"),
            List.of("int8", "0", "4294967297"),
            List.of("time", "'00:00'", "'01:11:34.967297'"),
            List.of("timestamp", "'2000-01-01 00:00'", "'2000-01-01 01:11:34.967297'"),
            List.of("timestamptz", "'2000-01-01 00:00+00'", "'2000-01-01 01:11:34.967297+00'"),
            List.of("boolean", "true", "false"),
            List.of("citext", "'Shoe'", "'shoe'"),
            List.of("text", "'é'", "U&'e\\0301'"),
            List.of("text", "''", "' '"),
            List.of("text", "repeat('ż', 600000)", "repeat('ż', 599999) || 'z'"),
            List.of("char(5)", "'a'", "'b'"),
            List.of("\"char\"", "'a'", "'b'"),
            List.of("varchar(3)", "'a'", "'a  '"),
            List.of("short", "'yes'", "'may be'"),
            List.of("interval", "'24 hours'", "'1 day'"),
            List.of("interval", "'1 mon -1 day'", "'30 days'"),
            List.of("timestamptz", "'infinity'", "'-infinity'"),
            List.of("timestamptz", "'2024-02-29 12:00:00.123456+14'", "'2024-02-29 12:00:00.123457+14'"),
            List.of("timestamp", "'0044-03-15 12:00 BC'", "'294276-12-31 23:59:59.999999'"),
            List.of("date", "'4713-01-01 BC'", "'infinity'"),
            List.of("timetz", "'12:00+02'", "'11:00+01'"),
            List.of("time", "'24:00'", "'00:00'"),
            List.of("json", "'{\"a\": 1, \"b\": 2}'", "'{\"b\":2,\"a\":1}'"),
            List.of("jsonb", "'{\"a\": 1.0}'", "'{\"a\": 1}'"),
            List.of("jsonb", "'null'", "'\"\"'"),
            List.of("bytea", "'\\x'", "'\\x0001ff'"),
            List.of("uuid", "'0c6f1a0e-9ac5-4d6e-8d39-7d1f6e0b1c11'", "'0c6f1a0e-9ac5-4d6e-8d39-7d1f6e0b1c12'"),
            List.of("uuid[]", "'{0c6f1a0e-9ac5-4d6e-8d39-7d1f6e0b1c11}'", "'{}'"),
            List.of("bit(3)", "B'101'", "B'100'"),
            List.of("varbit", "B''", "B'0'"),
            List.of("inet", "'10.0.0.1/8'", "'10.0.0.1'"),
            List.of("cidr", "'::/0'", "'10.0.0.0/8'"),
            List.of("macaddr", "'08:00:2b:01:02:03'", "'08:00:2b:01:02:04'"),
            List.of("money", "12.34::money", "(-12.34)::money"),
            List.of("point", "'(0.1,-0)'", "'(0.1,0)'"),
            List.of("box", "'(2,2),(0,0)'", "'(4,1),(0,0)'"),
            List.of("polygon", "'((0,0),(1,1),(1,0))'", "'((1,1),(1,0),(0,0))'"),
            List.of("tsvector", "'a:1 b:2A'", "'a:1 b:2'"),
            List.of("tsquery", "'a & b'", "'a | b'"),
            List.of("int4range", "'[1,5)'", "'empty'"),
            List.of("int4multirange", "'{[1,3),[5,7)}'", "'{}'"),
            List.of("numrange", "'[1.0,2]'", "'[1.00,2]'"),
            List.of("textrange", "'[a,\"b c\")'", "'(,)'"),
            List.of("tstzrange", "'[2024-01-01,infinity)'", "'[2024-01-01,)'"),
            List.of("xml", "'<a b=\"1\"/>'", "'<a b=\"1\"></a>'"),
            List.of("hstore", "'a=>1, b=>NULL'", "'a=>1, b=>\"NULL\"'"),
            List.of("ltree", "'a.b'", "'a.B'"),
            List.of("mood", "'ok'", "'it''s \"odd\", isn''t it'"),
            List.of("mood[]", "ARRAY['sad', 'it''s \"odd\", isn''t it', NULL]::mood[]", "'{}'"),
            List.of("citext[]", "'{A,NULL,\"NULL\"}'", "'{a,NULL,\"NULL\"}'"),
            List.of("pair", "ROW(1, 'ok', 'x, \"y\"')::pair", "ROW(NULL, NULL, '')::pair"),
            List.of("pair[]", "ARRAY[ROW(1, 'ok', NULL)::pair]", "ARRAY[NULL::pair]"),
            List.of("short[]", "'{yes,NULL}'", "'{yes}'"),
            List.of("int[]", "'{{1,2},{3,NULL}}'", "'[0:1]={1,2}'"),
            List.of("text[]", "'{\"\",NULL,\"a,b\",\"\\\\\"}'", "'{}'"),
            List.of("float8[]", "'{-0}'", "'{0}'"),
            List.of("regclass", "'pg_class'", "'named'"),
            List.of("regtype[]", "'{int4,mood}'", "'{int4}'"),
            List.of("oidvector", "'1 2'", "'2 1'"),
            List.of("pg_lsn", "'16/B374D848'", "'0/0'"),
            List.of("name", "'a'", "'A'"));

    static Stream<Arguments> directions() {
        return Stream.of(
                Arguments.of(TestServers.oldest(), TestServers.newest()),
                Arguments.of(TestServers.newest(), TestServers.oldest()),
                Arguments.of(TestServers.newest(), TestServers.newest()));
    }

    @ParameterizedTest
    @MethodSource("directions")
    void everyTypesValuesAreInsertedAndUpdatedExactly(TestServer from, TestServer to) {
        try (SyncFixture fixture = new SyncFixture(from, to)) {
            // Other types first, so that no user type has the same object id on both sides.
            fixture.target.execute("CREATE TYPE first AS ENUM ('x'); CREATE TYPE second AS ENUM ('y')");
            for (TestDatabase side : List.of(fixture.source, fixture.target)) {
                side.execute(TYPES + "CREATE TABLE named (x int);");
                side.execute(table());
            }
            List<String> wanted = new ArrayList<>();
            for (int i = 0; i < CASES.size(); i++) {
                String type = CASES.get(i).get(0);
                set(fixture.source, "differs", i, CASES.get(i).get(1));
                set(fixture.target, "differs", i, CASES.get(i).get(2));
                set(fixture.source, "same", i, CASES.get(i).get(2));
                set(fixture.target, "same", i, CASES.get(i).get(2));
                wanted.add("c" + i + " " + type);
            }
            fixture.source.execute("""
                    INSERT INTO everything SELECT * FROM (SELECT 'new' AS code) n LEFT JOIN LATERAL
                      (SELECT %s FROM everything WHERE code = 'differs') d ON true;
                    INSERT INTO everything (code) VALUES ('null')
                    """.formatted(columns()));
            fixture.plan("""
                    {"report": {"samples": "values"}, "tables": [
                      {"name": "everything", "key": ["code"], "mode": "upsert", "onConflict": "local_wins"}]}""");

            SyncOutcome dryRun = fixture.dryRun();
            assertThat(dryRun.problems()).isEmpty();
            assertThat(counts(dryRun, "everything")).isEqualTo(new Counts(4, 2, 2, 1, 2, 1, 1, 0, 0, 0, 0, 0));
            assertThat(changedColumns(dryRun))
                    .as("every column's two values differ")
                    .hasSize(wanted.size());
            List<List<String>> before = texts(fixture.target);
            SyncOutcome applied = fixture.apply();
            assertThat(applied.problems()).isEmpty();

            assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
            assertThat(fixture.exact().dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
            assertThat(texts(fixture.target)).isEqualTo(texts(fixture.source));

            UndoOutcome undone = new UndoFixture(fixture).undo(applied.runId());
            assertThat(undone.problems()).isEmpty();
            assertThat(undone.totals().left()).isZero();
            assertThat(texts(fixture.target)).isEqualTo(before);
            assertThat(fixture.dryRun().digest()).as("to the bit").isEqualTo(dryRun.digest());
        }
    }

    private static List<String> changedColumns(SyncOutcome outcome) {
        return outcome.tables().get(0).samples().stream()
                .filter(s -> s.kind() == Sample.Kind.UPDATE)
                .flatMap(s -> s.cells().stream())
                .map(c -> c.column())
                .toList();
    }

    private static String table() {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < CASES.size(); i++) {
            columns.add("c" + i + " " + CASES.get(i).get(0));
        }
        return "CREATE TABLE everything (code text PRIMARY KEY, " + String.join(", ", columns)
                + "); INSERT INTO everything (code) VALUES ('differs'), ('same')";
    }

    private static String columns() {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < CASES.size(); i++) {
            columns.add("c" + i);
        }
        return String.join(", ", columns);
    }

    private static void set(TestDatabase side, String code, int column, String value) {
        side.execute("UPDATE everything SET c" + column + " = " + value + " WHERE code = '" + code + "'");
    }

    /** All values as the server spells them, floats and intervals included to the last digit. */
    private static List<List<String>> texts(TestDatabase side) {
        return side.query("SELECT code, md5(e::text), length(e::text) FROM everything e ORDER BY code");
    }

    @Test
    void aRowOfNullsIsNoNull() {
        try (SyncFixture fixture = new SyncFixture(
                TestServers.newest(),
                TestServers.oldest(),
                "CREATE TYPE pair AS (a int, b text); CREATE TABLE t (code text PRIMARY KEY, p pair)")) {
            fixture.source.execute("INSERT INTO t VALUES ('a', ROW(NULL, NULL))");
            fixture.target.execute("ALTER TABLE t ALTER p SET NOT NULL");
            fixture.plan("{\"tables\": [{\"name\": \"t\", \"key\": [\"code\"], \"mode\": \"append\"}]}");
            assertThat(fixture.dryRun().problems()).isEmpty();
            assertThat(fixture.apply().problems()).isEmpty();
            fixture.source.execute("INSERT INTO t VALUES ('b', NULL)");
            Refusals.of(fixture, Execution.DRY_RUN, "DBOPS-409");
        }
    }
}
