package io.github.dbops.mojo;

import java.io.File;
import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** A build in {@code /shop}, as far as stating a request looks at it. */
final class Shop {

    private Shop() {}

    /** A session of one project. */
    @SuppressWarnings("deprecation") // Maven 3 offers tests no other constructor.
    static MavenSession session(MavenProject project) {
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        request.setBaseDirectory(new File("/shop"));
        MavenSession session = new MavenSession(null, null, request, new DefaultMavenExecutionResult());
        session.setProjects(List.of(project));
        return session;
    }

    /** A component that must not be used. */
    static <T> T unneeded(Class<T> component) {
        return component.cast(Proxy.newProxyInstance(
                component.getClassLoader(), new Class<?>[] {component}, (proxy, method, arguments) -> {
                    throw new AssertionError("stating a request needs no " + component.getSimpleName());
                }));
    }

    /** As Maven fills it in when nothing is given. */
    static <M extends MigratingMojo> M withDefaults(M mojo) {
        mojo.session = session(new MavenProject());
        mojo.engine = "auto";
        mojo.prismaExecution = "auto";
        mojo.lockAttempts = "10";
        mojo.waitForLock = "PT5M";
        mojo.lockTimeout = "PT5S";
        mojo.connectAttempts = "5";
        mojo.connectWithin = "PT2M";
        mojo.pooler = "detect";
        return mojo;
    }
}
