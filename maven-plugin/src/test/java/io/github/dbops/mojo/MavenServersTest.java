package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.env.Secret;
import io.github.dbops.env.ServerCredentials.Credentials;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.ProblemException;
import java.util.List;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.junit.jupiter.api.Test;

class MavenServersTest {

    @Test
    void knowsNothingOfAServerThatIsNotThere() {
        MavenServers servers = new MavenServers(new Settings(), request -> result(new Server()));

        assertThat(servers.find("production")).isEmpty();
    }

    @Test
    void givesTheUserAndTheDecryptedPassword() {
        MavenServers servers = new MavenServers(
                settings("production", "deploy", "{COQLCE6DU6GtcS5P=}"),
                request -> result(server("production", "deploy", "s3cret")));

        assertThat(servers.find("production")).contains(new Credentials("deploy", Secret.of("s3cret")));
    }

    @Test
    void givesNoPasswordWhereThereIsNone() {
        Settings settings = new Settings();
        Server server = new Server();
        server.setId("production");
        settings.addServer(server);

        assertThat(new MavenServers(settings, request -> result(server)).find("production"))
                .contains(new Credentials(null, null));
    }

    @Test
    void refusesAPasswordThatCannotBeDecryptedWithoutShowingIt() {
        SettingsProblem broken = new DefaultSettingsProblem(
                "no master password", SettingsProblem.Severity.ERROR, "server: production", -1, -1, null);
        MavenServers servers = new MavenServers(
                settings("production", "deploy", "{COQLCE6DU6GtcS5P=}"),
                request -> result(server("production", "deploy", "{COQLCE6DU6GtcS5P=}"), broken));

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> servers.find("production"));

        assertThat(refused.first().code()).isEqualTo(Code.SERVER_UNKNOWN);
        assertThat(refused.first().toString())
                .contains("production", "no master password")
                .doesNotContain("COQLCE6DU6GtcS5P");
    }

    private static Settings settings(String id, String user, String password) {
        Settings settings = new Settings();
        settings.addServer(server(id, user, password));
        return settings;
    }

    private static Server server(String id, String user, String password) {
        Server server = new Server();
        server.setId(id);
        server.setUsername(user);
        server.setPassword(password);
        return server;
    }

    private static SettingsDecryptionResult result(Server server, SettingsProblem... problems) {
        return new SettingsDecryptionResult() {
            @Override
            public Server getServer() {
                return server;
            }

            @Override
            public List<Server> getServers() {
                return List.of(server);
            }

            @Override
            public Proxy getProxy() {
                throw new AssertionError("nobody asks for a proxy");
            }

            @Override
            public List<Proxy> getProxies() {
                return List.of();
            }

            @Override
            public List<SettingsProblem> getProblems() {
                return List.of(problems);
            }
        };
    }
}
