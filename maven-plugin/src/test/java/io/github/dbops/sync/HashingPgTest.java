package io.github.dbops.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.Session.Transaction;
import io.github.dbops.postgres.catalog.Catalog;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a row's hash tells apart, on the oldest and the newest server, and that both make the same of it. */
class HashingPgTest {

    private static final QualifiedName ITEM = new QualifiedName("public", "item");

    private final TestDatabase oldest = TestServers.oldest().createDatabase();
    private final TestDatabase newest = TestServers.newest().createDatabase();
    private final Session old = open(oldest);
    private final Session young = open(newest);

    private static Session open(TestDatabase database) {
        return new Connector(ConnectionPolicy.DEFAULT, "test", line -> {}).open(database.url());
    }

    @BeforeEach
    void begin() {
        old.begin(Transaction.SNAPSHOT);
        young.begin(Transaction.SNAPSHOT);
    }

    @AfterEach
    void drop() {
        old.close();
        young.close();
        oldest.close();
        newest.close();
    }

    private void execute(String sql) {
        old.execute(sql);
        young.execute(sql);
    }

    private Hashing agreed() {
        try (Sides sides = new Sides(old, young)) {
            return Hashing.agreed(sides);
        }
    }

    private static String hash(Session session, Hashing hashing) {
        return WholeRow.hash(hashing, Catalog.of(session).table(ITEM), "t");
    }

    private static List<Long> hashes(Session session, Hashing hashing) {
        return session.query("SELECT " + hash(session, hashing) + " FROM item AS t", row -> row.getLong(1));
    }

    private static String sum(Session session, Hashing hashing) {
        String summable = hashing.summable(hash(session, hashing));
        return session.one("SELECT sum(" + summable + ")::text FROM item AS t", row -> row.getString(1));
    }

    /** Two values of each type; where there are such, two that something of PostgreSQL's own takes for one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text | '' | 'a'",
                "varchar(9) | 'a' | 'A'",
                "char(3) | 'a' | 'b'",
                "int2 | '0' | '-1'",
                "int4 | '0' | '1'",
                "int8 | '-1' | '4294967295'",
                "bool | 'true' | 'false'",
                "bytea | '' | '\\x00'",
                "uuid | '0c6f1a0e-9ac5-4d6e-8d39-7d1f6e0b1c11' | '00000000-0000-0000-0000-000000000000'",
                "date | '2024-02-29' | 'infinity'",
                "time | '00:00:00' | '24:00:00'",
                "timestamp | '1999-12-31 23:59:59.999999' | '2000-01-01 01:11:34.967295'",
                "timestamptz | '1999-12-31 23:59:59.999999+00' | '2000-01-01 01:11:34.967295+00'",
                "numeric | '1' | '1.0'",
                "numeric(9,2) | '1' | '-1'",
                "float8 | '0' | '-0'",
                "jsonb | '[1]' | '[1.0]'",
                "json | '[1]' | '[ 1]'",
                "text[] | '{}' | '{NULL}'",
                "interval | '1 day' | '24 hours'",
                "inet | '10.0.0.1' | '10.0.0.1/31'",
            })
    void valuesAndTheirPlacesAreToldApart(String type, String one, String other) {
        execute("CREATE TABLE item (a " + type + ", b " + type + ")");
        execute("WITH v (x) AS (VALUES (CAST(NULL AS " + type + ")), (" + one + "), (" + other
                + ")) INSERT INTO item SELECT p.x, q.x FROM v AS p, v AS q");

        Hashing agreed = agreed();

        assertThat(agreed).isNotEqualTo(Hashing.PORTABLE);
        for (Hashing hashing : List.of(agreed, Hashing.of(young), Hashing.PORTABLE)) {
            assertThat(hashes(young, hashing)).hasSize(9).doesNotHaveDuplicates();
        }
        assertThat(hashes(old, agreed)).containsExactlyInAnyOrderElementsOf(hashes(young, agreed));
        assertThat(hashes(old, Hashing.of(old))).isEqualTo(hashes(old, agreed));

        execute("DELETE FROM item WHERE a IS NULL OR b IS NULL");
        String careful = hash(young, Hashing.of(young));
        young.execute("ALTER TABLE item ALTER a SET NOT NULL, ALTER b SET NOT NULL");

        assertThat(hash(young, Hashing.of(young))).hasSizeLessThan(careful.length());
        assertThat(hashes(young, agreed)).hasSize(4).containsExactlyInAnyOrderElementsOf(hashes(old, agreed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "bytea"})
    void rowsThatSwapAValueHaveAnotherSum(String type) {
        execute("CREATE TABLE item (id int, a " + type + ", b " + type + ")");
        execute("INSERT INTO item VALUES (1, 'a', 'x'), (2, 'b', 'y')");
        Hashing agreed = agreed();
        List<String> before = List.of(sum(young, agreed), sum(young, Hashing.of(young)));

        execute("UPDATE item SET a = CASE id WHEN 1 THEN 'b' ELSE 'a' END::" + type);

        assertThat(List.of(sum(young, agreed), sum(young, Hashing.of(young)))).doesNotContainAnyElementsOf(before);
        assertThat(sum(old, agreed)).isEqualTo(sum(young, agreed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"int8", "bytea"})
    void aTableMayHaveAsManyColumnsAsPostgresqlAllows(String type) {
        execute(IntStream.range(0, 1600)
                .mapToObj(i -> "c" + i + " " + type)
                .collect(Collectors.joining(", ", "CREATE TABLE item (", ")")));
        execute("INSERT INTO item DEFAULT VALUES");

        assertThat(sum(old, Hashing.of(old))).isEqualTo(sum(young, agreed()));
        assertThat(sum(young, Hashing.of(young))).isNotNull();
    }

    /** As after an upgrade. */
    @Test
    void anOlderServersHashIsKnownByItsCanary() {
        execute("CREATE TABLE item (id int, a bytea)");
        execute("INSERT INTO item VALUES (1, 'a')");

        Hashing recorded = Hashing.recorded(young, Hashing.canary(old)).orElseThrow();

        assertThat(hashes(young, recorded))
                .isEqualTo(hashes(old, Hashing.of(old)))
                .isNotEqualTo(hashes(young, Hashing.of(young)));
        assertThat(Hashing.recorded(old, Hashing.canary(young))).isEmpty();
        assertThat(Hashing.recorded(young, 0)).isEmpty();
    }
}
