package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.run.Phase;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.SyncOutcome.Result;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a table's rows must be compared by, the same differences are found, and the report names what was slow. With
 * {@code -Ddbops.test.rows=200000} it prints how long each took.
 */
@Timeout(600)
class SyncSlowPathsPgTest {

    private static final int FEW = 3000;
    private static final int ROWS = Integer.getInteger("dbops.test.rows", FEW);

    private final TestServer server = TestServers.newest();

    private SyncOutcome compared(String path, SyncFixture fixture) {
        SyncOutcome same = timed(path + ", the same rows", fixture);
        assertThat(same.result()).isEqualTo(Result.NOTHING_TO_DO);
        assertThat(same.totals().identical()).isEqualTo(ROWS);
        long changed = Long.parseLong(fixture.target
                .query("WITH changed AS (UPDATE \"Product\" SET \"name\" = 'other' WHERE hashtext(\"id\") % 100 = 0"
                        + " RETURNING 1) SELECT count(*) FROM changed")
                .get(0)
                .get(0));
        SyncOutcome different = timed(path + ", 1 % changed", fixture);
        assertThat(different.totals().toUpdate()).isEqualTo(changed);
        assertThat(different.totals().identical()).isEqualTo(ROWS - changed);
        assertThat(different.totals().toInsert() + different.totals().onlyInTarget())
                .isZero();
        return same;
    }

    private static SyncOutcome timed(String what, SyncFixture fixture) {
        SyncOutcome outcome = fixture.dryRun();
        assertThat(outcome.problems()).isEmpty();
        if (ROWS > FEW) {
            Duration best = compareTime(outcome);
            for (int i = 0; i < 4; i++) {
                Duration next = compareTime(fixture.dryRun());
                best = next.compareTo(best) < 0 ? next : best;
            }
            System.err.printf(Locale.ROOT, "%-60s %6d ms%n", what, best.toMillis());
        }
        return outcome;
    }

    private static Duration compareTime(SyncOutcome outcome) {
        return outcome.phases().stream()
                .filter(phase -> phase.name().equals("compare"))
                .map(Phase::duration)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keyWithUniqueIndexesHasNothingSlowToTell() {
        try (SyncFixture fixture = Products.identical(server, ROWS)) {
            SyncOutcome outcome = compared("fast", fixture);

            assertThat(outcome.warnings()).isEmpty();
            assertThat(outcome.tables().get(0).notes()).isEmpty();
        }
    }

    @Test
    void keyWithoutUniqueIndexIsNamedWithItsSide() {
        try (SyncFixture fixture = Products.identical(server, ROWS)) {
            fixture.source.execute("ALTER TABLE \"Product\" DROP CONSTRAINT \"Product_pkey\"");

            SyncOutcome outcome = compared("key without a unique index in the source", fixture);

            assertThat(outcome.tables().get(0).notes())
                    .singleElement()
                    .asString()
                    .contains("The key (id) has no unique index in the source, so that", "CREATE UNIQUE INDEX");
            fixture.target.execute("ALTER TABLE \"Product\" DROP CONSTRAINT \"Product_pkey\"");
            assertThat(fixture.dryRun().tables().get(0).notes())
                    .anyMatch(note -> note.contains("no unique index in the source and in the target, so that"))
                    .anyMatch(note -> note.contains("an apply locks the table against other writers"));
        }
    }

    @Test
    void partitionedTablesAreComparedAsTheirRoots() {
        try (SyncFixture fixture = Products.identical(server, ROWS)) {
            String partition = """
                    ALTER TABLE "Product" RENAME TO whole;
                    CREATE TABLE "Product" (LIKE whole, PRIMARY KEY ("id")) PARTITION BY HASH ("id");
                    CREATE TABLE p0 PARTITION OF "Product" FOR VALUES WITH (MODULUS 2, REMAINDER 0);
                    CREATE TABLE p1 PARTITION OF "Product" FOR VALUES WITH (MODULUS 2, REMAINDER 1);
                    INSERT INTO "Product" SELECT * FROM whole;
                    DROP TABLE whole;
                    ANALYZE
                    """;
            fixture.source.execute(partition);
            fixture.target.execute(partition);

            compared("partitioned on both sides", fixture);
        }
    }

    @Test
    void foreignTableIsNamed() {
        try (SyncFixture fixture = Products.identical(server, ROWS)) {
            fixture.source.execute("ALTER TABLE \"Product\" RENAME TO whole");
            fixture.source.execute("""
                    CREATE EXTENSION postgres_fdw;
                    CREATE SERVER here FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '%s', dbname '%s');
                    CREATE USER MAPPING FOR CURRENT_USER SERVER here OPTIONS (user 'postgres');
                    CREATE SCHEMA far;
                    IMPORT FOREIGN SCHEMA public LIMIT TO (whole) FROM SERVER here INTO far;
                    ALTER FOREIGN TABLE far.whole RENAME TO "Product";
                    ALTER FOREIGN TABLE far."Product" SET SCHEMA public;
                    ANALYZE
                    """.formatted(server.url().hosts().get(0).port(), fixture.source.name()));

            SyncOutcome outcome = compared("foreign table as the source", fixture);

            assertThat(outcome.tables().get(0).notes())
                    .anyMatch(note -> note.startsWith("The source's is a foreign table"));
        }
    }

    @Test
    void hashesOnWhichTheServersDoNotAgreeAreNamedWithTheReason() throws SQLException {
        try (SyncFixture fixture = Products.identical(server, ROWS)) {
            String name = fixture.source.name() + "_latin1";
            try {
                try (Connection postgres = server.connect("postgres");
                        Statement statement = postgres.createStatement()) {
                    statement.execute("CREATE DATABASE " + name
                            + " TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
                }
                Products.fill(server, name, ROWS);

                SyncOutcome outcome = compared("SHA-256, because the encodings differ", fixture.from(server.url(name)));

                assertThat(outcome.warnings())
                        .singleElement()
                        .asString()
                        .contains("by SHA-256", "the source's encoding is LATIN1 and the target's is UTF8");
            } finally {
                fixture.target.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            }
        }
    }
}
