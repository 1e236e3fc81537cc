package io.github.dbops.mojo;

import io.github.dbops.command.SyncRequest.OverwriteWords;
import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of the goals that write rows of a target; none may hold a secret, since {@code -X} prints all. */
abstract class TargetMojo extends ApplyingMojo {

    /**
     * The env file that names the target. Default: {@code .env.production}. Example: {@code -DtoEnv=.env.preview}.
     */
    @Parameter(property = "toEnv")
    @Nullable
    String toEnv;

    /**
     * The target's URL, without a password: give that in an env file, in {@code DBOPS_TO_URL}, or through
     * {@code dbops.toServer}. Default: none, the env file names it. Example:
     * {@code -Ddbops.toUrl=postgresql://deploy@db.example.com/shop}.
     */
    @Parameter(property = "dbops.toUrl")
    @Nullable
    String toUrl;

    /**
     * The server in {@code settings.xml} that holds the target's user and password. Default: none. Example:
     * {@code -Ddbops.toServer=shop-production}.
     */
    @Parameter(property = "dbops.toServer")
    @Nullable
    String toServer;

    /**
     * The first of two words without which no row of a protected table is overwritten. Default: {@code false}.
     * Example: {@code -DallowProtectedOverwrite -DconfirmOverwrite=I_UNDERSTAND_PROD_OVERWRITE}.
     */
    @Parameter(property = "allowProtectedOverwrite", defaultValue = "false")
    @Nullable
    String allowProtectedOverwrite;

    /**
     * The second word: exactly {@code I_UNDERSTAND_PROD_OVERWRITE}. Default: none. Example:
     * {@code -DallowProtectedOverwrite -DconfirmOverwrite=I_UNDERSTAND_PROD_OVERWRITE}.
     */
    @Parameter(property = "confirmOverwrite")
    @Nullable
    String confirmOverwrite;

    /** What was said of overwriting protected tables. */
    final OverwriteWords words(ParameterReader read) {
        return new OverwriteWords(
                read.flag("allowProtectedOverwrite", allowProtectedOverwrite), read.text(confirmOverwrite));
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
