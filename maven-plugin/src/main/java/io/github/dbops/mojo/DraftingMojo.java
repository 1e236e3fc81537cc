package io.github.dbops.mojo;

import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that name the databases which a first plan is drafted from: one to read, one that may be asked. */
abstract class DraftingMojo extends ConnectingMojo {

    /**
     * The env file that names the database to read. Default: {@code .env}. Example: {@code -DfromEnv=.env.staging}.
     */
    @Parameter(property = "fromEnv")
    @Nullable
    String fromEnv;

    /**
     * The env file that names the database into which rows will go; only its catalog is looked at. Default:
     * {@code .env.production}, where it is there. Example: {@code -DtoEnv=.env.preview}.
     */
    @Parameter(property = "toEnv")
    @Nullable
    String toEnv;

    /**
     * The URL of the database to read, without a password. Default: none, the env file names it. Example:
     * {@code -Ddbops.fromUrl=embedded:local?init=db/}.
     */
    @Parameter(property = "dbops.fromUrl")
    @Nullable
    String fromUrl;

    /**
     * The URL of the database into which rows will go, without a password. Default: none, the env file names it.
     * Example: {@code -Ddbops.toUrl=postgresql://dbops_dry_run@db.example.com/shop}.
     */
    @Parameter(property = "dbops.toUrl")
    @Nullable
    String toUrl;

    /**
     * The server in {@code settings.xml} that holds the user and password for the database to read. Default: none.
     * Example: {@code -Ddbops.fromServer=shop-staging}.
     */
    @Parameter(property = "dbops.fromServer")
    @Nullable
    String fromServer;

    /**
     * The server in {@code settings.xml} that holds the user and password for the database into which rows will go.
     * Default: none. Example: {@code -Ddbops.toServer=shop-production}.
     */
    @Parameter(property = "dbops.toServer")
    @Nullable
    String toServer;

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
