package io.github.dbops.mojo;

import io.github.dbops.migration.ModuleClassPath;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.DefaultDependencyResolutionRequest;
import org.apache.maven.project.DependencyResolutionException;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.eclipse.aether.graph.Dependency;

/**
 * The current module's classes and the dependencies that it runs with, resolved when they are asked for: a goal that
 * needs none of them downloads none.
 */
final class MavenClassPath implements ModuleClassPath {

    private static final Set<String> RUNTIME = Set.of("compile", "runtime");

    private final ProjectDependenciesResolver dependencies;
    private final MavenSession session;

    MavenClassPath(ProjectDependenciesResolver dependencies, MavenSession session) {
        this.dependencies = dependencies;
        this.session = session;
    }

    @Override
    public List<URL> urls() {
        MavenProject project = session.getCurrentProject();
        if (project.getFile() == null) {
            throw Problem.of(
                            Code.MIGRATIONS_NOT_FOUND,
                            "There is no class path to look for migrations in.",
                            "A location begins with classpath:, and there is no POM in "
                                    + session.getExecutionRootDirectory() + ".",
                            "Name the folder instead: -Dflyway.locations=filesystem:db/migration",
                            "or run in the directory of the module's POM.")
                    .exception();
        }
        List<URL> urls = new ArrayList<>(List.of(url(new File(project.getBuild().getOutputDirectory()))));
        runtime(project).stream().map(d -> d.getArtifact().getFile()).forEach(file -> urls.add(url(file)));
        return List.copyOf(urls);
    }

    private List<Dependency> runtime(MavenProject project) {
        DefaultDependencyResolutionRequest request =
                new DefaultDependencyResolutionRequest(project, session.getRepositorySession());
        request.setResolutionFilter((node, parents) -> node.getDependency() == null
                || RUNTIME.contains(node.getDependency().getScope()));
        try {
            return dependencies.resolve(request).getResolvedDependencies();
        } catch (DependencyResolutionException e) {
            throw Problem.of(
                            Code.MIGRATIONS_NOT_FOUND,
                            "The module's dependencies, in which migrations may be, cannot be resolved.",
                            String.valueOf(e.getMessage()),
                            "See that the module builds: mvn compile")
                    .exception(e);
        }
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("every file has a URL", e);
        }
    }
}
