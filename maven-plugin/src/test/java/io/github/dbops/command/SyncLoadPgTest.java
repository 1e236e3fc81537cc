package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.SyncOutcome.Result;
import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table that has no row in the target gets all of the source's at once. */
@Timeout(60)
class SyncLoadPgTest {

    private static final String ITEM = """
            CREATE TYPE mood AS ENUM ('sad', 'It''s "fine"');
            CREATE DOMAIN code AS varchar(8) CHECK (VALUE <> '');
            CREATE TABLE item (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                slug text NOT NULL UNIQUE,
                code code,
                mood mood,
                price numeric(6, 2),
                tags text[],
                note text DEFAULT 'none',
                size int GENERATED ALWAYS AS (length(slug)) STORED);
            """;
    private static final String ROWS = """
            INSERT INTO item (slug, code, mood, price, tags, note)
            SELECT 'slug ' || i, nullif(i % 7, 0)::text, CASE i % 3 WHEN 0 THEN 'sad' WHEN 1 THEN 'It''s "fine"' END::mood,
                   i / 7.0, CASE WHEN i % 2 = 0 THEN ARRAY['a', NULL, i::text] END, nullif(i % 5, 0)::text
            FROM generate_series(1, 300) AS i;
            """;
    private static final String PLAN = """
            { "defaults": { "mode": "upsert", "onConflict": "local_wins" },
              "tables": [ { "name": "item", "key": ["slug"] } ] }
            """;

    private final TestServer server = TestServers.newest();

    /** Applies, checks that the target is as the source then, and tells what its server was sent. */
    private List<String> applied(SyncFixture fixture) {
        try (ChaosProxy target = new ChaosProxy(fixture.target.url())) {
            SyncOutcome outcome = fixture.to(target.url()).withoutReview().apply();
            assertThat(outcome.problems()).isEmpty();
            assertThat(outcome.totals().appliedInserts() + outcome.totals().appliedUpdates())
                    .isEqualTo(outcome.totals().sourceRows());
            assertThat(fixture.dryRun().result()).isEqualTo(Result.NOTHING_TO_DO);
            String all = "SELECT slug, code, mood, price, tags, note FROM item ORDER BY slug";
            assertThat(fixture.target.query(all)).isEqualTo(fixture.source.query(all));
            return target.messages();
        }
    }

    private static boolean isDirect(List<String> messages) {
        return messages.stream().anyMatch(message -> message.contains("COPY \"public\".\"item\" ("));
    }

    @Test
    void itsRowsAreCopiedStraightIntoIt() {
        try (SyncFixture fixture = new SyncFixture(server, server, ITEM).plan(PLAN)) {
            fixture.source.execute(ROWS);

            assertThat(isDirect(applied(fixture))).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a row is there           | INSERT INTO item (slug) VALUES ('slug 1')
            a trigger may change it  | CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.note := NEW.note; RETURN NEW; END'; CREATE TRIGGER t BEFORE INSERT ON item FOR EACH ROW EXECUTE FUNCTION f()
            it has partitions        | DROP TABLE item; CREATE TABLE item (id bigint, slug text PRIMARY KEY, code code, mood mood, price numeric(6, 2), tags text[], note text, size int) PARTITION BY RANGE (slug); CREATE TABLE part PARTITION OF item DEFAULT
            """)
    void whatElseMayHappenToThemIsAllowedFor(String name, String target) {
        try (SyncFixture fixture = new SyncFixture(server, server, ITEM).plan(PLAN)) {
            fixture.source.execute(ROWS);
            fixture.target.execute(target);

            assertThat(isDirect(applied(fixture))).as(name).isFalse();
        }
    }

    @Test
    void rowsThatReferToOthersAreStaged() {
        try (SyncFixture fixture = new SyncFixture(
                        server,
                        server,
                        ITEM + "CREATE TABLE part (slug text PRIMARY KEY, item_id bigint REFERENCES item);")
                .plan("""
                        { "defaults": { "mode": "upsert", "onConflict": "local_wins" },
                          "tables": [ { "name": "item", "key": ["slug"] }, { "name": "part", "key": ["slug"] } ] }
                        """)) {
            fixture.target.execute("SELECT setval('item_id_seq', 5000)");
            fixture.source.execute(ROWS + "INSERT INTO part SELECT 'of ' || slug, id FROM item");

            List<String> messages = applied(fixture);

            assertThat(isDirect(messages)).isTrue();
            assertThat(messages).noneMatch(message -> message.contains("COPY \"public\".\"part\" ("));
            String joined = "SELECT part.slug, item.slug FROM part JOIN item ON id = item_id ORDER BY 1";
            assertThat(fixture.target.query(joined))
                    .isEqualTo(fixture.source.query(joined))
                    .hasSize(300);
        }
    }
}
