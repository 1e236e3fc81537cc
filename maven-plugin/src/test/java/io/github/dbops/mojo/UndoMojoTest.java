package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.command.Backup;
import io.github.dbops.command.SyncRequest.OverwriteWords;
import io.github.dbops.command.SyncRequest.Review;
import io.github.dbops.command.undo.UndoRequest;
import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.ConnectionPolicy.Pooler;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.junit.jupiter.api.Test;

class UndoMojoTest {

    private static final Path DIRECTORY = Path.of("/shop");
    private static final Path REPORTS = Path.of("/shop/target/dbops");
    private static final String RUN = "0b8e6f0e-5a3f-4c57-9a51-6d0f4e0b7c11";
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final UndoMojo mojo = withDefaults();

    @Test
    void asksForTheLastRunsByDefault() {
        assertThat(mojo.request(DIRECTORY, REPORTS))
                .isEqualTo(new UndoRequest(
                        DIRECTORY,
                        Execution.DRY_RUN,
                        Optional.empty(),
                        new OverwriteWords(false, Optional.empty()),
                        new DatabaseSettings(
                                DatabaseRole.TARGET,
                                Optional.empty(),
                                Optional.empty(),
                                ".env.production",
                                Optional.empty(),
                                DIRECTORY),
                        new Review(Optional.empty(), false, Duration.ofHours(1)),
                        new Backup(Optional.empty(), Duration.ofHours(24)),
                        ConnectionPolicy.DEFAULT,
                        List.of(),
                        REPORTS));
    }

    @Test
    void passesOnEverythingThatWasSaid() {
        mojo.run = RUN.toUpperCase(Locale.ROOT);
        mojo.apply = "true";
        mojo.allowProtectedOverwrite = "true";
        mojo.confirmOverwrite = "I_UNDERSTAND_PROD_OVERWRITE";
        mojo.toUrl = "postgresql://deploy@prod/shop";
        mojo.toEnv = ".env.live";
        mojo.toServer = "production";
        mojo.expectDigest = DIGEST;
        mojo.reviewMaxAge = "15m";
        mojo.backupCheck = "backups/latest.dump";
        mojo.backupMaxAge = "6h";
        mojo.lockTimeout = "30s";
        mojo.connectAttempts = "1";
        mojo.connectWithin = "10s";
        mojo.pooler = "session";
        mojo.allowSideEffects = "AuditLog, shop.Outbox";

        assertThat(mojo.request(DIRECTORY, REPORTS))
                .isEqualTo(new UndoRequest(
                        DIRECTORY,
                        Execution.APPLY,
                        Optional.of(RUN),
                        new OverwriteWords(true, Optional.of("I_UNDERSTAND_PROD_OVERWRITE")),
                        new DatabaseSettings(
                                DatabaseRole.TARGET,
                                Optional.of("postgresql://deploy@prod/shop"),
                                Optional.of(".env.live"),
                                ".env.production",
                                Optional.of("production"),
                                DIRECTORY),
                        new Review(Optional.of(new Digest(DIGEST)), false, Duration.ofMinutes(15)),
                        new Backup(Optional.of("backups/latest.dump"), Duration.ofHours(6)),
                        new ConnectionPolicy(Duration.ofSeconds(30), 1, Duration.ofSeconds(10), Pooler.SESSION),
                        List.of("AuditLog", "shop.Outbox"),
                        REPORTS));
    }

    @Test
    void listsEveryBadSettingTogetherAndSpeaksOfItsOwnGoal() {
        mojo.dryRun = "true";
        mojo.apply = "true";
        mojo.run = "last";
        mojo.expectDigest = "abc";

        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> mojo.request(DIRECTORY, REPORTS));
        assertThat(refusal.problems())
                .extracting(Problem::code)
                .containsExactly(Code.DRY_RUN_AND_APPLY, Code.SETTING_INVALID, Code.SETTING_INVALID);
        assertThat(refusal.problems().toString())
                .contains("mvn dbops:undo -Dapply", "undo-report.json")
                .doesNotContain("dbops:sync");
    }

    /** As Maven fills it in when nothing is given. */
    private static UndoMojo withDefaults() {
        UndoMojo mojo = new UndoMojo(Shop.unneeded(SettingsDecrypter.class), Shop.unneeded(RepositorySystem.class));
        mojo.dryRun = "false";
        mojo.apply = "false";
        mojo.allowProtectedOverwrite = "false";
        mojo.review = "require";
        mojo.reviewMaxAge = "PT1H";
        mojo.backupMaxAge = "PT24H";
        mojo.lockTimeout = "PT5S";
        mojo.connectAttempts = "5";
        mojo.connectWithin = "PT2M";
        mojo.pooler = "detect";
        return mojo;
    }
}
