package io.github.dbops.mojo;

import io.github.dbops.env.Secret;
import io.github.dbops.env.ServerCredentials;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.util.Optional;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/** The servers of {@code settings.xml}, their passwords decrypted; what is found here is never logged. */
final class MavenServers implements ServerCredentials {

    private final Settings settings;
    private final SettingsDecrypter decrypter;

    MavenServers(Settings settings, SettingsDecrypter decrypter) {
        this.settings = settings;
        this.decrypter = decrypter;
    }

    @Override
    public Optional<Credentials> find(String id) {
        return Optional.ofNullable(settings.getServer(id)).map(this::decrypted);
    }

    private Credentials decrypted(Server server) {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        for (SettingsProblem problem : result.getProblems()) {
            if (problem.getSeverity() != SettingsProblem.Severity.WARNING) {
                throw undecryptable(server, problem);
            }
        }
        String password = result.getServer().getPassword();
        return new Credentials(result.getServer().getUsername(), password == null ? null : Secret.of(password));
    }

    private static RuntimeException undecryptable(Server server, SettingsProblem problem) {
        return Problem.of(
                        Code.SERVER_UNKNOWN,
                        "The password of server \"" + server.getId() + "\" in settings.xml cannot be decrypted.",
                        "Maven says: " + problem.getMessage(),
                        "Encrypt it again with mvn --encrypt-password, and check the master password in"
                                + " ~/.m2/settings-security.xml.")
                .exception();
    }
}
