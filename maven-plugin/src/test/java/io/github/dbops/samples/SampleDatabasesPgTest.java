package io.github.dbops.samples;

import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Published sample databases go from full to empty, and from full to a half-changed copy; spec section 5. */
@Timeout(180)
class SampleDatabasesPgTest {

    private static final SampleDatabases DATABASES = new SampleDatabases();

    /** Every sample, from the oldest server to the newest and back. */
    static Stream<Arguments> journeys() {
        return Sample.all().stream()
                .flatMap(sample -> Stream.of(
                        Arguments.of(sample, TestServers.oldest(), TestServers.newest()),
                        Arguments.of(sample, TestServers.newest(), TestServers.oldest())));
    }

    /** Every sample, from the oldest server to the newest. */
    static List<Arguments> upwards() {
        return Sample.all().stream()
                .map(sample -> Arguments.of(sample, TestServers.oldest(), TestServers.newest()))
                .toList();
    }

    @AfterAll
    static void close() {
        DATABASES.close();
    }

    @ParameterizedTest
    @MethodSource("journeys")
    void fullGoesToEmpty(Sample sample, TestServer from, TestServer to) {
        try (SampleSync sync =
                new SampleSync(DATABASES.full(from, sample), DATABASES.empty(to, sample), sample.plan())) {
            sync.carriesEverything();
        }
    }

    @ParameterizedTest
    @MethodSource("journeys")
    void fullGoesToHalfChangedUnderOtherIds(Sample sample, TestServer from, TestServer to) {
        try (SampleSync sync =
                new SampleSync(DATABASES.full(from, sample), DATABASES.halfChanged(to, sample), sample.plan())) {
            sync.carriesEverything();
        }
    }

    @ParameterizedTest
    @MethodSource("upwards")
    void fullGoesToEmptyWithItsIds(Sample sample, TestServer from, TestServer to) {
        String plan = new SamplePlan(sample.plan()).keepingIds();
        try (SampleSync sync = new SampleSync(DATABASES.full(from, sample), DATABASES.empty(to, sample), plan)) {
            sync.carriesEverything();
        }
    }

    @ParameterizedTest
    @MethodSource("upwards")
    void fullGoesToHalfChangedUnderTheSameIds(Sample sample, TestServer from, TestServer to) {
        String plan = new SamplePlan(sample.plan()).keepingIds();
        try (SampleSync sync =
                new SampleSync(DATABASES.full(from, sample), DATABASES.halfChangedUnderOldIds(to, sample), plan)) {
            sync.carriesEverything();
        }
    }

    @ParameterizedTest
    @MethodSource("upwards")
    void aPlanThatSkipsEveryTableRuns(Sample sample, TestServer from, TestServer to) {
        String plan = sample.plan().replace("\"upsert\"", "\"skip\"");
        try (SampleSync sync = new SampleSync(DATABASES.full(from, sample), DATABASES.full(to, sample), plan)) {
            sync.runs();
        }
    }
}
