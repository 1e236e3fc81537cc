package io.github.dbops.env;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the operator said of one database, not yet resolved.
 *
 * @param role which database
 * @param url the URL property; must not hold a password
 * @param envFile the env file named explicitly, as given
 * @param defaultEnvFile the env file looked for otherwise, as given
 * @param server the id of a server in {@code settings.xml} that holds user and password
 * @param directory what relative paths are relative to
 */
public record DatabaseSettings(
        DatabaseRole role,
        Optional<String> url,
        Optional<String> envFile,
        String defaultEnvFile,
        Optional<String> server,
        Path directory) {

    /** Without the URL, which may hold a password until {@link DatabaseResolution} has refused it. */
    @Override
    public String toString() {
        return role + " in " + directory;
    }
}
