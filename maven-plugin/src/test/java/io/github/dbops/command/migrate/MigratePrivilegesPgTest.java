package io.github.dbops.command.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.command.migrate.StatusRequest.FailOn;
import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.Secret;
import io.github.dbops.migration.MigrationOutcome.Result;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/** The roles of docs/security.md for migrations, made by exactly its SQL, can do their task and no more. */
class MigratePrivilegesPgTest {

    private static final List<String> ROLES = List.of("dbops_deploy", "dbops_status", "shop_owner");

    @PostgresTest
    void rolesOfThePageDeployPrismasMigrationsAndLookAtThem(TestServer server) throws Exception {
        try (MigrateFixture shop = new MigrateFixture(server)
                .prisma("20260101000000_shelf", "CREATE TYPE size AS ENUM ('s', 'l'); CREATE TABLE shelf (size size);")
                .prisma("20260102000000_index", "CREATE INDEX CONCURRENTLY shelf_size ON shelf (size);")
                .prisma("20260103000000_later", "ALTER TABLE shelf ADD label text;")) {
            shop.database.execute(sql("deploy"));
            shop.at(as(shop, "dbops_deploy"));
            assertThat(shop.resolve(Action.APPLIED, "20260103000000_later").problems())
                    .isEmpty();
            assertThat(shop.deploy().result()).isEqualTo(Result.DEPLOYED);
            assertThat(shop.database.query("""
                    SELECT DISTINCT pg_get_userbyid(relowner)
                    FROM pg_class
                    WHERE relnamespace = 'public'::regnamespace
                    """)).containsExactly(List.of("shop_owner"));

            shop.database.execute(sql("status"));
            shop.at(as(shop, "dbops_status"));
            assertThat(shop.status(FailOn.values()).result()).isEqualTo(Result.UP_TO_DATE);
            shop.prisma("20260104000000_new", "DROP TABLE shelf;");
            assertThat(shop.dryRun().result()).isEqualTo(Result.PENDING);
            assertThat(MigrateFixture.codes(shop.deploy())).isNotEmpty();
            assertThat(shop.database.query("SELECT count(*) FROM shelf")).containsExactly(List.of("0"));
            assertThat(shop.database.query("SELECT count(*) FROM _prisma_migrations"))
                    .containsExactly(List.of("3"));
            assertCannot(shop, "dbops_status", "SELECT * FROM shelf");
        } finally {
            drop(server);
        }
    }

    @PostgresTest
    void theDeployingRoleDeploysFlywaysMigrations(TestServer server) throws Exception {
        try (MigrateFixture shop = new MigrateFixture(server)
                .flyway("V1__shelf.sql", "CREATE TABLE shelf (label text);")
                .flyway("V2__index.sql", "CREATE INDEX CONCURRENTLY shelf_label ON shelf (label);")) {
            shop.database.execute(sql("deploy"));
            shop.at(as(shop, "dbops_deploy"));
            assertThat(shop.deploy().result()).isEqualTo(Result.DEPLOYED);

            shop.database.execute(sql("status").replace("_prisma_migrations", "flyway_schema_history"));
            shop.at(as(shop, "dbops_status"));
            assertThat(shop.status(FailOn.values()).result()).isEqualTo(Result.UP_TO_DATE);
        } finally {
            drop(server);
        }
    }

    /** The page's SQL for a role. */
    private static String sql(String role) throws IOException {
        return Pattern.compile("```sql\\s+-- role: " + role + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "security.md")))
                .results()
                .map(block -> block.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static DatabaseUrl.Server as(MigrateFixture shop, String role) {
        return shop.database.server().url(shop.database.name(), role, Secret.of("choose-one"));
    }

    private static void assertCannot(MigrateFixture shop, String role, String sql) throws SQLException {
        try (Connection connection = TestServer.connect(as(shop, role))) {
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
}
