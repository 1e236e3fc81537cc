package io.github.dbops.command;

import static io.github.dbops.command.InitFixture.codes;
import static io.github.dbops.command.InitFixture.key;
import static io.github.dbops.command.InitFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.problem.Problem;
import io.github.dbops.sync.draft.InitOutcome;
import io.github.dbops.sync.draft.InitOutcome.Result;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a run of {@code dbops:init} writes where, what it refuses, and what it does without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InitRunsPgTest {

    private static final String NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing";

    private static final TestServer SERVER = TestServers.newest();
    private static final String SCHEMA =
            "CREATE TABLE category (id serial PRIMARY KEY, slug text NOT NULL UNIQUE, title text)";

    /** Two databases for all tests: nearly none of them changes anything in them. */
    private final SyncFixture databases = new SyncFixture(SERVER, SERVER, SCHEMA);

    private InitFixture shop = new InitFixture(databases, databases.folder);

    @BeforeEach
    void open(@TempDir Path folder) {
        shop = new InitFixture(databases, folder);
    }

    @AfterAll
    void drop() {
        databases.close();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(shop.folder())) {
            return all.filter(Files::isRegularFile)
                    .map(file -> shop.folder().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void writesPlanSchemaAndReports() throws IOException {
        InitOutcome outcome = shop.run();
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.result()).isEqualTo(Result.WRITTEN);
        assertThat(files())
                .containsExactly(
                        "reports/init-report.json",
                        "reports/init-report.md",
                        "sync-plan.json",
                        "sync-plan.schema.json");
        assertThat(outcome.text()).contains(shop.text("sync-plan.json"));
        assertThat(shop.text("sync-plan.schema.json"))
                .isEqualTo(Files.readString(Path.of("..", "docs", "schema", "sync-plan.schema.json")));
        assertThat(shop.text("sync-plan.json"))
                .contains("\"$schema\": \"./sync-plan.schema.json\"")
                .endsWith("}\n")
                .doesNotContain("\r")
                .doesNotContain("postgres@");
        assertThat(shop.text("reports/init-report.json")).contains("\"outcome\": \"written\"");
    }

    @Test
    void theSameDatabaseGivesTheSamePlan() {
        shop.run();
        String first = shop.text("sync-plan.json");
        shop.replacing().run();
        assertThat(shop.text("sync-plan.json")).isEqualTo(first);
    }

    @Test
    void aDryRunShowsThePlanAndWritesNone() throws IOException {
        InitOutcome outcome = shop.dryRun().run();
        assertThat(outcome.result()).isEqualTo(Result.SHOWN);
        assertThat(outcome.text().orElseThrow()).contains("\"name\": \"category\"");
        assertThat(files()).containsExactly("reports/init-report.json", "reports/init-report.md");
        shop.file("sync-plan.json", "mine");
        assertThat(shop.run().result()).isEqualTo(Result.SHOWN);
        assertThat(shop.text("sync-plan.json")).isEqualTo("mine");
    }

    @Test
    void aPlanThatIsThereIsRefusedBeforeConnecting() throws IOException {
        shop.file("sync-plan.json", "mine");
        shop.to(NOWHERE);
        InitOutcome outcome = shop.from(NOWHERE).run();
        assertThat(codes(outcome)).containsExactly("DBOPS-117");
        assertThat(outcome.result()).isEqualTo(Result.REFUSED);
        Problem problem = outcome.problems().get(0);
        assertThat(problem.state()).isEqualTo("Nothing was connected to; nothing was written.");
        assertThat(problem.next()).last().isEqualTo("Replace it: mvn dbops:init -Ddbops.replacePlan");
        assertThat(shop.text("sync-plan.json")).isEqualTo("mine");
        assertThat(files()).containsExactly("reports/init-report.json", "reports/init-report.md", "sync-plan.json");
    }

    @Test
    void aPlanThatIsThereIsReplacedWhereThatIsSaid() {
        shop.file("sync-plan.json", "mine");
        assertThat(shop.replacing().run().result()).isEqualTo(Result.WRITTEN);
        assertThat(shop.text("sync-plan.json")).contains("\"name\": \"category\"");
    }

    @Test
    void thePlanThatASyncReadsIsNotShadowed() {
        shop.file("scripts/db/sync-plan.json", "mine");
        InitOutcome refused = shop.run();
        assertThat(refused.problems().get(0).what()).isEqualTo("There is a plan already: scripts/db/sync-plan.json.");
        assertThat(shop.has("sync-plan.json")).isFalse();
        assertThat(shop.replacing().run().planFile()).isEqualTo("scripts/db/sync-plan.json");
        assertThat(shop.has("scripts/db/sync-plan.schema.json")).isTrue();
        assertThat(shop.has("sync-plan.json")).isFalse();
    }

    @Test
    void anotherFileIsWrittenWithTheFoldersThatItNeeds() {
        InitOutcome outcome = shop.plan("plans/shop.json").run();
        assertThat(outcome.result()).isEqualTo(Result.WRITTEN);
        assertThat(shop.text("plans/shop.json"))
                .contains("// Then look what would happen: mvn dbops:sync -Dplan=plans/shop.json");
        assertThat(shop.has("plans/sync-plan.schema.json")).isTrue();
    }

    @Test
    void aFolderThatCannotBeIsToldAndNothingIsLeft() throws IOException {
        shop.file("plans", "a file");
        InitOutcome outcome = shop.plan("plans/shop.json").run();
        assertThat(codes(outcome)).containsExactly("DBOPS-118");
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.problems().get(0).next().get(0)).endsWith("mvn dbops:init -Dplan=FILE");
        assertThat(outcome.draft()).isPresent();
        assertThat(files()).containsExactly("plans", "reports/init-report.json", "reports/init-report.md");
    }

    @Test
    void whatIsNoPathIsRefusedBeforeConnecting() {
        InitOutcome outcome = shop.plan("a\0b").from(NOWHERE).run();
        assertThat(codes(outcome)).containsExactly("DBOPS-118");
        assertThat(outcome.problems().get(0).why()).isEqualTo("Nul character not allowed.");
    }

    @Test
    void anOlderSchemaIsReplacedAndSomebodyElsesIsLeftAlone() {
        shop.file("sync-plan.schema.json", "{\"title\": \"dbops sync plan\"}");
        assertThat(shop.run().warnings()).isEmpty();
        assertThat(shop.text("sync-plan.schema.json")).contains("protectedTables");
        shop.file("sync-plan.schema.json", "{}");
        assertThat(shop.replacing().run().warnings())
                .containsExactly(
                        "sync-plan.schema.json is there and not of dbops; it was left alone, and \"$schema\" leads"
                                + " to it.");
        assertThat(shop.text("sync-plan.schema.json")).isEqualTo("{}");
    }

    @Test
    void aDatabaseWithoutTablesIsRefused() {
        try (InitFixture empty = new InitFixture(SERVER, SERVER, "CREATE VIEW v AS SELECT 1 AS one")) {
            InitOutcome outcome = empty.run();
            assertThat(codes(outcome)).containsExactly("DBOPS-119");
            assertThat(outcome.problems().get(0).next().get(0)).contains("environment variable DBOPS_FROM_URL");
            assertThat(outcome.problems().get(0).state())
                    .isEqualTo("No plan was written; the databases were only read.");
            assertThat(empty.has("sync-plan.json")).isFalse();
        }
    }

    @Test
    void aSourceThatCannotBeReachedFails() {
        InitOutcome outcome = shop.from(NOWHERE).run();
        assertThat(codes(outcome)).containsExactly("DBOPS-201");
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(shop.text("reports/init-report.json")).contains("\"outcome\": \"failed\"", "DBOPS-201");
        assertThat(shop.has("sync-plan.json")).isFalse();
    }

    @Test
    void aTargetIsAskedForItsCatalogAlone() {
        try (InitFixture both = new InitFixture(SERVER, SERVER, SCHEMA)) {
            String role = "init_" + both.databases.target.name();
            both.databases.source.execute("CREATE TABLE fresh (code text PRIMARY KEY)");
            both.databases.target.execute(
                    "ALTER TABLE category DROP CONSTRAINT category_slug_key; CREATE ROLE " + role + " LOGIN");
            // A role that may read no row.
            InitOutcome outcome = both.to(SyncFixture.text(SERVER.url(both.databases.target.name(), role, null)))
                    .run();
            both.databases.target.execute("DROP ROLE " + role);
            assertThat(outcome.target()).isPresent();
            assertThat(key(outcome, "category")).isEqualTo("slug (unique)");
            assertThat(table(outcome, "category").notes())
                    .contains(
                            "The target has no unique index on the key: an apply keeps other writers out of the table.");
            assertThat(key(outcome, "fresh"))
                    .isEqualTo("The target has no such table; bring it to the same migrations first.");
        }
    }

    @Test
    void aTargetThatCannotBeReachedIsAWarning() {
        InitOutcome outcome = shop.to(NOWHERE).run();
        assertThat(outcome.result()).isEqualTo(Result.WRITTEN);
        assertThat(outcome.target()).isEmpty();
        assertThat(outcome.warnings()).hasSize(1);
        assertThat(outcome.warnings().get(0))
                .startsWith("The target's catalog was not looked at. Cannot reach the database postgresql://nobody@");
    }

    @Test
    void aTargetThatIsNotConfiguredIsAFactAndOneThatIsNamedMustBeThere() {
        assertThat(shop.withoutTarget().dryRun().run().facts())
                .containsExactly("No target is configured, so that its catalog was not looked at.");
        shop.file(".env.production", "DATABASE_URL");
        assertThat(shop.run().warnings().get(0)).startsWith("The target's catalog was not looked at. Malformed line");
        InitOutcome named = shop.toEnv(".env.nowhere").run();
        assertThat(codes(named)).containsExactly("DBOPS-103");
    }

    @Test
    void theTargetIsNotConnectedToWhereThatIsSaid() {
        InitOutcome outcome = shop.to(NOWHERE).neverConsulting().run();
        assertThat(outcome.result()).isEqualTo(Result.WRITTEN);
        assertThat(outcome.warnings()).isEmpty();
        assertThat(outcome.target()).isEmpty();
    }

    @Test
    void oneDatabaseOnBothSidesIsAWarning() {
        InitOutcome outcome = shop.to(SyncFixture.text(databases.source.url())).run();
        assertThat(outcome.result()).isEqualTo(Result.WRITTEN);
        assertThat(outcome.warnings())
                .containsExactly("Source and target are the same database, so that its catalog was looked at once.");
    }

    @Test
    void whatTheRoleMayNotReadIsListedWithTheGrant() {
        try (InitFixture secrets = new InitFixture(SERVER, SERVER, SCHEMA)) {
            String role = "init_" + secrets.databases.source.name();
            secrets.databases.source.execute("""
                    CREATE TABLE hidden (id serial PRIMARY KEY, code text NOT NULL UNIQUE);
                    CREATE TABLE child (code text PRIMARY KEY, hidden_id int REFERENCES hidden);
                    CREATE TABLE guarded (code text PRIMARY KEY);
                    ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
                    CREATE SCHEMA closed CREATE TABLE inside (code text PRIMARY KEY);
                    CREATE ROLE %1$s LOGIN;
                    GRANT SELECT ON category, child, guarded TO %1$s;
                    """.formatted(role));
            InitOutcome outcome = secrets.from(SERVER.url(secrets.databases.source.name(), role, null))
                    .withoutTarget()
                    .run();
            secrets.databases.source.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
            assertThat(outcome.problems()).isEmpty();
            assertThat(key(outcome, "category")).isEqualTo("slug (unique)");
            assertThat(key(outcome, "hidden"))
                    .isEqualTo("The role \"" + role + "\" may not read it. As its owner: GRANT SELECT ON"
                            + " \"public\".\"hidden\" TO \"" + role + "\"; and USAGE on its schema.");
            assertThat(key(outcome, "child")).startsWith("\"hidden_id\" references \"hidden\"");
            assertThat(key(outcome, "guarded")).startsWith("Row-level security holds rows back from the role");
            assertThat(key(outcome, "closed.inside")).startsWith("The role \"" + role + "\" may not read it.");
            assertThat(secrets.read().tables()).hasSize(5);
        }
    }
}
