package io.github.dbops.migration.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationOutcome.Result;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.prisma.DbopsCommands.Wait;
import io.github.dbops.migration.prisma.PrismaCli.Ended;
import io.github.dbops.migration.prisma.RecordedScenario.Command;
import io.github.dbops.problem.Code;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** dbops and the real Prisma CLI on one database in turn, and the fixtures held against that CLI: {@code -Pprisma-cli}. */
@Tag("prisma-cli")
class LivePrismaPgTest {

    private static final Command STATUS = new Command("status", null, null, false);
    private static final Command DEPLOY = new Command("deploy", null, null, false);

    /** A script waits for this lock, so that its deploy is in the middle for as long as the test wants. */
    private static final long GATE = 4711;

    private static final long PRISMAS_LOCK = 72707369;

    @TempDir
    private Path folder;

    private Path project;
    private TestDatabase database;
    private DbopsCommands dbops;
    private String url;

    @BeforeAll
    static void install() {
        PrismaCli.install();
    }

    @BeforeEach
    void shop() throws IOException {
        project = folder.resolve("project");
        database = TestServers.newest().createDatabase();
        dbops = new DbopsCommands(project, folder.resolve("reports"));
        url = DbopsCommands.url(database, Map.of(), false);
        write("migration_lock.toml", "provider = \"postgresql\"\n");
        migration("20240101000000_init", "CREATE TABLE a (id int PRIMARY KEY);\r\n");
        migration("20240102000000_more", "CREATE TABLE b (id int);\nINSERT INTO b VALUES (1);\n");
        migration("20240102000000-more", "-- nothing\n");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void fixturesAreWhatPrismaDoesToday() {
        Ended check = PrismaCli.node(url, "record.mjs", List.of("--check"));

        assertThat(check.exit()).as("%s", check.output()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7})
    void prismaTakesWhatDbopsDeployedForItsOwn(int major) {
        assertThat(dbops.outcome(DEPLOY, url, Wait.FOR_OTHERS).result()).isEqualTo(Result.DEPLOYED);

        assertSays(PrismaCli.migrate(major, project, url, "status"), 0, "Database schema is up to date!");
        assertSays(PrismaCli.migrate(major, project, url, "deploy"), 0, "No pending migrations to apply.");
        assertThat(rows()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7})
    void dbopsTakesWhatPrismaDeployedForItsOwn(int major) {
        assertSays(
                PrismaCli.migrate(major, project, url, "deploy"), 0, "All migrations have been successfully applied.");

        MigrationOutcome status = dbops.outcome(STATUS, url, Wait.FOR_OTHERS);
        MigrationOutcome deploy = dbops.outcome(DEPLOY, url, Wait.FOR_OTHERS);

        assertThat(status.result()).isEqualTo(Result.UP_TO_DATE);
        assertThat(status.latest().orElseThrow().migrations())
                .hasSize(3)
                .extracting(Migration::state)
                .containsOnly(MigrationState.APPLIED);
        assertThat(deploy.result()).isEqualTo(Result.UP_TO_DATE);
        assertThat(deploy.steps()).isEmpty();
        assertThat(rows()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7})
    void eachGoesOnWhereTheOtherFailed(int major) throws IOException {
        migration("20240103000000_bad", "ALTER TABLE nope ADD COLUMN y int;\n");
        assertThat(dbops.outcome(DEPLOY, url, Wait.FOR_OTHERS).result()).isEqualTo(Result.FAILED);

        assertSays(PrismaCli.migrate(major, project, url, "deploy"), 1, "P3009");
        assertSays(
                PrismaCli.migrate(major, project, url, "resolve", "--rolled-back", "20240103000000_bad"),
                0,
                "marked as rolled back");
        assertSays(PrismaCli.migrate(major, project, url, "deploy"), 1, "migration");
        assertThat(dbops.outcome(DEPLOY, url, Wait.FOR_OTHERS).problems())
                .extracting(problem -> problem.code())
                .containsExactly(Code.HISTORY_HAS_FAILED);
        dbops.outcome(new Command("resolve", "20240103000000_bad", null, false), url, Wait.FOR_OTHERS);

        assertSays(PrismaCli.migrate(major, project, url, "status"), 0, "Database schema is up to date!");
    }

    @Test
    void prismaWaitsForDbops() throws Exception {
        migration("20240103000000_gate", "SELECT pg_advisory_xact_lock(" + GATE + ");\n");
        try (Connection gate = shut()) {
            var ours = CompletableFuture.supplyAsync(() -> dbops.outcome(DEPLOY, url, Wait.FOR_OTHERS));
            await("granted = false AND objid = " + GATE);
            var theirs = CompletableFuture.supplyAsync(() -> PrismaCli.migrate(7, project, url, "deploy"));
            await("granted = false AND objid = " + PRISMAS_LOCK);
            open(gate);

            assertThat(ours.join().result()).isEqualTo(Result.DEPLOYED);
            assertSays(theirs.join(), 0, "No pending migrations to apply.");
        }
        assertThat(rows()).isEqualTo(4);
    }

    @Test
    void dbopsWaitsForPrisma() throws Exception {
        migration("20240103000000_gate", "SELECT pg_advisory_xact_lock(" + GATE + ");\n");
        try (Connection gate = shut()) {
            var theirs = CompletableFuture.supplyAsync(() -> PrismaCli.migrate(7, project, url, "deploy"));
            await("granted = false AND objid = " + GATE);
            MigrationOutcome refused = dbops.outcome(DEPLOY, url, Wait.BRIEFLY);
            open(gate);

            assertThat(refused.problems())
                    .extracting(problem -> problem.code())
                    .containsExactly(Code.LOCK_NOT_OBTAINED);
            assertSays(theirs.join(), 0, "All migrations have been successfully applied.");
        }
        assertThat(dbops.outcome(DEPLOY, url, Wait.FOR_OTHERS).result()).isEqualTo(Result.UP_TO_DATE);
        assertThat(rows()).isEqualTo(4);
    }

    @Test
    void bothRunMigrationsInOneOrder() throws IOException {
        Random random = new Random(20240101);
        Set<String> names = new LinkedHashSet<>();
        while (names.size() < 5000) {
            names.add(random.ints(1 + random.nextInt(6), ' ', '~' + 1)
                    .filter(c -> c != '/')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
        names.remove("");
        Path file =
                Files.write(folder.resolve("names"), String.join("\n", names).getBytes(StandardCharsets.UTF_8));

        Ended sorted = PrismaCli.node(url, "sort.mjs", List.of(file.toString()));

        assertThat(names.stream().sorted(new MigrationOrder()))
                .containsExactly(sorted.output().split("\n"));
    }

    private Connection shut() throws Exception {
        Connection gate = database.connection();
        try (Statement statement = gate.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + GATE + ")");
        }
        return gate;
    }

    private static void open(Connection gate) throws Exception {
        try (Statement statement = gate.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock(" + GATE + ")");
        }
    }

    /** Until a session stands before a lock; asks again and again, because nothing announces it. */
    private void await(String lock) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        String question = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND " + lock
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        while (database.query(question).isEmpty()) {
            assertThat(System.nanoTime()).as("waited in vain for " + lock).isLessThan(end);
        }
    }

    private static void assertSays(Ended ended, int exit, String words) {
        assertThat(ended.output()).contains(words);
        assertThat(ended.exit()).as("%s", ended.output()).isEqualTo(exit);
    }

    private int rows() {
        return Integer.parseInt(
                database.query("SELECT count(*) FROM _prisma_migrations").get(0).get(0));
    }

    private void migration(String name, String script) throws IOException {
        write(name + "/migration.sql", script);
    }

    private void write(String file, String text) throws IOException {
        Path path = project.resolve("prisma/migrations").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
