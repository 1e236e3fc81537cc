package io.github.dbops.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.Secret;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases that cannot be reached or must not be written, and protected tables: before anything is connected to. */
class SyncConnectionRefusalsPgTest {

    private static final String PLAN = "{\"protectedTables\": [\"public.Inv*\"], \"tables\": [{\"name\": \"Inventory\","
            + " \"key\": [\"code\"], \"mode\": \"upsert\", \"onConflict\": \"local_wins\"}]}";

    private static SyncFixture fixture() {
        SyncFixture fixture = new SyncFixture(
                TestServers.oldest(),
                TestServers.newest(),
                "CREATE TABLE \"Inventory\" (code text PRIMARY KEY, title text)",
                "CREATE TABLE \"Order\" (code text PRIMARY KEY, title text)",
                "INSERT INTO \"Inventory\" VALUES ('a', 'A')",
                "INSERT INTO \"Order\" VALUES ('a', 'A')");
        fixture.source.execute("UPDATE \"Inventory\" SET title = 'B'; UPDATE \"Order\" SET title = 'B'");
        return fixture;
    }

    private static DatabaseUrl.Server at(String host, int port, String database) {
        return new DatabaseUrl.Server(
                List.of(new DatabaseUrl.Host(host, port)),
                database,
                "postgres",
                null,
                null,
                Map.of(),
                false,
                List.of());
    }

    private static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsTriedAsOftenAsThePolicySaysAndNoMore() {
        try (SyncFixture fixture = fixture()) {
            fixture.plan(PLAN.replace("local_wins", "prod_wins")).lockTimeout(Duration.ofSeconds(1), 2);
            fixture.to(at("127.0.0.1", closedPort(), "shop"));
            Problem problem = Refusals.of(fixture, Execution.DRY_RUN, "DBOPS-201");
            assertThat(problem.what()).startsWith("Cannot reach the database postgresql://postgres@127.0.0.1:");
            assertThat(problem.why()).contains("refused");
            assertThat(fixture.said).filteredOn(line -> line.contains("Try ")).hasSize(1);
        }
    }

    @Test
    void aDatabaseThatDoesNotExistIsNotTriedAgain() {
        try (SyncFixture fixture = fixture()) {
            DatabaseUrl.Server url = fixture.target.url();
            fixture.plan(PLAN.replace("local_wins", "prod_wins"));
            fixture.to(at(url.hosts().get(0).name(), url.hosts().get(0).port(), "no_such_shop"));
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-203");
            assertThat(problem.what()).contains("no_such_shop");
            assertThat(fixture.said).noneMatch(line -> line.contains("Try "));
        }
    }

    @Test
    void aWrongPasswordIsNotTriedAgainAndNotShown() {
        try (TestServer server = TestServers.startOwn();
                TestDatabase target = server.createDatabase("CREATE TABLE \"Inventory\" (code text PRIMARY KEY)");
                SyncFixture fixture = fixture()) {
            target.execute("CREATE ROLE mate LOGIN PASSWORD 'right'");
            target.execute("""
                    DO $$ BEGIN
                      EXECUTE format('COPY (SELECT unnest(ARRAY[''local all all trust'',
                                     ''host all mate all scram-sha-256'', ''host all all all trust''])) TO %L',
                                     current_setting('hba_file'));
                    END $$""");
            target.execute("SELECT pg_reload_conf()");
            fixture.plan(PLAN.replace("local_wins", "prod_wins"))
                    .to(server.url(target.name(), "mate", Secret.of("hunter2")));
            SyncOutcome outcome = fixture.dryRun();
            assertThat(SyncFixture.codes(outcome)).containsExactly("DBOPS-202");
            assertThat(outcome.problems().get(0).why()).contains("SQLSTATE 28P01");
            assertThat(outcome.toString() + fixture.said)
                    .doesNotContain("hunter2")
                    .doesNotContain("Try ");
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "localhost"})
    void oneDatabaseOnBothSidesIsRefusedByWhateverNameItIsReached(String host) {
        try (SyncFixture fixture = fixture()) {
            DatabaseUrl.Server url = fixture.target.url();
            fixture.plan(PLAN.replace("local_wins", "prod_wins"))
                    .from(at(host, url.hosts().get(0).port(), fixture.target.name()));
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-112");
            assertThat(problem.why()).contains(host + ":", "127.0.0.1:");
        }
    }

