package io.github.dbops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.ChaosProxy.Cut;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class AdvisoryLockPgTest {

    @PostgresTest
    void asksOnceWithoutPatience(TestServer server) {
        Connector connector = new Connector(ConnectionPolicy.DEFAULT, "test", line -> {});
        try (TestDatabase database = server.createDatabase();
                Session holder = connector.open(database.url());
                Session other = connector.open(database.url())) {
            AdvisoryLock.PRISMA.acquire(holder, Duration.ZERO, line -> {});
            List<String> told = new ArrayList<>();

            ProblemException refused = catchThrowableOfType(
                    ProblemException.class, () -> AdvisoryLock.PRISMA.acquire(other, Duration.ZERO, told::add));

            assertThat(refused.first().code()).isEqualTo(Code.LOCK_NOT_OBTAINED);
            assertThat(told).hasSize(1);
            AdvisoryLock.PRISMA.release(holder);
            AdvisoryLock.PRISMA.acquire(other, Duration.ZERO, line -> {});
        }
    }

    @PostgresTest
    void givesUpAtOnceWhenTheSessionIsLost(TestServer server) {
        Connector connector = new Connector(ConnectionPolicy.DEFAULT, "test", line -> {});
        try (TestDatabase database = server.createDatabase();
                ChaosProxy proxy = new ChaosProxy(database.url());
                Session session = connector.open(proxy.url())) {
            proxy.cutAt(Cut.BEFORE_FORWARDING, "pg_try_advisory_lock");

            SqlFailure lost = assertTimeoutPreemptively(
                    Duration.ofMinutes(1),
                    () -> catchThrowableOfType(
                            SqlFailure.class,
                            () -> AdvisoryLock.PRISMA.acquire(session, Duration.ofMinutes(10), line -> {})));

            assertThat(lost.state().isConnectionFailure()).isTrue();
        }
    }
}
