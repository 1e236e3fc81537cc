package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.command.Backup;
import io.github.dbops.command.SyncRequest;
import io.github.dbops.command.SyncRequest.OverwriteWords;
import io.github.dbops.command.SyncRequest.Review;
import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.ConnectionPolicy.Pooler;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Comparing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.junit.jupiter.api.Test;

class SyncMojoTest {

    private static final Path DIRECTORY = Path.of("/shop");
    private static final Path REPORTS = Path.of("/shop/target/dbops");
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final SyncMojo mojo = withDefaults();

    @Test
    void asksForADryRunOfTheUsualFilesByDefault() {
        assertThat(mojo.request(DIRECTORY, REPORTS))
                .isEqualTo(new SyncRequest(
                        DIRECTORY,
                        Execution.DRY_RUN,
                        Optional.empty(),
                        new OverwriteWords(false, Optional.empty()),
                        new DatabaseSettings(
                                DatabaseRole.SOURCE,
                                Optional.empty(),
                                Optional.empty(),
                                ".env",
                                Optional.empty(),
                                DIRECTORY),
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
                        Comparing.HASH,
                        2,
                        true,
                        REPORTS));
    }

    @Test
    void passesOnEverythingThatWasSaid() {
        mojo.apply = "true";
        mojo.plan = "plans/catalog.json";
        mojo.allowProtectedOverwrite = "true";
        mojo.confirmOverwrite = "I_UNDERSTAND_PROD_OVERWRITE";
        mojo.fromUrl = "postgresql://reader@staging/shop";
        mojo.fromEnv = ".env.staging";
        mojo.fromServer = "staging";
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
        mojo.compare = "exact";
        mojo.jobs = "4";
        mojo.audit = "false";

        SyncRequest request = mojo.request(DIRECTORY, REPORTS);

        assertThat(request)
                .isEqualTo(new SyncRequest(
                        DIRECTORY,
                        Execution.APPLY,
                        Optional.of("plans/catalog.json"),
                        new OverwriteWords(true, Optional.of("I_UNDERSTAND_PROD_OVERWRITE")),
                        new DatabaseSettings(
                                DatabaseRole.SOURCE,
                                Optional.of("postgresql://reader@staging/shop"),
                                Optional.of(".env.staging"),
                                ".env",
                                Optional.of("staging"),
                                DIRECTORY),
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
                        Comparing.EXACT,
                        4,
                        false,
                        REPORTS));
    }

    @Test
    void takesAnEmptyTextForNone() {
        mojo.plan = "";
        mojo.toUrl = " ";

        SyncRequest request = mojo.request(DIRECTORY, REPORTS);

        assertThat(request.plan()).isEmpty();
        assertThat(request.to().url()).isEmpty();
    }

    @Test
    void listsEveryBadSettingTogether() {
        mojo.dryRun = "true";
        mojo.apply = "true";
        mojo.reviewMaxAge = "soon";
        mojo.compare = "fast";

        assertThat(refusal().problems())
                .extracting(Problem::code)
                .containsExactly(Code.DRY_RUN_AND_APPLY, Code.SETTING_INVALID, Code.SETTING_INVALID);
    }

    @Test
    void refusesToSkipTheReviewThatADigestAsksFor() {
        mojo.review = "skip";
        mojo.expectDigest = DIGEST;

        assertThat(refusal().first().what()).isEqualTo("Both dbops.review=skip and dbops.expectDigest are set.");
    }

    private ProblemException refusal() {
        return catchThrowableOfType(ProblemException.class, () -> mojo.request(DIRECTORY, REPORTS));
    }

    /** As Maven fills it in when nothing is given. */
    private static SyncMojo withDefaults() {
        SyncMojo mojo = new SyncMojo(Shop.unneeded(SettingsDecrypter.class), Shop.unneeded(RepositorySystem.class));
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
        mojo.compare = "hash";
        mojo.jobs = "2";
        mojo.audit = "true";
        return mojo;
    }
}
