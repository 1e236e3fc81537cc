package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.command.Backup;
import io.github.dbops.command.migrate.DeployRequest;
import io.github.dbops.command.migrate.MigrateRequest;
import io.github.dbops.command.migrate.ResolveRequest;
import io.github.dbops.command.migrate.StatusRequest;
import io.github.dbops.command.migrate.StatusRequest.FailOn;
import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.migration.EngineName;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.migration.Resolution.Action;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.junit.jupiter.api.Test;

class MigrateMojosTest {

    private static final Path DIRECTORY = Path.of("/shop");
    private static final Path REPORTS = Path.of("/shop/target/dbops");
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final MigrateRequest USUAL = new MigrateRequest(
            DIRECTORY,
            Optional.empty(),
            Optional.empty(),
            PrismaExecution.AUTO,
            Map.of(),
            new DatabaseSettings(
                    DatabaseRole.ONLY,
                    Optional.empty(),
                    Optional.empty(),
                    ".env.production",
                    Optional.empty(),
                    DIRECTORY),
            ConnectionPolicy.DEFAULT,
            new EngineSettings(Duration.ofSeconds(5), 10, Duration.ofMinutes(5), 5),
            REPORTS);

    private final MigrateStatusMojo status = status();
    private final MigrateDeployMojo deploy = deploy();
    private final ResolveMojo resolve = resolve();

    @Test
    void asksForTheUsualStatusByDefault() {
        assertThat(status.request(DIRECTORY, REPORTS))
                .isEqualTo(new StatusRequest(USUAL, Set.of(FailOn.FAILED, FailOn.MODIFIED, FailOn.MISSING)));
    }

    @Test
    void deploysByDefault() {
        assertThat(deploy.request(DIRECTORY, REPORTS))
                .isEqualTo(new DeployRequest(
                        USUAL,
                        Execution.APPLY,
                        Optional.empty(),
                        new Backup(Optional.empty(), Duration.ofHours(24)),
                        false));
    }

    @Test
    void passesOnEverythingThatWasSaidOfADeploy() {
        deploy.session.getUserProperties().setProperty("flyway.table", "history");
        deploy.dryRun = "true";
        deploy.expectDigest = DIGEST;
        deploy.backupCheck = "backups/latest.dump";
        deploy.backupMaxAge = "6h";
        deploy.createDatabase = "true";
        deploy.envFile = ".env.live";
        deploy.url = "postgresql://deploy@prod/shop";
        deploy.server = "production";
        deploy.engine = "flyway";
        deploy.migrations = "db/prod";
        deploy.prismaExecution = "statement";
        deploy.lockAttempts = "3";
        deploy.waitForLock = "30s";
        deploy.lockTimeout = "2s";
        deploy.connectAttempts = "1";
        deploy.connectWithin = "10s";
        deploy.pooler = "session";

        assertThat(deploy.request(DIRECTORY, REPORTS))
                .isEqualTo(new DeployRequest(
                        new MigrateRequest(
                                DIRECTORY,
                                Optional.of(EngineName.FLYWAY),
                                Optional.of("db/prod"),
                                PrismaExecution.STATEMENT,
                                Map.of("flyway.table", "history"),
                                new DatabaseSettings(
                                        DatabaseRole.ONLY,
                                        Optional.of("postgresql://deploy@prod/shop"),
                                        Optional.of(".env.live"),
                                        ".env.production",
                                        Optional.of("production"),
                                        DIRECTORY),
                                new ConnectionPolicy(Duration.ofSeconds(2), 1, Duration.ofSeconds(10), Pooler.SESSION),
                                new EngineSettings(Duration.ofSeconds(2), 3, Duration.ofSeconds(30), 1),
                                REPORTS),
                        Execution.DRY_RUN,
                        Optional.of(new Digest(DIGEST)),
                        new Backup(Optional.of("backups/latest.dump"), Duration.ofHours(6)),
                        true));
    }

    @Test
    void listsEveryBadSettingTogether() {
        status.failOn = "everything";
        status.engine = "liquibase";
        status.waitForLock = "soon";

        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> status.request(DIRECTORY, REPORTS));

        assertThat(refused.problems())
                .extracting(Problem::what)
                .containsExactlyInAnyOrder(
                        "The setting dbops.failOn is not usable.",
                        "The setting dbops.engine is not usable.",
                        "The setting dbops.waitForLock is not usable.");
    }

    @Test
    void asksToRecordMigrationsAsApplied() {
        resolve.applied = "1_a,2_b";

        assertThat(resolve.request(DIRECTORY, REPORTS))
                .isEqualTo(new ResolveRequest(USUAL, Execution.APPLY, Action.APPLIED, List.of("1_a", "2_b")));
    }

    @Test
    void asksToShowWhatMarkingAsRolledBackWouldDo() {
        resolve.rolledBack = "1_a";
        resolve.dryRun = "true";

        assertThat(resolve.request(DIRECTORY, REPORTS))
                .isEqualTo(new ResolveRequest(USUAL, Execution.DRY_RUN, Action.ROLLED_BACK, List.of("1_a")));
    }

    @Test
    void refusesToResolveNothing() {
        Problem refusal = refusalToResolve();

        assertThat(refusal.code()).isEqualTo(Code.SETTING_INVALID);
        assertThat(refusal.what()).isEqualTo("Neither applied nor rolledBack is set.");
        assertThat(refusal.next())
                .anyMatch(step -> step.contains("mvn dbops:resolve -Dapplied="))
                .anyMatch(step -> step.contains("mvn dbops:resolve -DrolledBack="));
    }

    @Test
    void refusesToResolveBothWaysAtOnce() {
        resolve.applied = "1_a";
        resolve.rolledBack = "2_b";

        assertThat(refusalToResolve().what()).isEqualTo("Both applied and rolledBack are set.");
    }

    private Problem refusalToResolve() {
        return catchThrowableOfType(ProblemException.class, () -> resolve.request(DIRECTORY, REPORTS))
                .first();
    }

    private static MigrateStatusMojo status() {
        MigrateStatusMojo mojo = Shop.withDefaults(new MigrateStatusMojo(
                Shop.unneeded(SettingsDecrypter.class),
                Shop.unneeded(RepositorySystem.class),
                Shop.unneeded(ProjectDependenciesResolver.class)));
        mojo.failOn = "failed,modified,missing";
        return mojo;
    }

    private static MigrateDeployMojo deploy() {
        MigrateDeployMojo mojo = Shop.withDefaults(new MigrateDeployMojo(
                Shop.unneeded(SettingsDecrypter.class),
                Shop.unneeded(RepositorySystem.class),
                Shop.unneeded(ProjectDependenciesResolver.class)));
        mojo.dryRun = "false";
        mojo.backupMaxAge = "PT24H";
        mojo.createDatabase = "false";
        return mojo;
    }

    private static ResolveMojo resolve() {
        ResolveMojo mojo = Shop.withDefaults(new ResolveMojo(
                Shop.unneeded(SettingsDecrypter.class),
                Shop.unneeded(RepositorySystem.class),
                Shop.unneeded(ProjectDependenciesResolver.class)));
        mojo.dryRun = "false";
        return mojo;
    }
}
