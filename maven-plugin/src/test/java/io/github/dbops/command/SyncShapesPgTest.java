package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of every shape: partitions, identities, sequences, generated columns, odd names, lists of columns. */
class SyncShapesPgTest {

    private static final String OVERWRITE = "\"mode\": \"upsert\", \"onConflict\": \"local_wins\"";

    private static SyncFixture fixture(String... schema) {
        return new SyncFixture(TestServers.newest(), TestServers.oldest(), schema);
    }

    private static String plan(String name, String entry) {
        return "{\"tables\": [{\"name\": \"" + name + "\", " + entry + ", " + OVERWRITE + "}]}";
    }

    /** Applies, and a dry-run afterwards finds nothing left to do. */
    private static SyncOutcome applied(SyncFixture fixture) {
        SyncOutcome dryRun = fixture.dryRun();
        assertThat(dryRun.problems()).isEmpty();
        SyncOutcome applied = fixture.apply();
        assertThat(applied.problems()).isEmpty();
        assertThat(applied.digest()).isEqualTo(dryRun.digest());
        assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        return applied;
    }

    @Test
    void aPartitionedTargetCountsUnderItsRootEvenWhenRowsMoveBetweenPartitions() {
        try (SyncFixture fixture = fixture()) {
            fixture.source.execute("CREATE TABLE sale (code text PRIMARY KEY, region text)");
            fixture.target.execute("""
                    CREATE TABLE sale (code text, region text) PARTITION BY LIST (region);
                    CREATE TABLE sale_north PARTITION OF sale FOR VALUES IN ('north');
                    CREATE TABLE sale_rest PARTITION OF sale DEFAULT;
                    INSERT INTO sale VALUES ('moves', 'north'), ('stays', 'south'), ('own', 'north');
                    """);
            fixture.source.execute("INSERT INTO sale VALUES ('moves', 'south'), ('stays', 'east'), ('new', 'north')");
            SyncOutcome applied = applied(fixture.plan(plan("sale", "\"key\": [\"code\"]")));
            assertThat(counts(applied, "sale")).isEqualTo(new Counts(3, 3, 1, 2, 2, 0, 2, 1, 0, 0, 1, 2));
            assertThat(fixture.target.query("SELECT code, tableoid::regclass::text FROM sale ORDER BY code"))
                    .containsExactly(
                            List.of("moves", "sale_rest"),
                            List.of("new", "sale_north"),
                            List.of("own", "sale_north"),
                            List.of("stays", "sale_rest"));
        }
    }

    @Test
    void anIdentityThatIsAlwaysGeneratedIsKeptAndItsSequenceNeverCollides() {
        try (SyncFixture fixture = fixture(
                "CREATE TABLE item (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text UNIQUE NOT NULL)")) {
            fixture.source.execute("INSERT INTO item OVERRIDING SYSTEM VALUE VALUES (500, 'a'), (7, 'b')");
            applied(fixture.plan(plan("item", "\"key\": [\"code\"], \"ids\": \"keep\"")));
            fixture.target.execute("INSERT INTO item (code) VALUES ('c')");
            assertThat(fixture.target.query("SELECT id FROM item ORDER BY id"))
                    .containsExactly(List.of("7"), List.of("500"), List.of("501"));
        }
    }

    @Test
    void aSequenceIsNeverSetBack() {
        try (SyncFixture fixture = fixture("CREATE TABLE item (id serial PRIMARY KEY, code text UNIQUE NOT NULL)")) {
            fixture.source.execute("INSERT INTO item VALUES (5, 'a')");
            fixture.target.execute("SELECT setval('item_id_seq', 900)");
            applied(fixture.plan(plan("item", "\"key\": [\"code\"], \"ids\": \"keep\"")));
            assertThat(fixture.target.query("SELECT nextval('item_id_seq')")).isEqualTo(List.of(List.of("901")));
        }
    }

    @Test
    void aGeneratedIdComesFromTheTargetsSequence() {
        try (SyncFixture fixture = fixture("CREATE TABLE item (id serial PRIMARY KEY, code text UNIQUE NOT NULL)")) {
            fixture.source.execute("INSERT INTO item VALUES (5, 'a')");
            fixture.target.execute("INSERT INTO item (code) VALUES ('z')");
            applied(fixture.plan(plan("item", "\"key\": [\"code\"]")));
            assertThat(fixture.target.query("SELECT id, code FROM item ORDER BY id"))
                    .containsExactly(List.of("1", "z"), List.of("2", "a"));
        }
    }

