package io.github.dbops.migration.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.prisma.Replay.Difference;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the real Prisma CLI did in every recorded scenario, dbops does too: the rows of the history, the table itself,
 * what else is in the database, success or failure, and Prisma's code.
 */
class RecordedPrismaPgTest {

    @TempDir
    private Path folder;

    private static Stream<Arguments> everyScenarioOnEveryServer() {
        return TestServers.all().stream()
                .flatMap(server -> RecordedScenario.all().stream().map(scenario -> Arguments.of(scenario, server)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("everyScenarioOnEveryServer")
    void doesWhatPrismaDid(RecordedScenario scenario, TestServer server) throws Exception {
        try (TestDatabase database = server.createDatabase();
                Replay replay = new Replay(scenario, database, folder)) {
            List<Difference> differences = replay.run(DeliberateDifferences.until(scenario));

            assertThat(differences.stream().map(Difference::place).sorted())
                    .as("%s", differences)
                    .isEqualTo(DeliberateDifferences.places(scenario));
        }
    }

    @Test
    void everyDeliberateDifferenceIsOfARecordedScenario() {
        assertThat(RecordedScenario.all())
                .extracting(RecordedScenario::name)
                .hasSizeGreaterThan(70)
                .containsAll(DeliberateDifferences.all().stream()
                        .map(DeliberateDifferences.Deliberate::scenario)
                        .toList());
    }
}
