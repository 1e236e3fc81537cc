package io.github.dbops.mojo;

import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that name the source of a sync too; none of them may hold a secret, since {@code -X} prints all. */
abstract class FromToMojo extends TargetMojo {

    /**
     * The env file that names the source. Default: {@code .env}. Example: {@code -DfromEnv=.env.staging}.
     */
    @Parameter(property = "fromEnv")
    @Nullable
    String fromEnv;

    /**
     * The source's URL, without a password. Default: none, the env file names it. Example:
     * {@code -Ddbops.fromUrl=embedded:local?init=db/}.
     */
    @Parameter(property = "dbops.fromUrl")
    @Nullable
    String fromUrl;

    /**
     * The server in {@code settings.xml} that holds the source's user and password. Default: none. Example:
     * {@code -Ddbops.fromServer=shop-staging}.
     */
    @Parameter(property = "dbops.fromServer")
    @Nullable
    String fromServer;

    /**
     * How many sessions each database is read through at once, their parallel workers included, so that large tables are
     * compared side by side; writing goes through one. Default: {@code 2}. Example: {@code -Ddbops.jobs=4}.
     */
    @Parameter(property = "dbops.jobs", defaultValue = "2")
    @Nullable
    String jobs;

    /** What was said of the source. */
    final DatabaseSettings source(ParameterReader read, Path directory) {
        return new DatabaseSettings(
                DatabaseRole.SOURCE, read.text(fromUrl), read.text(fromEnv), ".env", read.text(fromServer), directory);
    }
}
