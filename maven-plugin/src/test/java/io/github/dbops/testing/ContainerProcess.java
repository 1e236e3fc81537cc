package io.github.dbops.testing;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import io.github.dbops.env.DatabaseUrl.Host;
import io.github.dbops.env.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** PostgreSQL in a container; its data lives as long as the container does, over stops and kills. */
final class ContainerProcess implements ServerProcess {

    private final PostgreSQLContainer container;

    ContainerProcess(int majorVersion, Map<String, String> settings) {
        String image = System.getProperty("dbops.test.image", "postgres:" + majorVersion);
        List<String> command = new ArrayList<>(List.of("postgres", "-c", "track_counts=on"));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        this.container = new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
                .withCommand(command.toArray(String[]::new));
    }

    @Override
    public void start() {
        if (container.getContainerId() == null) {
            container.start();
            return;
        }
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        Wait.forListeningPort().waitUntilReady(container);
    }

    @Override
    public void stop() {
        if (isRunning()) {
            // The image's own stop signal is SIGINT, PostgreSQL's fast shutdown.
            container
                    .getDockerClient()
                    .stopContainerCmd(container.getContainerId())
                    .exec();
        }
    }

    @Override
    public void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    private boolean isRunning() {
        return Boolean.TRUE.equals(
                container.getCurrentContainerInfo().getState().getRunning());
    }

    /** Asked of the engine each time: a started container is given another port than it had before it stopped. */
    @Override
    public Host host() {
        InspectContainerResponse now = container.getCurrentContainerInfo();
        Ports.Binding[] bindings = now.getNetworkSettings()
                .getPorts()
                .getBindings()
                .get(ExposedPort.tcp(PostgreSQLContainer.POSTGRESQL_PORT));
        if (bindings == null || bindings.length == 0) {
            throw new IllegalStateException("the container publishes no port: it is not running");
        }
        return new Host(container.getHost(), Integer.parseInt(bindings[0].getHostPortSpec()));
    }

    @Override
    public String user() {
        return container.getUsername();
    }

    @Override
    public @Nullable Secret password() {
        return Secret.of(container.getPassword());
    }

    @Override
    public void remove() {
        container.stop();
    }
}