    @Test
    void aTargetThatDoesNotCountWritesIsLookedAtButNotWritten() {
        try (SyncFixture fixture = fixture().plan(PLAN.replace("local_wins", "prod_wins"))) {
            fixture.target.execute("ALTER DATABASE " + fixture.target.name() + " SET track_counts = off");
            Problem problem = Refusals.ofApplyOnly(fixture, "DBOPS-216");
            fixture.target.execute(problem.next().get(0).substring("Turn it on: ".length()));
            assertThat(fixture.apply().problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Order          |       | ",
                "Order          | true  | ",
                "Order          | true  | i_understand_prod_overwrite",
                "Order          | false | I_UNDERSTAND_PROD_OVERWRITE",
                "public.Order   | true  | yes",
                "public.Inventory |     | ",
            })
    void aProtectedTableIsRefusedBeforeAnythingIsConnectedTo(String table, Boolean allowed, String word) {
        try (SyncFixture fixture = fixture()) {
            fixture.plan(PLAN.replace("\"Inventory\"", "\"" + table + "\""))
                    .words(Boolean.TRUE.equals(allowed), Optional.ofNullable(word))
                    .from(at("127.0.0.1", closedPort(), "shop"))
                    .to(at("127.0.0.1", closedPort(), "shop"));
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-412");
            assertThat(problem.what()).isEqualTo("Refused to overwrite protected table \"" + table + "\".");
            assertThat(problem.why()).contains("onConflict: local_wins (sync-plan.json:1:");
            assertThat(problem.state()).isEqualTo("Nothing was connected to; nothing was changed.");
            assertThat(problem.next())
                    .contains("-DallowProtectedOverwrite -DconfirmOverwrite=I_UNDERSTAND_PROD_OVERWRITE");
            assertThat(fixture.said).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"Order", "Inventory", "public.Inventory"})
    void aProtectedTableIsOverwrittenWithBothWords(String table) {
        try (SyncFixture fixture = fixture().words()) {
            fixture.plan(PLAN.replace("\"Inventory\"", "\"" + table + "\""));
            assertThat(fixture.dryRun().problems()).isEmpty();
            SyncOutcome applied = fixture.apply();
            assertThat(applied.problems()).isEmpty();
            assertThat(applied.totals().appliedUpdates()).isEqualTo(1);
            assertThat(applied.tables().get(0).protectedBy()).isNotNull();
        }
    }

    @Test
    void aPatternWithASchemaProtectsABareNameTooAndTheApplyIsRefusedBeforeItWrites() {
        try (SyncFixture fixture = fixture().plan(PLAN)) {
            fixture.target.execute("""
                    CREATE SEQUENCE writes;
                    CREATE FUNCTION count_write() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN PERFORM nextval('writes'); RETURN NEW; END $$;
                    CREATE TRIGGER t BEFORE UPDATE ON "Inventory" FOR EACH ROW EXECUTE FUNCTION count_write();
                    """);
            Problem problem = Refusals.ofBoth(fixture, "DBOPS-412");
            assertThat(problem.why()).contains("\"public.Inv*\"");
            fixture.words();
            assertThat(fixture.apply().problems()).isEmpty();
        }
    }

    @Test
    void aProtectedTableMayBeAppendedTo() {
        try (SyncFixture fixture = fixture()) {
            fixture.source.execute("INSERT INTO \"Order\" VALUES ('b', 'B')");
            fixture.plan(PLAN.replace("\"Inventory\"", "\"Order\"").replace("local_wins", "prod_wins"));
            assertThat(fixture.dryRun().problems()).isEmpty();
            assertThat(fixture.apply().totals().appliedInserts()).isEqualTo(1);
            assertThat(fixture.target.query("SELECT title FROM \"Order\" WHERE code = 'a'"))
                    .isEqualTo(List.of(List.of("A")));
        }
    }
}
