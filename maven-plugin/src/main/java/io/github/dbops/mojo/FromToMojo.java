package io.github.dbops.mojo;

import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that name the two databases of a sync; none of them may hold a secret, since {@code -X} prints all. */
abstract class FromToMojo extends ApplyingMojo {

    /**
     * The env file that names the source. Default: {@code .env}. Example: {@code -DfromEnv=.env.staging}.
     */
    @Parameter(property = "fromEnv")
    @Nullable
    String fromEnv;

    /**
     * The env file that names the target. Default: {@code .env.production}. Example: {@code -DtoEnv=.env.preview}.
     */
    @Parameter(property = "toEnv")
    @Nullable
    String toEnv;

    /**
     * The source's URL, without a password. Default: none, the env file names it. Example:
     * {@code -Ddbops.fromUrl=embedded:local?init=db/}.
     */
    @Parameter(property = "dbops.fromUrl")
    @Nullable
    String fromUrl;

    /**
     * The target's URL, without a password: give that in an env file, in {@code DBOPS_TO_URL}, or through
     * {@code dbops.toServer}. Default: none, the env file names it. Example:
     * {@code -Ddbops.toUrl=postgresql://deploy@db.example.com/shop}.
     */
    @Parameter(property = "dbops.toUrl")
    @Nullable
    String toUrl;

    /**
     * The server in {@code settings.xml} that holds the source's user and password. Default: none. Example:
     * {@code -Ddbops.fromServer=shop-staging}.
     */
    @Parameter(property = "dbops.fromServer")
    @Nullable
    String fromServer;

    /**
     * The server in {@code settings.xml} that holds the target's user and password. Default: none. Example:
     * {@code -Ddbops.toServer=shop-production}.
     */
    @Parameter(property = "dbops.toServer")
    @Nullable
    String toServer;

    /**
     * How many sessions each database is read through at once, so that large tables are compared side by side; writing
     * goes through one. Default: {@code 2}. Example: {@code -Ddbops.jobs=4}.
     */
    @Parameter(property = "dbops.jobs", defaultValue = "2")
    @Nullable
    String jobs;

    /** What was said of the source. */
    final DatabaseSettings source(ParameterReader read, Path directory) {
        return new DatabaseSettings(
                DatabaseRole.SOURCE, read.text(fromUrl), read.text(fromEnv), ".env", read.text(fromServer), directory);
    }

    /** What was said of the target. */
    final DatabaseSettings target(ParameterReader read, Path directory) {
        return new DatabaseSettings(
                DatabaseRole.TARGET,
                read.text(toUrl),
                read.text(toEnv),
                ".env.production",
                read.text(toServer),
                directory);
    }
}
