package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Columns that are NOT NULL, in a table where some rows have it all the same.
 *
 * @see <a href="https://www.postgresql.org/docs/18/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT">ALTER
 *     TABLE, NOT NULL … NOT VALID</a>
 */
class SyncNotValidPgTest {

    private static final TestServer SERVER = TestServers.newest();
    private static final String PLAN =
            "{\"tables\": [{\"name\": \"item\", \"key\": [\"code\"], \"mode\": \"upsert\", \"onConflict\": \"local_wins\"}]}";

    private final SyncFixture fixture =
            new SyncFixture(SERVER, SERVER, "CREATE TABLE item (code text UNIQUE, title text)");

    @AfterEach
    void drop() {
        fixture.close();
    }

    @Test
    void aSourcesKeyIsLookedAt() {
        fixture.source.execute("INSERT INTO item VALUES (NULL, 'A'), ('b', 'B')");
        fixture.source.execute("ALTER TABLE item ADD CONSTRAINT there NOT NULL code NOT VALID");
        fixture.plan(PLAN);

        assertThat(fixture.dryRun().problems()).extracting(Problem::code).containsExactly(Code.KEY_NULL_IN_SOURCE);
    }

    @Test
    void aTargetsRowWithoutKeyIsOnlyThere() {
        fixture.source.execute("INSERT INTO item VALUES ('b', 'B')");
        fixture.target.execute("INSERT INTO item VALUES (NULL, 'A'), (NULL, 'A'), ('b', 'B')");
        fixture.target.execute("ALTER TABLE item ADD CONSTRAINT there NOT NULL code NOT VALID");
        fixture.plan(PLAN);

        SyncOutcome found = fixture.dryRun();

        assertThat(found.problems()).isEmpty();
        assertThat(found.warnings()).singleElement().asString().contains("public.item", "NULL");
        assertThat(counts(found, "item")).isEqualTo(new Counts(1, 3, 0, 0, 1, 1, 0, 2, 0, 0, 0, 0));
    }

    @Test
    void aValueThatTheTargetRefusesIsFound() {
        fixture.source.execute("INSERT INTO item VALUES ('a', 'A'), ('b', NULL)");
        fixture.source.execute("ALTER TABLE item ADD CONSTRAINT there NOT NULL title NOT VALID");
        fixture.target.execute("ALTER TABLE item ALTER title SET NOT NULL");
        fixture.plan(PLAN);

        assertThat(fixture.dryRun().problems()).extracting(Problem::code).containsExactly(Code.VALUE_NOT_EXACT);
    }

    @Test
    void aForeignPartitionIsNotBelieved() {
        fixture.source.execute("INSERT INTO item VALUES ('b', 'B')");
        fixture.target.execute("""
                ALTER TABLE item RENAME TO there;
                INSERT INTO there VALUES (NULL, 'A'), (NULL, 'A'), ('b', 'B');
                CREATE EXTENSION postgres_fdw;
                CREATE SERVER here FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '%s', dbname '%s');
                CREATE USER MAPPING FOR CURRENT_USER SERVER here OPTIONS (user 'postgres');
                CREATE TABLE item (code text NOT NULL, title text) PARTITION BY LIST (title);
                CREATE FOREIGN TABLE far PARTITION OF item DEFAULT SERVER here OPTIONS (table_name 'there');
                """.formatted(SERVER.url().hosts().get(0).port(), fixture.target.name()));
        fixture.plan(PLAN);

        SyncOutcome found = fixture.dryRun();

        assertThat(found.problems()).isEmpty();
        assertThat(counts(found, "item")).isEqualTo(new Counts(1, 3, 0, 0, 1, 1, 0, 2, 0, 0, 0, 0));
    }

    @Test
    void aForeignTableIsNotBelieved() {
        fixture.source.execute("""
                ALTER TABLE item RENAME TO there;
                INSERT INTO there VALUES ('a', 'A'), ('b', NULL);
                CREATE EXTENSION postgres_fdw;
                CREATE SERVER here FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '%s', dbname '%s');
                CREATE USER MAPPING FOR CURRENT_USER SERVER here OPTIONS (user 'postgres');
                CREATE FOREIGN TABLE item (code text NOT NULL, title text NOT NULL)
                    SERVER here OPTIONS (table_name 'there');
                """.formatted(SERVER.url().hosts().get(0).port(), fixture.source.name()));
        fixture.target.execute("ALTER TABLE item ALTER title SET NOT NULL");
        fixture.plan(PLAN);

        assertThat(fixture.dryRun().problems()).extracting(Problem::code).containsExactly(Code.VALUE_NOT_EXACT);
    }

    /** See CREATE DOMAIN, Notes: an empty scalar sub-SELECT is NULL of the domain's type, and goes unchecked. */
    @Test
    void aDomainIsNotBelieved() {
        fixture.source.execute("""
                CREATE DOMAIN label AS text NOT NULL;
                ALTER TABLE item ALTER title TYPE label;
                INSERT INTO item VALUES ('a', 'A');
                INSERT INTO item SELECT 'b', (SELECT title FROM item WHERE false);
                """);
        fixture.target.execute("ALTER TABLE item ALTER title SET NOT NULL");
        fixture.plan(PLAN);

        assertThat(fixture.dryRun().problems()).extracting(Problem::code).containsExactly(Code.VALUE_NOT_EXACT);
    }
}
