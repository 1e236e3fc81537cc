package io.github.dbops.migration.prisma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.Deployment.Manner;
import io.github.dbops.migration.Deployment.Step;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.MigrationFailure.Left;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.testing.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prisma's lock, and the locks of others in a migration's way. */
@Timeout(120)
class PrismaLockPgTest {

    @TempDir
    private Path folder;

    private PrismaFixture fixture;

    @BeforeEach
    void situation() {
        fixture = new PrismaFixture(TestServers.newest(), folder, "CREATE TABLE t (i int)");
        fixture.schema("app");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void waitUntilSaid(Predicate<String> line) {
        // A copy: the deploy goes on saying things.
        while (List.copyOf(fixture.said).stream().noneMatch(line)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void secondOfTwoDeploysWaitsAndFindsNothingToDo() {
        fixture.migration("1", "CREATE TABLE a ();");
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Deployment> first = CompletableFuture.supplyAsync(() -> fixture.deploy(history -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        CompletableFuture<Deployment> second = CompletableFuture.supplyAsync(fixture::deploy);
        waitUntilSaid(line -> line.startsWith("Another run of Prisma or dbops holds the lock"));
        go.countDown();
        assertThat(first.join().steps().size() + second.join().steps().size()).isEqualTo(1);
        assertThat(fixture.column("SELECT count(*) FROM app._prisma_migrations"))
                .containsExactly("1");
    }

    @Test
    void patienceEndsAndTheHolderIsNamed() throws SQLException {
        fixture.migration("1", "").settings(new EngineSettings(Duration.ofMillis(300), 1, Duration.ofMillis(400), 1));
        try (Connection prisma = fixture.database.connection()) {
            prisma.createStatement().execute("SELECT pg_advisory_lock(72707369)");
            ProblemException refused = catchThrowableOfType(ProblemException.class, fixture::deploy);
            assertThat(refused.first().code()).isEqualTo(Code.LOCK_NOT_OBTAINED);
            assertThat(refused.first().why()).startsWith("Held by PID ");
        }
        assertThat(fixture.column("SELECT to_regclass('app._prisma_migrations')::text"))
                .containsOnlyNulls();
    }

    @Test
    void lockInTheWayRollsBackAndIsTriedAgain() throws SQLException {
        fixture.migration("1", "CREATE TABLE public.u (); ALTER TABLE public.t ADD COLUMN j int;");
        try (Connection application = fixture.database.connection()) {
            application.setAutoCommit(false);
            application.createStatement().execute("SELECT * FROM t");
            CompletableFuture<Deployment> deploy = CompletableFuture.supplyAsync(fixture::deploy);
            waitUntilSaid(line ->
                    line.startsWith("1 was rolled back: a lock or another transaction is in its way. Try 2 of 3"));
            application.commit();
            Step step = deploy.join().steps().get(0);
            assertThat(step.notes())
                    .anyMatch(note -> note.matches("Tried \\d times, because locks were in its way\\."));
            assertThat(step.manner()).isEqualTo(Manner.TRANSACTION);
        }
    }

    @Test
    void lockThatStaysIsAFailureThatLeavesNothing() throws SQLException {
        fixture.migration("1", "CREATE TABLE public.u ();\nALTER TABLE public.t ADD COLUMN j int;")
                .settings(new EngineSettings(Duration.ofMillis(100), 2, Duration.ofSeconds(20), 1));
        try (Connection application = fixture.database.connection()) {
            application.setAutoCommit(false);
            application.createStatement().execute("SELECT * FROM t");
            Deployment deployment = fixture.deploy();
            assertThat(deployment.failure().orElseThrow().sqlState()).contains("55P03");
            assertThat(deployment.failure().orElseThrow().left()).isEqualTo(Left.NOTHING);
            assertThat(deployment.failure().orElseThrow().place()).contains("prisma/migrations/1/migration.sql:2");
        }
        assertThat(fixture.tables()).containsExactly("t");
    }

    @Test
    void lockTimeoutOfTheMigrationItselfWins() {
        fixture.migration(
                        "1", "SET lock_timeout = '7s'; CREATE TABLE a AS SELECT current_setting('lock_timeout') AS s;")
                .migration("2", "CREATE TABLE b AS SELECT current_setting('lock_timeout') AS s;");
        fixture.deploy();
        assertThat(fixture.column("SELECT s FROM app.a UNION ALL SELECT s FROM app.b"))
                .containsExactly("7s", "300ms");
    }

    @Test
    void concurrentlyWaitsAsLongAsItTakes() throws SQLException {
        fixture.migration("1", "CREATE INDEX CONCURRENTLY i ON public.t (i);").execution(PrismaExecution.STATEMENT);
        try (Connection application = fixture.database.connection()) {
            application.setAutoCommit(false);
            application.createStatement().execute("INSERT INTO t VALUES (1)");
            CompletableFuture<Deployment> deploy = CompletableFuture.supplyAsync(fixture::deploy);
            while (!deploy.isDone() && !waitsLongerThanItsLockTimeout()) {
                Thread.onSpinWait();
            }
            application.commit();
            assertThat(deploy.join().failure()).isEmpty();
        }
    }

    private boolean waitsLongerThanItsLockTimeout() {
        return fixture.column("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name LIKE 'dbops%'
                  AND wait_event_type = 'Lock' AND clock_timestamp() - query_start > interval '600 ms'
                """).equals(List.of("1"));
    }
}