    @Test
    void aTextWhoseDefaultComesFromASequenceIsNoNumberToAdvanceItTo() {
        try (SyncFixture fixture = fixture(
                "CREATE SEQUENCE numbers",
                "CREATE TABLE bill (code text PRIMARY KEY, number text DEFAULT 'B-' || nextval('numbers'))")) {
            fixture.source.execute("INSERT INTO bill VALUES ('a', 'B-77')");
            applied(fixture.plan(plan("bill", "\"key\": [\"code\"]")));
            assertThat(fixture.target.query("SELECT number FROM bill")).isEqualTo(List.of(List.of("B-77")));
        }
    }

    @Test
    void generatedColumnsAreLeftToTheTarget() {
        try (SyncFixture fixture = fixture(
                "CREATE TABLE item (code text PRIMARY KEY, net int, gross int GENERATED ALWAYS AS (net * 2) STORED)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a', 1), ('b', 2)");
            fixture.target.execute("INSERT INTO item VALUES ('b', 9)");
            assertThat(applied(fixture.plan(plan("item", "\"key\": [\"code\"]")))
                            .totals()
                            .appliedUpdates())
                    .isEqualTo(1);
            assertThat(fixture.target.query("SELECT gross FROM item ORDER BY code"))
                    .containsExactly(List.of("2"), List.of("4"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sales Line",
                "select",
                "UPPER",
                "with\"quotes\"\"",
                "what?",
                "$1",
                "a.b",
                "{fn now()}",
                "back\\slash",
                "semi;--",
                "ünïcödé",
                "x23456789012345678901234567890123456789012345678901234567890123"
            })
    void anyNameWillDoForTablesAndColumns(String name) {
        String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
        String json = name.replace("\\", "\\\\").replace("\"", "\\\"");
        try (SyncFixture fixture = fixture(
                "CREATE TABLE " + quoted + " (" + quoted + " text PRIMARY KEY, \"t\" text, \"s\" text, \"c0\" text)")) {
            fixture.source.execute("INSERT INTO " + quoted + " VALUES ('a', 'A', '?', '$1'), ('b', 'B', '', NULL)");
            fixture.target.execute("INSERT INTO " + quoted + " VALUES ('b', 'C', '', 'x')");
            fixture.plan(plan(json, "\"key\": [\"" + json + "\"]"));
            SyncOutcome applied = applied(fixture);
            assertThat(applied.totals().appliedInserts()).isEqualTo(1);
            assertThat(applied.totals().appliedUpdates()).isEqualTo(1);
        }
    }

    @Test
    void columnsOfOneSideOnlyAreToldAndLeftAlone() {
        try (SyncFixture fixture = fixture("CREATE TABLE item (code text PRIMARY KEY, title text)")) {
            fixture.source.execute("ALTER TABLE item ADD draft boolean; INSERT INTO item VALUES ('a', 'A', true)");
            fixture.target.execute("ALTER TABLE item ADD stock int DEFAULT 3");
            SyncOutcome applied = applied(fixture.plan(plan("item", "\"key\": [\"code\"]")));
            assertThat(applied.tables().get(0).remarks())
                    .containsExactly(
                            "Column \"stock\" is absent in the source and integer in the target. It is left alone, and"
                                    + " keeps its default in inserted rows.",
                            "Column \"draft\" is boolean in the source and absent in the target. It is not carried.");
            assertThat(fixture.target.query("SELECT * FROM item")).isEqualTo(List.of(List.of("a", "A", "3")));
        }
    }

    @Test
    void listedIgnoredAndExcludedColumnsAreTreatedAsSaid() {
        try (SyncFixture fixture = fixture(
                "CREATE TABLE item (code text PRIMARY KEY, a text, b text, at text, own text DEFAULT 'mine')")) {
            fixture.source.execute(
                    "INSERT INTO item VALUES ('new', 'A', 'B', 'then', 'x'), ('old', 'A', 'B', 'then', 'x')");
            fixture.target.execute("INSERT INTO item VALUES ('old', 'was', 'was', 'was', 'was')");
            fixture.plan(plan("item", """
                    "key": ["code"], "columns": ["a"], "ignore": ["at"], "exclude": ["own"]"""));
            applied(fixture);
            assertThat(fixture.target.query("SELECT code, a, coalesce(b, '-'), at, own FROM item ORDER BY code"))
                    .containsExactly(
                            List.of("new", "A", "-", "then", "mine"), List.of("old", "A", "was", "was", "was"));
        }
    }

    @Test
    void sensitiveValuesAreMaskedWhereSamplesShowValues() {
        try (SyncFixture fixture = fixture("CREATE TABLE item (code text PRIMARY KEY, title text, iban text)")) {
            fixture.source.execute("INSERT INTO item VALUES ('new', 'N', 'DE01'), ('old', 'O', 'DE02')");
            fixture.target.execute("INSERT INTO item VALUES ('old', 'was', 'DE03')");
            fixture.plan("{\"report\": {\"samples\": \"values\"}, "
                    + plan("item", "\"key\": [\"code\"], \"sensitive\": [\"iban\"]")
                            .substring(1));
            List<Sample> samples = applied(fixture).tables().get(0).samples();
            assertThat(samples.toString())
                    .contains("was", "title", "iban", "****")
                    .doesNotContain("DE0");
            assertThat(samples).extracting(Sample::kind).contains(Sample.Kind.INSERT, Sample.Kind.UPDATE);
        }
    }

    @Test
    void keysOfSensitiveColumnsAreMaskedInRefusalsToo() {
        try (SyncFixture fixture = fixture("CREATE TABLE item (email text, title text)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a@x', 'A'), ('a@x', 'B')");
            fixture.plan(plan("item", "\"key\": [\"email\"], \"sensitive\": [\"email\"]"));
            assertThat(Refusals.ofBoth(fixture, "DBOPS-406").toString())
                    .contains("email=****")
                    .doesNotContain("a@x");
        }
    }

    @Test
    void bareNamesAreLookedUpInEachUrlsOwnSchema() {
        try (SyncFixture fixture = fixture()) {
            fixture.source.execute("CREATE SCHEMA draft CREATE TABLE item (code text PRIMARY KEY)");
            fixture.source.execute("INSERT INTO draft.item VALUES ('a'); CREATE TABLE item (code text PRIMARY KEY)");
            fixture.target.execute("CREATE SCHEMA live CREATE TABLE item (code text PRIMARY KEY)");
            fixture.from(SyncFixture.inSchema(fixture.source.url(), "draft"))
                    .to(SyncFixture.inSchema(fixture.target.url(), "live"))
                    .plan(plan("item", "\"key\": [\"code\"]"));
            SyncOutcome applied = applied(fixture);
            assertThat(applied.tables())
                    .singleElement()
                    .satisfies(t -> assertThat(t.table()).isEqualTo("live.item"));
            assertThat(fixture.target.query("SELECT code FROM live.item")).isEqualTo(List.of(List.of("a")));
        }
    }

    @Test
    void anInheritingTableIsNotTakenForItsParent() {
        try (SyncFixture fixture = fixture(
                "CREATE TABLE item (code text PRIMARY KEY)", "CREATE TABLE special (extra text) INHERITS (item)")) {
            fixture.source.execute("INSERT INTO item VALUES ('a'); INSERT INTO special VALUES ('b', 'x')");
            SyncOutcome applied = applied(fixture.plan(plan("item", "\"key\": [\"code\"]")));
            assertThat(counts(applied, "item").sourceRows()).isEqualTo(1);
            assertThat(Map.of("item", fixture.target.query("SELECT code FROM item")))
                    .isEqualTo(Map.of("item", List.of(List.of("a"))));
        }
    }

    @Test
    void aColumnThatIsAnIdentityButNoKeyIsLeftToTheTarget() {
        try (SyncFixture fixture = fixture(
                "CREATE TABLE item (code text PRIMARY KEY, number int GENERATED ALWAYS AS IDENTITY, title text)")) {
            fixture.source.execute("INSERT INTO item (code, title) VALUES ('x', 'X'), ('a', 'A'), ('b', 'B')");
            fixture.target.execute("INSERT INTO item (code, title) VALUES ('b', 'was')");
            applied(fixture.plan(plan("item", "\"key\": [\"code\"]")));
            assertThat(fixture.target.query("SELECT title, number FROM item WHERE code = 'b'"))
                    .isEqualTo(List.of(List.of("B", "1")));
        }
    }
}
