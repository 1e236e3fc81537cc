package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.codes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.command.undo.UndoFixture;
import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.Secret;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/** The roles of docs/security.md, made by exactly its SQL, can do their task and no more. */
class LeastPrivilegePgTest {

    private static final Path DEMO = Path.of("..", "it", "demo");
    private static final List<String> ROLES = List.of("dbops_source", "dbops_dry_run", "dbops_apply", "dbops_undo");

    @PostgresTest
    void rolesOfThePageDryRunAndApplyTheSampleShop(TestServer server) throws Exception {
        try (SyncFixture shop = shop(server)) {
            shop.source.execute(sql("source"));
            shop.target.execute(sql("dry-run"));
            shop.from(as(shop.source, "dbops_source")).to(as(shop.target, "dbops_dry_run"));
            List<String> before = shop.snapshot();

            SyncOutcome dryRun = shop.dryRun();
            assertThat(dryRun.problems()).isEmpty();
            assertThat(dryRun.totals().toInsert()).isEqualTo(5);
            assertThat(dryRun.totals().toUpdate()).isEqualTo(3);
            assertThat(codes(shop.apply())).containsExactly("DBOPS-215");
            assertThat(shop.snapshot()).isEqualTo(before);

            shop.target.execute(sql("apply"));
            shop.to(as(shop.target, "dbops_apply"));
            SyncOutcome applied = shop.apply();
            assertThat(applied.problems()).isEmpty();
            assertThat(applied.digest()).isEqualTo(dryRun.digest());
            assertThat(shop.target.query("SELECT state, database_role, inserted::text FROM dbops.sync_run"))
                    .containsExactly(List.of("applied", "dbops_apply", "5"));
            assertCannot(shop.target, "SELECT * FROM dbops.sync_undo");
            assertCannot(shop.target, "UPDATE \"Order\" SET status = 'SHIPPED'");
            assertCannot(shop.target, "DELETE FROM \"Category\"");
            assertCannot(shop.target, "SELECT * FROM \"Customer\"");

            shop.target.execute(sql("undo"));
            shop.to(as(shop.target, "dbops_undo"));
            UndoFixture undo = new UndoFixture(shop).reviewed();
            UndoOutcome looked = undo.dryRun(applied.runId());
            assertThat(looked.problems()).isEmpty();
            assertThat(looked.warnings()).isEmpty();
            UndoOutcome undone = undo.undo(applied.runId());
            assertThat(undone.problems()).isEmpty();
            assertThat(undone.totals().restored()).isEqualTo(3);
            assertThat(undone.totals().deleted()).isEqualTo(5);
            shop.to(as(shop.target, "dbops_dry_run"));
            assertThat(shop.dryRun().digest()).isEqualTo(dryRun.digest());
        } finally {
            drop(server);
        }
    }

    @PostgresTest
    void withoutTheSchemaDbopsAnApplyRefusesAndPrintsTheSqlOfThePage(TestServer server) throws Exception {
        String sql = sql("apply");
        try (SyncFixture shop = shop(server)) {
            shop.target.execute(sql.substring(0, sql.indexOf("CREATE SCHEMA")));
            shop.to(as(shop.target, "dbops_apply")).withoutReview();
            List<String> before = shop.snapshot();

            SyncOutcome refused = shop.apply();
            assertThat(codes(refused)).containsExactly("DBOPS-215");
            assertThat(shop.snapshot()).isEqualTo(before);
            String printed = String.join("\n", refused.problems().get(0).next());
            assertThat(words(printed)).contains(words(tableOf(sql, "sync_run")), words(tableOf(sql, "sync_undo")));
        } finally {
            drop(server);
        }
    }

    @PostgresTest
    void keptIdsNeedTheSequence(TestServer server) throws Exception {
        String grant = sql("carried ids");
        String table = "CREATE TABLE \"Ticket\" (id serial PRIMARY KEY, code text UNIQUE)";
        try (SyncFixture fixture = new SyncFixture(server, server, table)) {
            fixture.source.execute("INSERT INTO \"Ticket\" VALUES (41, 'a')");
            fixture.plan("{\"tables\": [{\"name\": \"Ticket\", \"key\": [\"code\"], \"mode\": \"append\","
                    + " \"ids\": \"keep\"}]}");
            fixture.target.execute("CREATE ROLE dbops_apply LOGIN; GRANT SELECT, INSERT ON \"Ticket\" TO dbops_apply");
            fixture.to(as(fixture.target, "dbops_apply")).withoutReview().withoutAudit();
            assertThat(codes(fixture.apply())).containsExactly("DBOPS-204");

            fixture.target.execute(grant);
            assertThat(fixture.apply().problems()).isEmpty();
            assertThat(fixture.target.query("SELECT nextval('\"Ticket_id_seq\"')::text"))
                    .containsExactly(List.of("42"));
        } finally {
            drop(server);
        }
    }

    private static SyncFixture shop(TestServer server) throws IOException {
        SyncFixture shop = new SyncFixture(server, server, read(DEMO.resolve("db/schema.sql")));
        shop.source.execute(read(DEMO.resolve("db/local.sql")));
        shop.target.execute(read(DEMO.resolve("db/prod.sql")));
        return shop.plan(read(DEMO.resolve("sync-plan.json")));
    }

    /** The page's SQL for a role. */
    private static String sql(String role) throws IOException {
        return Pattern.compile("```sql\\s+-- role: " + role + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(read(Path.of("..", "docs", "security.md")))
                .results()
                .map(block -> block.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static String tableOf(String sql, String table) {
        int begin = sql.indexOf("CREATE TABLE dbops." + table);
        return sql.substring(begin, sql.indexOf(";", begin));
    }

    private static String words(String sql) {
        return sql.replaceAll("\\s+", " ").strip();
    }

    private static DatabaseUrl.Server as(TestDatabase database, String role) {
        return database.server().url(database.name(), role, Secret.of("choose-one"));
    }

    private static void assertCannot(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = TestServer.connect(as(database, "dbops_apply"))) {
            assertThatThrownBy(() -> connection.createStatement().execute(sql))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    private static void drop(TestServer server) throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            for (String role : ROLES) {
                connection.createStatement().execute("DROP ROLE IF EXISTS " + role);
            }
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
