package io.github.dbops.command.migrate;

import static io.github.dbops.migration.MigrationState.ABOVE_TARGET;
import static io.github.dbops.migration.MigrationState.APPLIED;
import static io.github.dbops.migration.MigrationState.AVAILABLE;
import static io.github.dbops.migration.MigrationState.BASELINE;
import static io.github.dbops.migration.MigrationState.BELOW_BASELINE;
import static io.github.dbops.migration.MigrationState.DELETED;
import static io.github.dbops.migration.MigrationState.FAILED;
import static io.github.dbops.migration.MigrationState.FUTURE;
import static io.github.dbops.migration.MigrationState.IGNORED;
import static io.github.dbops.migration.MigrationState.MISSING;
import static io.github.dbops.migration.MigrationState.MODIFIED;
import static io.github.dbops.migration.MigrationState.OUTDATED;
import static io.github.dbops.migration.MigrationState.OUT_OF_ORDER;
import static io.github.dbops.migration.MigrationState.PENDING;
import static io.github.dbops.migration.MigrationState.ROLLED_BACK;
import static io.github.dbops.migration.MigrationState.RUNNING;
import static io.github.dbops.migration.MigrationState.SUPERSEDED;
import static io.github.dbops.migration.MigrationState.UNDONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.SessionSource;
import io.github.dbops.report.MigrationConsoleReport;
import io.github.dbops.report.MigrationJsonReport;
import io.github.dbops.report.MigrationMarkdownReport;
import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.TestServers;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Every state of both engines, brought about on a real server and found in each of a status' three reports. */
class EveryStatePgTest {

    private static final Set<MigrationState> PRISMA =
            EnumSet.of(APPLIED, PENDING, RUNNING, FAILED, ROLLED_BACK, MODIFIED, MISSING, OUT_OF_ORDER);

    private static final Set<MigrationState> FLYWAY = EnumSet.complementOf(EnumSet.of(RUNNING, UNDONE, AVAILABLE));

    /** Only Flyway's paid editions know undo migrations; the one that dbops brings refuses a history with their rows. */
    private static final Set<MigrationState> NOT_HERE = EnumSet.of(UNDONE, AVAILABLE);

    private final Set<MigrationState> seen = EnumSet.noneOf(MigrationState.class);

    @Test
    void eachStateBelongsToAnEngine() {
        Set<MigrationState> all = EnumSet.copyOf(PRISMA);
        all.addAll(FLYWAY);
        all.addAll(NOT_HERE);
        assertThat(all).containsExactlyInAnyOrder(MigrationState.values());
    }

    @Test
    void statusShowsEveryStateOfPrismas() {
        try (MigrateFixture shop = new MigrateFixture(TestServers.newest());
                ChaosProxy proxy = new ChaosProxy(shop.database.url())) {
            shop.at(proxy.url())
                    .prisma("1_applied", "CREATE TABLE a ();")
                    .prisma("2_modified", "CREATE TABLE b ();")
                    .prisma("3_missing", "CREATE TABLE c ();")
                    .prisma("8_later", "CREATE TABLE d ();")
                    .deploy();
            shop.prisma("7_out_of_order", "CREATE TABLE e ();").deploy();
            shop.prisma("5_running", "CREATE TABLE long_work ();");
            List<MigrationOutcome> meanwhile = new CopyOnWriteArrayList<>();
            proxy.actBefore("CREATE TABLE long_work", () -> meanwhile.add(shop.status()));
            shop.deploy();
            assertShown(meanwhile.get(0), "5_running", RUNNING);
            assertThat(meanwhile.get(0).result()).isEqualTo(MigrationOutcome.Result.UNSOUND);

            shop.prisma("6_rolled_back", "SELECT nonsense;").deploy();
            shop.resolve(Action.ROLLED_BACK, "6_rolled_back");
            shop.prisma("4_failed", "SELECT nonsense;").deploy();
            shop.prisma("2_modified", "CREATE TABLE other ();")
                    .without("prisma/migrations/3_missing")
                    .prisma("9_pending", "");

            MigrationOutcome status = shop.status();
            assertShown(status, "1_applied", APPLIED);
            assertShown(status, "2_modified", MODIFIED);
            assertShown(status, "3_missing", MISSING);
            assertShown(status, "4_failed", FAILED);
            assertShown(status, "6_rolled_back", ROLLED_BACK);
            assertShown(status, "7_out_of_order", OUT_OF_ORDER);
            assertShown(status, "9_pending", PENDING);
            assertThat(seen).isEqualTo(PRISMA);
        }
    }

    @Test
    void statusShowsEveryStateOfFlyways() {
        baselineTargetAndRepeatables();
        editedLostAndLate();
        failedAndRolledBack();
        deletedByARepair();
        assertThat(seen).isEqualTo(FLYWAY);
    }

