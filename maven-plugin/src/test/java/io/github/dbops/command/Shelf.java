package io.github.dbops.command;

import io.github.dbops.testing.TestServer;
import java.util.List;

/** A small situation with something to insert and something to update: two colors, and a tag with a sequence. */
final class Shelf {

    static final String SCHEMA = """
            CREATE TABLE color (code text PRIMARY KEY, title text);
            CREATE TABLE tag (id serial PRIMARY KEY, slug text UNIQUE, title text);
            """;
    static final String PLAN = """
            {
              "defaults": { "mode": "upsert", "onConflict": "local_wins" },
              "tables": [{ "name": "color", "key": ["code"] }, { "name": "tag", "key": ["slug"] }]
            }
            """;
    static final List<List<String>> BEFORE = List.of(List.of("red", "RED"));
    static final List<List<String>> AFTER =
            List.of(List.of("blue", "Blue"), List.of("red", "Red"), List.of("sale", "Sale"));

    private Shelf() {}

    /** The situation between two servers. */
    static SyncFixture between(TestServer source, TestServer target) {
        SyncFixture fixture = new SyncFixture(source, target, SCHEMA);
        fixture.source.execute("INSERT INTO color VALUES ('red', 'Red'), ('blue', 'Blue')");
        fixture.source.execute("INSERT INTO tag (slug, title) VALUES ('sale', 'Sale')");
        fixture.target.execute("INSERT INTO color VALUES ('red', 'RED')");
        return fixture.plan(PLAN).withoutReview();
    }

    /** What the target holds: {@link #BEFORE}, {@link #AFTER}, or something that must not be. */
    static List<List<String>> rows(SyncFixture fixture) {
        return fixture.target.query("SELECT * FROM color UNION ALL SELECT slug, title FROM tag ORDER BY 1");
    }
}
