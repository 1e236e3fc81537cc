package io.github.dbops.command.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.command.migrate.StatusRequest.FailOn;
import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationOutcome.Result;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.run.Execution;
import io.github.dbops.testing.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The emergencies of docs/runbook.md look as it says, and the commands that it gives lead out. */
class RunbookPgTest {

    private static final Path DEMO = Path.of("..", "it", "demo");
    private static final String INIT = "20260105093000_init";
    private static final String SHIPPING = "20260217141500_shipping_and_coupons";
    private static final String INDEX = "20260914080000_order_customer_index";
    private static final String PHONE = "20260915100000_customer_phone";
    private static final FailOn[] USUAL = {FailOn.FAILED, FailOn.MODIFIED, FailOn.MISSING};

    @Test
    void aDatabaseWithoutHistoryIsRecordedAndThenDeployed() {
        try (MigrateFixture shop = shop(read("db/schema.sql"))) {
            assertThat(MigrateFixture.codes(shop.deploy())).containsExactly("DBOPS-304");
            assertThat(shop.resolve(Execution.DRY_RUN, Action.APPLIED, INIT, SHIPPING)
                            .result())
                    .isEqualTo(Result.RESOLVABLE);
            assertThat(shop.resolve(Action.APPLIED, INIT, SHIPPING).result()).isEqualTo(Result.RESOLVED);
            assertThat(shop.deploy().result()).isEqualTo(Result.DEPLOYED);
            assertThat(shop.status(FailOn.values()).result()).isEqualTo(Result.UP_TO_DATE);
        }
    }

    @Test
    void anInvalidIndexIsDroppedAsTheMessageSaysAndBuiltAnew() {
        try (MigrateFixture shop = shop(read("db/schema.sql"), read("db/history.sql"))) {
            shop.prisma(INDEX, "CREATE UNIQUE INDEX CONCURRENTLY \"Order_total_key\" ON \"Order\"(\"total\");");
            shop.database.execute("""
                    INSERT INTO "Customer" VALUES ('a', 'a@example.com', 'Ann');
                    INSERT INTO "Order" VALUES ('1', '1', 'a', 5, 'PAID'), ('2', '2', 'a', 5, 'PAID')
                    """);
            MigrationOutcome failed = shop.deploy();
            assertThat(MigrateFixture.codes(failed)).containsExactly("DBOPS-306");
            assertThat(invalidIndexes(shop)).containsExactly(List.of("\"Order_total_key\""));
            String drop = "DROP INDEX CONCURRENTLY public.\"Order_total_key\"";
            assertThat(String.join("\n", MigrateFixture.problem(failed).next()))
                    .contains(drop, "-DrolledBack=" + INDEX);

            shop.database.execute(drop);
            shop.database.execute("UPDATE \"Order\" SET \"total\" = 6 WHERE \"id\" = '2'");
            assertThat(shop.resolve(Action.ROLLED_BACK, INDEX).result()).isEqualTo(Result.RESOLVED);
            assertThat(shop.deploy().result()).isEqualTo(Result.DEPLOYED);
            assertThat(invalidIndexes(shop)).isEmpty();
        }
    }

    @Test
    void anEditedMigrationFailsTheStatusUntilItsFileIsRestored() {
        try (MigrateFixture shop = shop(read("db/schema.sql"), read("db/history.sql"))) {
            shop.prisma(SHIPPING, "-- edited\n" + script(SHIPPING));
            MigrationOutcome edited = shop.status(USUAL);
            assertThat(MigrateFixture.codes(edited)).containsExactly("DBOPS-313");
            assertThat(MigrateFixture.states(edited)).contains(SHIPPING + " modified");
            MigrationOutcome accepted = shop.status(FailOn.FAILED, FailOn.MISSING);
            assertThat(accepted.problems()).isEmpty();
            assertThat(MigrateFixture.states(accepted)).contains(SHIPPING + " modified");

            shop.prisma(SHIPPING, script(SHIPPING));
            assertThat(shop.status(USUAL).problems()).isEmpty();
        }
    }

    @Test
    void aMissingMigrationFailsTheStatusUntilItIsBroughtBack() {
        try (MigrateFixture shop = shop(read("db/schema.sql"), read("db/history.sql"))) {
            shop.without("prisma/migrations/" + SHIPPING);
            MigrationOutcome missing = shop.status(USUAL);
            assertThat(MigrateFixture.codes(missing)).containsExactly("DBOPS-313");
            assertThat(MigrateFixture.states(missing)).contains(SHIPPING + " missing");

            shop.prisma(SHIPPING, script(SHIPPING));
            assertThat(shop.status(USUAL).problems()).isEmpty();
        }
    }

    @Test
    void whatWasTypedIntoPsqlIsRecordedAndNotRunAgain() {
        try (MigrateFixture shop = shop(read("db/schema.sql"), read("db/history.sql"))) {
            shop.database.execute(script(PHONE));
            assertThat(shop.resolve(Action.APPLIED, PHONE).result()).isEqualTo(Result.RESOLVED);
            assertThat(shop.deploy().result()).isEqualTo(Result.DEPLOYED);
            assertThat(shop.status(FailOn.values()).result()).isEqualTo(Result.UP_TO_DATE);
        }
    }

    @Test
    void aMigrationOfAnotherBranchThatIsOlderByItsNameIsDeployedAndCalledOutOfOrder() {
        try (MigrateFixture shop = shop(read("db/schema.sql"), read("db/history.sql"))) {
            assertThat(shop.deploy().result()).isEqualTo(Result.DEPLOYED);
            shop.prisma("20260910000000_branch", "ALTER TABLE \"Session\" ADD COLUMN \"seenAt\" TIMESTAMP(3);");
            assertThat(shop.deploy().result()).isEqualTo(Result.DEPLOYED);
            assertThat(MigrateFixture.states(shop.status(USUAL))).contains("20260910000000_branch out-of-order");
        }
    }

    private static List<List<String>> invalidIndexes(MigrateFixture shop) {
        return shop.database.query("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid");
    }

    /** The sample's migrations and a database made by scripts. */
    private static MigrateFixture shop(String... schema) {
        MigrateFixture shop = new MigrateFixture(TestServers.newest(), schema);
        List.of(INIT, SHIPPING, INDEX, PHONE).forEach(name -> shop.prisma(name, script(name)));
        return shop;
    }

    private static String script(String migration) {
        return read("prisma/migrations/" + migration + "/migration.sql");
    }

    private static String read(String file) {
        try {
            return Files.readString(DEMO.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
