package io.github.dbops.migration.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.Deployment;
import io.github.dbops.migration.Deployment.Step;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.MigrationFailure.Left;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.problem.Code;
import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.ChaosProxy.Cut;
import io.github.dbops.testing.TestServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing runs twice, and what cannot be told is said. */
@Timeout(120)
class PrismaLostConnectionPgTest {

    @TempDir
    private Path folder;

    private PrismaFixture fixture;
    private ChaosProxy proxy;

    @BeforeEach
    void situation() {
        fixture = new PrismaFixture(TestServers.newest(), folder);
        proxy = new ChaosProxy(fixture.database.url());
        fixture.url(proxy.url());
    }

    @AfterEach
    void close() {
        proxy.close();
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "BEFORE_FORWARDING, pg_try_advisory_lock",
        "AFTER_FORWARDING, pg_try_advisory_lock",
        "BEFORE_FORWARDING, CREATE TABLE \"public\"",
        "AFTER_ANSWER, CREATE TABLE \"public\"",
        "BEFORE_FORWARDING, COMMIT",
        "AFTER_ANSWER, COMMIT",
        "BEFORE_FORWARDING, INSERT INTO \"public\"",
        "AFTER_FORWARDING, INSERT INTO \"public\"",
        "AFTER_ANSWER, INSERT INTO \"public\"",
        "BEFORE_FORWARDING, SET LOCAL dbops.migration",
        "AFTER_ANSWER, SET LOCAL dbops.migration",
        "BEFORE_FORWARDING, CREATE TABLE once",
        "AFTER_FORWARDING, CREATE TABLE once",
        "AFTER_ANSWER, CREATE TABLE once",
        "BEFORE_FORWARDING, applied_steps_count = applied_steps_count + 1",
        "AFTER_FORWARDING, applied_steps_count = applied_steps_count + 1",
        "AFTER_ANSWER, applied_steps_count = applied_steps_count + 1"
    })
    void fileIsDoneOnceWhereverTheConnectionBreaks(Cut cut, String message) {
        fixture.migration("1", "CREATE TABLE once ();\nSELECT pg_sleep(0.1);").migration("2", "CREATE TABLE two ();");
        proxy.cutAt(cut, message);
        Deployment deployment = fixture.deploy();
        assertThat(proxy.ordersWaiting()).isZero();
        assertThat(deployment.failure()).isEmpty();
        assertThat(deployment.steps()).extracting(Step::migration).containsExactly("1", "2");
        assertThat(fixture.rows()).containsExactly("1 finished 1", "2 finished 1");
        assertThat(fixture.tables()).containsExactly("_prisma_migrations", "once", "two");
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void statementSentByItselfIsNeverSentAgain(Cut cut) {
        fixture.database.execute("CREATE SCHEMA s; CREATE TABLE s.t (i int)");
        fixture.migration(
                "1", "-- dbops:execution statement\nCREATE TABLE s.a ();\nCREATE INDEX CONCURRENTLY i ON s.t (i);");
        proxy.cutAt(cut, "CREATE INDEX CONCURRENTLY");
        Deployment deployment = fixture.deploy();
        MigrationFailure failure = deployment.failure().orElseThrow();
        assertThat(failure.left()).isEqualTo(Left.UNKNOWN);
        assertThat(failure.problem().code()).isEqualTo(Code.MIGRATION_OUTCOME_UNKNOWN);
        assertThat(failure.problem().state()).startsWith("The first 1 of its 2 statements are committed");
        assertThat(failure.problem().next())
                .contains(
                        "If all of it is there: mvn dbops:resolve -Dapplied=1",
                        "If nothing of it is there, or you have undone it: mvn dbops:resolve -DrolledBack=1");
        assertThat(fixture.rows()).containsExactly("1 unfinished 0");
        assertThat(fixture.status("1").state()).isEqualTo(MigrationState.FAILED);
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void rowOfStatementsThatWereAllAnsweredIsCompleted(Cut cut) {
        fixture.migration("1", "-- dbops:execution statement\nCREATE TABLE a ();");
        proxy.cutAt(cut, "applied_steps_count = applied_steps_count + 1");
        Deployment deployment = fixture.deploy();
        assertThat(deployment.failure()).isEmpty();
        assertThat(fixture.rows()).containsExactly("1 finished 1");
    }

    @Test
    void connectionThatBreaksEveryTimeIsGivenUp() {
        fixture.migration("1", "CREATE TABLE once ();");
        for (int i = 0; i < PrismaFixture.SETTINGS.connectAttempts(); i++) {
            proxy.cutAt(Cut.BEFORE_FORWARDING, "CREATE TABLE once");
        }
        MigrationFailure failure = fixture.deploy().failure().orElseThrow();
        assertThat(failure.problem().code()).isEqualTo(Code.MIGRATION_OUTCOME_UNKNOWN);
        assertThat(failure.problem().state()).contains("It ran in one transaction");
        assertThat(fixture.tables()).isEqualTo(List.of("_prisma_migrations"));
    }

    @Test
    void reviewMayBeAskedAgainAndEndsIt() {
        fixture.migration("1", "CREATE TABLE once ();");
        int[] asked = {0};
        proxy.cutAt(Cut.BEFORE_FORWARDING, "CREATE TABLE \"public\"");
        fixture.deploy(history -> asked[0]++);
        assertThat(asked[0]).isEqualTo(2);
    }
}
