package io.github.dbops.migration.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.History;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.report.ProblemText;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Timeout;

/** Everything that a Flyway user can set, from where Flyway's users set it. */
@Timeout(120)
class FlywaySettingsPgTest {

    @PostgresTest
    void aStrongerSourceWins(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file(
                    "V1__who.sql",
                    "CREATE TABLE who AS SELECT '${a}'::text a, '${b}'::text b, '${c}'::text c, '${d}'::text d, '${e}'::text e;");
            shop.file("conf/flyway.conf", """
                    flyway.placeholders.a=conf folder
                    flyway.placeholders.b=conf folder
                    flyway.placeholders.c=conf folder
                    flyway.placeholders.d=conf folder
                    flyway.placeholders.e=conf folder
                    """);
            shop.file("flyway.conf", """
                    flyway.placeholders.b=${WHO} project
                    flyway.placeholders.c=project
                    flyway.placeholders.d=project
                    flyway.placeholders.e=project
                    flyway.configFiles=conf/more.toml
                    """);
            shop.file("conf/more.toml", "[flyway.placeholders]\nc = 'named'\nd = 'named'\ne = 'named'\n");
            shop.environment.putAll(Map.of(
                    "FLYWAY_PLACEHOLDERS_D", "environment", "FLYWAY_PLACEHOLDERS_E", "environment", "WHO", "the"));
            shop.properties.put("flyway.placeholders.e", "property");

            assertThat(shop.deploy().failure()).isEmpty();
            assertThat(shop.database.query("SELECT * FROM who"))
                    .containsExactly(List.of("conf folder", "the project", "named", "environment", "property"));
        }
    }

    @PostgresTest
    void tomlWithAnEnvironment(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("db/other/V1__a.sql", "CREATE TABLE a (id int);");
            shop.file("flyway.toml", """
                    [flyway]
                    environment = "prod"
                    locations = ["filesystem:db/other"]
                    outOfOrder = true
                    [flyway.postgresql.transactional]
                    lock = true
                    [environments.prod]
                    url = "jdbc:postgresql://nowhere/x?password=hunter2"
                    password = "hunter2"
                    schemas = ["sales"]
                    """);

            assertThat(shop.deploy().failure()).isEmpty();
            History history = shop.engine().history();
            assertThat(history.table()).contains("sales.flyway_schema_history");
            assertThat(shop.database.query("SELECT to_regclass('sales.a') IS NOT NULL"))
                    .containsExactly(List.of("t"));
            assertThat(history.warnings())
                    .contains("flyway.password, flyway.url are set for Flyway and not used: dbops' own settings say"
                            + " which database this is.");
            assertThat(history.settings()).contains("flyway.locations=filesystem:db/other", "flyway.outOfOrder=true");
        }
    }

    @PostgresTest
    void theUrlsSchemaIsFlywaysDefault(TestServer server) {
        try (Shop shop = new Shop(server)) {
            io.github.dbops.env.DatabaseUrl.Server url = shop.database.url();
            shop.url = java.util.Optional.of(new io.github.dbops.env.DatabaseUrl.Server(
                    url.hosts(),
                    url.database(),
                    url.user(),
                    url.password(),
                    "shop",
                    url.properties(),
                    false,
                    List.of()));
            shop.file("V1__a.sql", "CREATE TABLE a (id int);");

            assertThat(shop.deploy().failure()).isEmpty();
            assertThat(shop.engine().history().table()).contains("shop.flyway_schema_history");
            assertThat(shop.database.query("SELECT to_regclass('shop.a') IS NOT NULL"))
                    .containsExactly(List.of("t"));
        }
    }

    @PostgresTest
    void refusesWhatFlywayDoesNotTakeAndNamesTheNearest(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__a.sql", "SELECT 1;");
            shop.properties.put("flyway.outOfOder", "true");

            Problem refused = refusal(shop);

            assertThat(refused.code()).isEqualTo(Code.FLYWAY_REFUSED);
            assertThat(refused.why()).contains("Unknown configuration property: flyway.outOfOder");
            assertThat(refused.next()).contains("Did you mean flyway.outOfOrder instead of flyway.outOfOder?");

            shop.properties.clear();
            shop.properties.put("flyway.outOfOrder", "maybe");
            assertThat(refusal(shop).why()).contains("should be either true or false");
            shop.properties.clear();
            shop.properties.put("flyway.dryRunOutput", "out.sql");
            assertThat(refusal(shop).what()).isEqualTo("Flyway's free edition does not have this.");
            shop.properties.clear();
            shop.properties.put("flyway.url", "jdbc:postgresql://nowhere/x");
            assertThat(refusal(shop).code()).isEqualTo(Code.FLYWAY_REFUSED);
            shop.properties.clear();
            shop.properties.put("flyway.password", "hunter2");
            assertThat(refusal(shop).code()).isEqualTo(Code.SECRET_IN_PARAMETER);
            shop.properties.clear();
            shop.file("flyway.toml", "[flyway]\npassword = hunter2\n");
            Problem malformed = refusal(shop);
            assertThat(malformed.what()).isEqualTo("The file flyway.toml is not TOML.");
            assertThat(ProblemText.of(List.of(malformed))).doesNotContain("hunter2");
        }
    }

    @PostgresTest
    void noSecretOfAConfigurationFileIsShownAnywhere(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("flyway.conf", """
                    flyway.url=jdbc:postgresql://nowhere/x?user=flyway&password=hunter2
                    flyway.user=hunter2
                    flyway.password=hunter2
                    flyway.jdbcProperties.sslpassword=hunter2
                    flyway.placeholders.token=hunter2
                    flyway.initSql=SELECT 'hunter2'
                    """);
            shop.environment.put("FLYWAY_PASSWORD", "hunter2");
            shop.file("V1__a.sql", "CREATE TABLE a (id int);").file("V2__b.sql", "CREATE TABLE a (id int);");

            History before = shop.engine().history();
            Deployment deployment = shop.deploy();

            assertThat(deployment.failure()).isPresent();
            assertThat(before.warnings())
                    .contains("flyway.jdbcProperties.sslpassword, flyway.password, flyway.url, flyway.user are set for"
                            + " Flyway and not used: dbops' own settings say which database this is.");
            assertThat(before + "\n" + deployment + "\n" + shop.said + "\n" + shop.engine() + "\n"
                            + ProblemText.of(
                                    List.of(deployment.failure().orElseThrow().problem())))
                    .doesNotContain("hunter2");
        }
    }

    @PostgresTest
    void callbacksRunAndTheirFailureIsAnOutcome(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__a.sql", "CREATE TABLE a (id int);")
                    .file("beforeEachMigrate.sql", "CREATE TABLE before_each (id int);")
                    .file("afterMigrate__grants.sql", "INSERT INTO a VALUES (7);");
            assertThat(shop.deploy().failure()).isEmpty();
            assertThat(shop.database.query("SELECT id FROM a")).containsExactly(List.of("7"));

            shop.file("afterMigrate__grants.sql", "\nSELECT 1/0;");
            MigrationFailure failure = shop.deploy().failure().orElseThrow();

            assertThat(failure.migration()).isEqualTo("afterMigrate__grants.sql");
            assertThat(failure.place()).contains("db/migration/afterMigrate__grants.sql:2");
            assertThat(failure.sqlState()).contains("22012");
        }
    }

    @PostgresTest
    void javaMigrationsComeFromTheModulesClassPath(TestServer server) throws IOException {
        try (Shop shop = new Shop(server)) {
            Path classes = shop.folder.resolve("target/classes");
            compile(shop, classes, "V2__Fill", "statement.execute(\"INSERT INTO a VALUES (42)\");");
            compile(shop, classes, "V3__Break", "throw new IllegalStateException(\"no coffee\");");
            shop.file("V1__a.sql", "CREATE TABLE a (id int);");
            shop.properties.put("flyway.locations", "filesystem:db/migration,classpath:shop/java");
            List<java.net.URL> urls = List.of(classes.toUri().toURL());
            shop.classPath = () -> urls;

            Deployment deployment = shop.deploy();

            assertThat(deployment.steps())
                    .extracting(Deployment.Step::migration, Deployment.Step::manner)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("1", Deployment.Manner.TRANSACTION),
                            org.assertj.core.groups.Tuple.tuple("2", Deployment.Manner.OWN));
            MigrationFailure failure = deployment.failure().orElseThrow();
            assertThat(failure.message()).isEqualTo("no coffee");
            assertThat(failure.left()).isEqualTo(MigrationFailure.Left.NOTHING);
            assertThat(shop.states()).containsExactly("1 applied", "2 applied", "3 pending");
            assertThat(shop.migration("2").type()).isEqualTo("java");
            assertThat(shop.migration("2").file()).isEmpty();

            shop.engine()
                    .resolve(
                            io.github.dbops.migration.Resolution.Action.APPLIED,
                            List.of("3"),
                            io.github.dbops.run.Execution.APPLY);
            assertThat(shop.states()).containsExactly("1 applied", "2 applied", "3 applied");
            assertThat(shop.database.query("SELECT type, script FROM flyway_schema_history WHERE version = '3'"))
                    .containsExactly(List.of("JDBC", "shop.java.V3__Break"));
            assertThat(shop.deploy().failure()).isEmpty();
        }
    }

    @PostgresTest
    void migrationsCanBeRecordedWithoutBeingRun(TestServer server) {
        try (Shop shop = new Shop(server)) {
            shop.file("V1__a.sql", "CREATE TABLE a (id int);");
            shop.properties.put("flyway.skipExecutingMigrations", "true");

            Deployment deployment = shop.deploy();

            assertThat(deployment.steps().get(0).notes())
                    .containsExactly("Recorded, not run: flyway.skipExecutingMigrations is set.");
            assertThat(shop.states()).containsExactly("1 applied");
            assertThat(shop.database.query("SELECT to_regclass('a') IS NULL")).containsExactly(List.of("t"));
        }
    }

    @PostgresTest
    void withoutThePrivilegeForARecordNothingIsRolledBack(TestServer server) {
        try (Shop shop = new Shop(server)) {
            String role = "deployer_" + shop.database.name();
            shop.database.execute("CREATE ROLE " + role + " LOGIN; GRANT ALL ON SCHEMA public TO " + role);
            try {
                io.github.dbops.env.DatabaseUrl.Server url =
                        shop.database.server().url(shop.database.name(), role, null);
                shop.url = java.util.Optional.of(url);
                shop.file("V1__a.sql", "CREATE TABLE a (id int);INSERT INTO a VALUES (1), (1);")
                        .file("V2__b.sql", "CREATE UNIQUE INDEX CONCURRENTLY b ON a (id);");
                shop.deploy();

                List<Problem> problems = new ArrayList<>();
                assertThatThrownBy(() -> shop.engine()
                                .resolve(
                                        io.github.dbops.migration.Resolution.Action.ROLLED_BACK,
                                        List.of("2"),
                                        io.github.dbops.run.Execution.APPLY))
                        .isInstanceOfSatisfying(ProblemException.class, e -> problems.addAll(e.problems()));

                assertThat(problems.get(0).code()).isEqualTo(Code.AUDIT_UNAVAILABLE);
                assertThat(shop.states()).containsExactly("1 applied", "2 failed");

                // The SQL that the message gives to an owner is enough.
                shop.database.execute(String.join(
                        "\n",
                        problems.get(0).next().subList(1, problems.get(0).next().size())));
                shop.engine()
                        .resolve(
                                io.github.dbops.migration.Resolution.Action.ROLLED_BACK,
                                List.of("2"),
                                io.github.dbops.run.Execution.APPLY);
                assertThat(shop.states()).containsExactly("1 applied", "2 rolled-back");
            } finally {
                shop.database.execute("DROP OWNED BY " + role + " CASCADE; DROP ROLE " + role);
            }
        }
    }

    private static void compile(Shop shop, Path classes, String name, String body) throws IOException {
        Path source = shop.folder.resolve("src/shop/java/" + name + ".java");
        shop.file("src/shop/java/" + name + ".java", """
                package shop.java;
                public class %s extends org.flywaydb.core.api.migration.BaseJavaMigration {
                    @Override
                    public void migrate(org.flywaydb.core.api.migration.Context context) throws Exception {
                        try (java.sql.Statement statement = context.getConnection().createStatement()) {
                            %s
                        }
                    }
                }
                """.formatted(name, body));
        Files.createDirectories(classes);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-d",
                                classes.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                source.toString()))
                .isZero();
    }

    private static Problem refusal(Shop shop) {
        List<Problem> problems = new ArrayList<>();
        assertThatThrownBy(() -> shop.engine().history())
                .isInstanceOfSatisfying(ProblemException.class, e -> problems.addAll(e.problems()));
        return problems.get(0);
    }
}
