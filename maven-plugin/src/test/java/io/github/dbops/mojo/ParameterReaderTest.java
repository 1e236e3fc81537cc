package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.command.migrate.StatusRequest.FailOn;
import io.github.dbops.migration.EngineName;
import io.github.dbops.postgres.ConnectionPolicy.Pooler;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterReaderTest {

    private final ParameterReader read = new ParameterReader();

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "30s,   PT30S",
        "30 s,  PT30S",
        "5m,    PT5M",
        "1h,    PT1H",
        "2d,    PT48H",
        "PT5S,  PT5S",
        "pt1h30m, PT1H30M",
        "P1D,   PT24H"
    })
    void readsBriefAndIsoDurations(String given, Duration expected) {
        assertThat(read.duration("dbops.lockTimeout", given)).isEqualTo(expected);
        assertThatNoException().isThrownBy(read::complain);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "5", "5 seconds", "-5s", "PT-5S", "0s", "PT0S", "1w", "5S", "99999999999s"})
    void refusesWhatIsNoDurationAboveZero(@Nullable String given) {
        read.duration("dbops.lockTimeout", given);

        assertThat(complaint()).extracting(Problem::code).isEqualTo(Code.SETTING_INVALID);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void readsFlags(String given, boolean expected) {
        assertThat(read.flag("dbops.audit", given)).isEqualTo(expected);
        assertThatNoException().isThrownBy(read::complain);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "yes", "1", "TRUE", "on"})
    void refusesFlagsThatMavenWouldTakeForFalse(@Nullable String given) {
        read.flag("dbops.audit", given);

        assertThat(complaint().what()).contains("dbops.audit");
    }

    @Test
    void looksOnlyUnlessApplyIsSaid() {
        assertThat(read.execution("false", "false", "sync")).isEqualTo(Execution.DRY_RUN);
        assertThat(read.execution("true", "false", "sync")).isEqualTo(Execution.DRY_RUN);
        assertThat(read.execution("false", "true", "sync")).isEqualTo(Execution.APPLY);
        assertThatNoException().isThrownBy(read::complain);
    }

    @Test
    void refusesDryRunTogetherWithApply() {
        assertThat(read.execution("true", "true", "sync")).isEqualTo(Execution.DRY_RUN);

        assertThat(complaint().code()).isEqualTo(Code.DRY_RUN_AND_APPLY);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 5", "1000, 1000"})
    void readsCounts(String given, int expected) {
        assertThat(read.count("dbops.connectAttempts", given)).isEqualTo(expected);
        assertThatNoException().isThrownBy(read::complain);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0", "-1", "1001", "five", "99999999999", "1.5"})
    void refusesWhatIsNoCount(@Nullable String given) {
        read.count("dbops.connectAttempts", given);

        assertThat(complaint().why()).contains("from 1 to 1000");
    }

    @Test
    void readsWordsOfAnEnum() {
        assertThat(read.word("dbops.pooler", "session", Pooler.class)).isEqualTo(Pooler.SESSION);
        assertThatNoException().isThrownBy(read::complain);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "SESSION", "sesion"})
    void namesTheWordsThatItKnows(@Nullable String given) {
        read.word("dbops.pooler", given, Pooler.class);

        assertThat(complaint().why()).contains("detect or session");
    }

    @Test
    void takesTheWordForNoneOfThem() {
        assertThat(read.word("dbops.engine", "auto", "auto", EngineName.class)).isEmpty();
        assertThat(read.word("dbops.engine", "flyway", "auto", EngineName.class))
                .contains(EngineName.FLYWAY);
        assertThatNoException().isThrownBy(read::complain);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Flyway", "liquibase"})
    void namesTheWordForNoneAmongThoseThatItKnows(@Nullable String given) {
        read.word("dbops.engine", given, "auto", EngineName.class);

        assertThat(complaint().why()).contains("auto or prisma or flyway");
    }

    @Test
    void readsSeveralWordsOrTheOneThatSaysNone() {
        assertThat(read.words("dbops.failOn", "failed, pending", "none", FailOn.class))
                .containsExactly(FailOn.FAILED, FailOn.PENDING);
        assertThat(read.words("dbops.failOn", "none", "none", FailOn.class)).isEmpty();
        assertThatNoException().isThrownBy(read::complain);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "failed,", "none,failed", "FAILED", "applied"})
    void refusesAnyWordThatIsNotKnown(@Nullable String given) {
        read.words("dbops.failOn", given, "none", FailOn.class);

        assertThat(complaint().why())
                .contains("failed, modified, missing, pending")
                .contains("or none alone");
    }

    @Test
    void readsNamesInTheirOrder() {
        assertThat(read.names("applied", "2_b, 1_a")).containsExactly("2_b", "1_a");
        assertThat(read.names("applied", null)).isEmpty();
        assertThat(read.names("applied", "")).isEmpty();
        assertThatNoException().isThrownBy(read::complain);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", ",", "1_a,", "1_a,,2_b", "1_a, 1_a"})
    void refusesNamesThatAreBlankOrSaidTwice(String given) {
        read.names("applied", given);

        assertThat(complaint().why()).contains("none blank and none twice");
    }

    @Test
    void readsAWholeDigest() {
        String hex = "0123456789abcdef".repeat(4);

        assertThat(read.digest("dbops.expectDigest", hex, "sync-report.json"))
                .hasValueSatisfying(digest -> assertThat(digest.hex()).isEqualTo(hex));
        assertThat(read.digest("dbops.expectDigest", null, "sync-report.json")).isEmpty();
        assertThatNoException().isThrownBy(read::complain);
    }

    @Test
    void refusesTheTwelveDigitsThatAreForPeople() {
        assertThat(read.digest("dbops.expectDigest", "0123456789ab", "migrate-deploy-report.json"))
                .isEmpty();

        Problem complaint = complaint();
        assertThat(complaint.why()).contains("64").contains("0123456789ab");
        assertThat(complaint.next().get(0)).contains("migrate-deploy-report.json");
    }

    @Test
    void showsEverythingThatIsWrongAtOnce() {
        read.flag("dbops.audit", "yes");
        read.duration("dbops.lockTimeout", "soon");
        read.count("dbops.connectAttempts", "many");

        ProblemException refused = catchThrowableOfType(ProblemException.class, read::complain);

        assertThat(refused.problems())
                .extracting(Problem::what)
                .containsExactly(
                        "The setting dbops.audit is not usable.",
                        "The setting dbops.lockTimeout is not usable.",
                        "The setting dbops.connectAttempts is not usable.");
        assertThat(refused.problems())
                .extracting(Problem::state)
                .containsOnly("Nothing was connected to; nothing was changed.");
    }

    private Problem complaint() {
        return catchThrowableOfType(ProblemException.class, read::complain).first();
    }
}
