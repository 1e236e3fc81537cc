package io.github.dbops.env;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code settings.xml} as a port: what Maven knows of a server, its password decrypted. */
public interface ServerCredentials {

    /**
     * The credentials of a server.
     *
     * @param id the server's id in {@code settings.xml}
     * @return empty where there is no such server
     * @throws io.github.dbops.problem.ProblemException (SERVER_UNKNOWN) where the password cannot be decrypted
     */
    Optional<Credentials> find(String id);

    /**
     * A user and a password.
     *
     * @param user null where the server names none
     * @param password null where it has none
     */
    record Credentials(@Nullable String user, @Nullable Secret password) {}
}