    private void baselineTargetAndRepeatables() {
        try (MigrateFixture shop = new MigrateFixture(TestServers.newest(), "CREATE TABLE legacy ()")) {
            shop.flywayProperty("flyway.baselineOnMigrate", "true")
                    .flywayProperty("flyway.baselineVersion", "2")
                    .flywayProperty("flyway.target", "3")
                    .flyway("V1__a.sql", "SELECT 1;")
                    .flyway("V3__c.sql", "SELECT 1;")
                    .flyway("V5__e.sql", "SELECT 1;")
                    .flyway("R__my_view.sql", "SELECT 1;");
            assertThat(shop.deploy().problems()).isEmpty();
            shop.flywayProperty("flyway.target", "4")
                    .flyway("R__my_view.sql", "SELECT 2;")
                    .flyway("V4__d.sql", "SELECT 1;");
            MigrationOutcome status = shop.status();
            assertShown(status, "1", BELOW_BASELINE);
            assertShown(status, "2", BASELINE);
            assertShown(status, "3", APPLIED);
            assertShown(status, "4", PENDING);
            assertShown(status, "5", ABOVE_TARGET);
            assertShown(status, "my view", OUTDATED);
            shop.deploy();
            assertShown(shop.status(), "my view", SUPERSEDED);
        }
    }

    private void editedLostAndLate() {
        try (MigrateFixture shop = new MigrateFixture(TestServers.newest())) {
            shop.flyway("V1__a.sql", "SELECT 1;")
                    .flyway("V2__b.sql", "SELECT 1;")
                    .flyway("V5__e.sql", "SELECT 1;")
                    .flyway("V6__f.sql", "SELECT 1;")
                    .deploy();
            shop.flywayProperty("flyway.outOfOrder", "true")
                    .flyway("V3__c.sql", "SELECT 1;")
                    .deploy();
            assertShown(shop.status(), "3", OUT_OF_ORDER);
            shop.flywayProperty("flyway.outOfOrder", "false")
                    .flyway("V1__a.sql", "SELECT 2;")
                    .without("db/migration/V2__b.sql")
                    .without("db/migration/V6__f.sql")
                    .flyway("V4__d.sql", "SELECT 1;");
            MigrationOutcome status = shop.status();
            assertShown(status, "1", MODIFIED);
            assertShown(status, "2", MISSING);
            assertShown(status, "4", IGNORED);
            assertShown(status, "6", FUTURE);
        }
    }

    private void failedAndRolledBack() {
        try (MigrateFixture shop = new MigrateFixture(TestServers.newest())) {
            shop.flyway("V1__a.sql", "CREATE TABLE item (id int); INSERT INTO item VALUES (1), (1);")
                    .flyway("V2__b.sql", "CREATE UNIQUE INDEX CONCURRENTLY b ON item (id);")
                    .deploy();
            MigrationOutcome failed = shop.status();
            assertShown(failed, "2", FAILED);
            assertThat(failed.result()).isEqualTo(MigrationOutcome.Result.UNSOUND);
            shop.resolve(Action.ROLLED_BACK, "2");
            assertShown(shop.status(), "2", ROLLED_BACK);
        }
    }

    private void deletedByARepair() {
        try (MigrateFixture shop = new MigrateFixture(TestServers.newest())) {
            shop.flyway("V1__a.sql", "SELECT 1;")
                    .flyway("V2__b.sql", "SELECT 1;")
                    .flyway("V3__c.sql", "SELECT 1;")
                    .deploy();
            shop.without("db/migration/V2__b.sql");
            Connector connector = new Connector(ConnectionPolicy.DEFAULT, "repair", shop.said::add);
            Flyway.configure()
                    .dataSource(new SessionSource(connector, shop.database.url(), SessionSource.Access.READ_WRITE))
                    .loggers("slf4j")
                    .locations("filesystem:" + shop.folder.resolve("db/migration"))
                    .load()
                    .repair();
            assertShown(shop.status(), "2", DELETED);
        }
    }

    private void assertShown(MigrationOutcome outcome, String migration, MigrationState state) {
        String name = Pattern.quote(migration);
        String word = Pattern.quote(state.word()) + "(, pending)?";
        assertThat(new MigrationConsoleReport(outcome).lines())
                .as(migration)
                .anyMatch(line -> line.matches(word + " +" + name + "( .*)?"));
        assertThat(new MigrationMarkdownReport(outcome).text())
                .containsPattern("(?m)^\\| *" + word + " *\\| *`" + name + "` *\\|");
        assertThat(new MigrationJsonReport(outcome).text())
                .containsPattern("\"name\": \"" + name + "\"[^{}]*\"state\": \"" + Pattern.quote(state.word()) + "\"");
        seen.add(state);
    }
}
