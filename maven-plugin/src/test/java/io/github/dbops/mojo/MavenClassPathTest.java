package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.ProblemException;
import java.io.File;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.project.DependencyResolutionException;
import org.apache.maven.project.DependencyResolutionRequest;
import org.apache.maven.project.DependencyResolutionResult;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.DefaultDependencyNode;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyFilter;
import org.eclipse.aether.graph.DependencyNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MavenClassPathTest {

    @Test
    void refusesWhereThereIsNoPomWithoutResolvingAnything() {
        MavenClassPath classPath =
                new MavenClassPath(Shop.unneeded(ProjectDependenciesResolver.class), Shop.session(new MavenProject()));

        ProblemException refused = catchThrowableOfType(ProblemException.class, classPath::urls);

        assertThat(refused.first().code()).isEqualTo(Code.MIGRATIONS_NOT_FOUND);
        assertThat(refused.first().why()).contains("/shop");
    }

    @Test
    void givesTheModulesClassesAndWhatItRunsWith() {
        MavenClassPath classPath = new MavenClassPath(
                request -> new Resolved(List.of(dependency("money", "compile"), dependency("junit", "test")), request),
                session());

        assertThat(classPath.urls())
                .extracting(Object::toString)
                .containsExactly("file:/shop/target/classes", "file:/repository/money.jar");
    }

    @Test
    void tellsWhatMavenSaysOfDependenciesThatCannotBeResolved() {
        MavenClassPath classPath = new MavenClassPath(
                request -> {
                    throw new DependencyResolutionException(
                            new Resolved(List.of(), request), "money:1 is nowhere", new IllegalStateException("404"));
                },
                session());

        ProblemException refused = catchThrowableOfType(ProblemException.class, classPath::urls);

        assertThat(refused.first().why()).contains("money:1 is nowhere");
    }

    private static Dependency dependency(String name, String scope) {
        return new Dependency(
                new DefaultArtifact("shop", name, "jar", "1").setFile(new File("/repository/" + name + ".jar")), scope);
    }

    private static MavenSession session() {
        MavenProject project = new MavenProject();
        project.setFile(new File("/shop/pom.xml"));
        project.setBuild(new Build());
        project.getBuild().setOutputDirectory("/shop/target/classes");
        return Shop.session(project);
    }

    /** What Maven makes of a request: the dependencies that its filter lets through. */
    private record Resolved(List<Dependency> all, DependencyResolutionRequest request)
            implements DependencyResolutionResult {

        @Override
        public List<Dependency> getResolvedDependencies() {
            DependencyFilter filter = request.getResolutionFilter();
            return all.stream()
                    .filter(d -> filter.accept(new DefaultDependencyNode(d), List.of()))
                    .toList();
        }

        @Override
        public List<Dependency> getDependencies() {
            return all;
        }

        @Override
        public List<Dependency> getUnresolvedDependencies() {
            return List.of();
        }

        @Override
        public List<Exception> getCollectionErrors() {
            return List.of();
        }

        @Override
        public List<Exception> getResolutionErrors(Dependency dependency) {
            return List.of();
        }

        @Override
        public @Nullable DependencyNode getDependencyGraph() {
            return null;
        }
    }
}
