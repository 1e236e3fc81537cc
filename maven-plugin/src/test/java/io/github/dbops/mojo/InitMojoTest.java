package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.command.InitRequest;
import io.github.dbops.command.InitRequest.Consulting;
import io.github.dbops.command.InitRequest.Existing;
import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.ConnectionPolicy.Pooler;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Execution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InitMojoTest {

    private static final Path DIRECTORY = Path.of("/shop");
    private static final Path REPORTS = Path.of("/shop/target/dbops");

    private final InitMojo mojo = withDefaults();

    @Test
    void writesThePlanOfTheUsualDatabasesByDefault() {
        assertThat(mojo.request(DIRECTORY, REPORTS))
                .isEqualTo(new InitRequest(
                        DIRECTORY,
                        Execution.APPLY,
                        Optional.empty(),
                        Existing.KEEP,
                        settings(DatabaseRole.SOURCE, null, null, ".env", null),
                        settings(DatabaseRole.TARGET, null, null, ".env.production", null),
                        Consulting.AUTO,
                        200_000,
                        ConnectionPolicy.DEFAULT,
                        REPORTS));
    }

    @Test
    void passesOnEverythingThatWasSaid() {
        mojo.plan = "plans/catalog.json";
        mojo.dryRun = "true";
        mojo.replacePlan = "true";
        mojo.target = "never";
        mojo.mostRows = "0";
        mojo.fromUrl = "postgresql://reader@staging/shop";
        mojo.fromEnv = ".env.staging";
        mojo.fromServer = "staging";
        mojo.toUrl = "postgresql://deploy@prod/shop";
        mojo.toEnv = ".env.live";
        mojo.toServer = "production";
        mojo.lockTimeout = "30s";
        mojo.connectAttempts = "1";
        mojo.connectWithin = "10s";
        mojo.pooler = "session";

        assertThat(mojo.request(DIRECTORY, REPORTS))
                .isEqualTo(new InitRequest(
                        DIRECTORY,
                        Execution.DRY_RUN,
                        Optional.of("plans/catalog.json"),
                        Existing.REPLACE,
                        settings(
                                DatabaseRole.SOURCE,
                                "postgresql://reader@staging/shop",
                                ".env.staging",
                                ".env",
                                "staging"),
                        settings(
                                DatabaseRole.TARGET,
                                "postgresql://deploy@prod/shop",
                                ".env.live",
                                ".env.production",
                                "production"),
                        Consulting.NEVER,
                        0,
                        new ConnectionPolicy(Duration.ofSeconds(30), 1, Duration.ofSeconds(10), Pooler.SESSION),
                        REPORTS));
    }

    @Test
    void listsEveryBadSettingTogether() {
        mojo.dryRun = "yes";
        mojo.replacePlan = "";
        mojo.target = "maybe";
        mojo.mostRows = "-1";

        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> mojo.request(DIRECTORY, REPORTS));
        assertThat(refusal.problems())
                .extracting(Problem::what)
                .containsExactly(
                        "The setting dryRun is not usable.",
                        "The setting dbops.replacePlan is not usable.",
                        "The setting dbops.init.target is not usable.",
                        "The setting dbops.init.mostRows is not usable.");
    }

    private static DatabaseSettings settings(
            DatabaseRole role, @Nullable String url, @Nullable String file, String fallback, @Nullable String server) {
        return new DatabaseSettings(
                role,
                Optional.ofNullable(url),
                Optional.ofNullable(file),
                fallback,
                Optional.ofNullable(server),
                DIRECTORY);
    }

    /** As Maven fills it in when nothing is given. */
    private static InitMojo withDefaults() {
        InitMojo mojo = new InitMojo(Shop.unneeded(SettingsDecrypter.class), Shop.unneeded(RepositorySystem.class));
        mojo.dryRun = "false";
        mojo.replacePlan = "false";
        mojo.target = "auto";
        mojo.mostRows = "200000";
        mojo.lockTimeout = "PT5S";
        mojo.connectAttempts = "5";
        mojo.connectWithin = "PT2M";
        mojo.pooler = "detect";
        return mojo;
    }
}
