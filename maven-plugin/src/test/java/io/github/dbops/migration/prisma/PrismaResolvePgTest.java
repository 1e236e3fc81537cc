package io.github.dbops.migration.prisma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.Resolution;
import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.ChaosProxy.Cut;
import io.github.dbops.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Prisma's preconditions, and its rows. */
@Timeout(120)
class PrismaResolvePgTest {

    @TempDir
    private Path folder;

    private PrismaFixture fixture;

    @BeforeEach
    void situation() {
        fixture = new PrismaFixture(TestServers.newest(), folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<Problem> refused(Action action, String... names) {
        List<Problem> problems = catchThrowableOfType(ProblemException.class, () -> fixture.resolve(action, names))
                .problems();
        List<Problem> inDryRun = catchThrowableOfType(
                        ProblemException.class,
                        () -> fixture.engine().resolve(action, List.of(names), Execution.DRY_RUN))
                .problems();
        assertThat(inDryRun).isEqualTo(problems);
        return problems;
    }

    private void failed() {
        fixture.migration("1", "CREATE TABLE a ();").migration("2", "nonsense").deploy();
    }

    @Test
    void baselineOfSeveralMakesTheTableAlthoughTheSchemaIsNotEmpty() {
        fixture.database.execute("CREATE TABLE a (); CREATE TABLE b ()");
        fixture.migration("1", "CREATE TABLE a ();").migration("2", "CREATE TABLE b ();");
        List<Resolution> resolutions = fixture.resolve(Action.APPLIED, "2", "1");
        assertThat(resolutions).extracting(Resolution::migration).containsExactly("2", "1");
        assertThat(resolutions).allSatisfy(r -> {
            assertThat(r.before().orElseThrow().state()).isEqualTo(MigrationState.PENDING);
            assertThat(r.after().state()).isEqualTo(MigrationState.APPLIED);
        });
        assertThat(fixture.rows()).containsExactly("2 finished empty-logs 0", "1 finished empty-logs 0");
        assertThat(fixture.column("SELECT DISTINCT finished_at = started_at FROM _prisma_migrations"))
                .containsExactly("t");
        assertThat(fixture.deploy().steps()).isEmpty();
    }

    @Test
    void appliedRollsTheFailedRowBackAndAddsOne() {
        failed();
        fixture.migration("2", "mended");
        assertThat(fixture.resolve(Action.APPLIED, "2").get(0).after().state()).isEqualTo(MigrationState.APPLIED);
        assertThat(fixture.rows())
                .containsExactly("1 finished 1", "2 unfinished rolled-back logs 0", "2 finished empty-logs 0");
        assertThat(fixture.status("2").state()).isEqualTo(MigrationState.APPLIED);
        assertThat(refused(Action.APPLIED, "2")).extracting(Problem::code).containsExactly(Code.ALREADY_APPLIED);
    }

    @Test
    void rolledBackMarksAndMayBeSaidAgain() {
        failed();
        List<Resolution> resolutions = fixture.resolve(Action.ROLLED_BACK, "2");
        assertThat(resolutions.get(0).before().orElseThrow().state()).isEqualTo(MigrationState.FAILED);
        assertThat(resolutions.get(0).after().state()).isEqualTo(MigrationState.ROLLED_BACK);
        List<List<String>> rows = fixture.database.query("SELECT * FROM _prisma_migrations ORDER BY started_at");
        fixture.resolve(Action.ROLLED_BACK, "2");
        assertThat(fixture.database.query("SELECT * FROM _prisma_migrations ORDER BY started_at"))
                .isEqualTo(rows);
    }

    @Test
    void dryRunShowsWhatWouldBeAndWritesNothing() {
        fixture.migration("1", "");
        Resolution would = fixture.engine()
                .resolve(Action.APPLIED, List.of("1"), Execution.DRY_RUN)
                .get(0);
        assertThat(would.after().state()).isEqualTo(MigrationState.APPLIED);
        assertThat(fixture.tables()).isEmpty();
        failed();
        Resolution rollback = fixture.engine()
                .resolve(Action.ROLLED_BACK, List.of("2"), Execution.DRY_RUN)
                .get(0);
        assertThat(rollback.after().state()).isEqualTo(MigrationState.ROLLED_BACK);
        assertThat(fixture.status("2").state()).isEqualTo(MigrationState.FAILED);
    }

    @Test
    void problemsOfAllAreToldAndNothingIsDone() {
        failed();
        fixture.migration("20240101_users", "");
        assertThat(refused(Action.APPLIED, "20240101_user", "1", "2"))
                .extracting(Problem::code)
                .containsExactly(Code.MIGRATION_UNKNOWN, Code.ALREADY_APPLIED);
        assertThat(refused(Action.APPLIED, "20240101_user").get(0).next())
                .containsExactly("Did you mean mvn dbops:resolve -Dapplied=20240101_users");
        assertThat(refused(Action.ROLLED_BACK, "20240101_users", "1", "2"))
                .extracting(Problem::code)
                .containsExactly(Code.NEVER_APPLIED, Code.NOT_FAILED);
        assertThat(fixture.rows()).containsExactly("1 finished 1", "2 unfinished logs 0");
    }

    @Test
    void rolledBackWithoutAHistoryIsRefused() {
        fixture.migration("1", "");
        assertThat(refused(Action.ROLLED_BACK, "1")).extracting(Problem::code).containsExactly(Code.HISTORY_ABSENT);
        assertThat(fixture.tables()).isEmpty();
    }

    @Test
    void lockFileMattersForAppliedAlone() {
        failed();
        fixture.file("migration_lock.toml", "provider = \"mysql\"".getBytes(StandardCharsets.UTF_8));
        assertThat(refused(Action.APPLIED, "2")).extracting(Problem::code).containsExactly(Code.PROVIDER_MISMATCH);
        assertThat(fixture.resolve(Action.ROLLED_BACK, "2")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void lostCommitIsFoundOutAndNothingIsRecordedTwice(Cut cut) {
        fixture.migration("1", "").migration("2", "");
        try (ChaosProxy proxy = new ChaosProxy(fixture.database.url())) {
            fixture.url(proxy.url());
            proxy.cutAt(cut, "COMMIT");
            List<Resolution> resolutions = fixture.resolve(Action.APPLIED, "1", "2");
            assertThat(resolutions).extracting(r -> r.after().state()).containsOnly(MigrationState.APPLIED);
            assertThat(resolutions)
                    .extracting(r -> r.before().orElseThrow().state())
                    .containsOnly(MigrationState.PENDING);
            assertThat(proxy.ordersWaiting()).isZero();
        }
        assertThat(fixture.rows()).containsExactlyInAnyOrder("1 finished empty-logs 0", "2 finished empty-logs 0");
    }
}
