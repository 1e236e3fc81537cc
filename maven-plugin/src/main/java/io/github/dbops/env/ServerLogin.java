package io.github.dbops.env;

import io.github.dbops.env.ServerCredentials.Credentials;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;

/** Fills in what a URL leaves out from a server of {@code settings.xml}. */
final class ServerLogin {

    private final ServerCredentials servers;
    private final DatabaseRole role;

    ServerLogin(ServerCredentials servers, DatabaseRole role) {
        this.servers = servers;
        this.role = role;
    }

    /**
     * The server with user and password; what the URL has stays.
     *
     * @param place where the URL stood
     * @throws io.github.dbops.problem.ProblemException SERVER_UNKNOWN where settings.xml has no such server,
     *     SETTING_INVALID where it has another user than the URL: a password goes with its own user only
     */
    DatabaseUrl.Server complete(DatabaseUrl.Server server, String id, String place) {
        Credentials credentials = servers.find(id).orElseThrow(() -> unknown(id).exception());
        String user = credentials.user();
        if (server.user() != null && user != null && !server.user().equals(user)) {
            throw otherUser(id, place).exception();
        }
        DatabaseUrl.Server complete = server.withLogin(
                server.user() == null ? user : server.user(),
                server.password() == null ? credentials.password() : server.password());
        boolean unused = server.password() != null && credentials.password() != null;
        return unused
                ? complete.withWarning(
                        "The password of settings.xml server \"" + id + "\" is not used: " + place + " has one itself.")
                : complete;
    }

    private Problem unknown(String id) {
        return Problem.of(
                        Code.SERVER_UNKNOWN,
                        "settings.xml has no server \"" + id + "\".",
                        role.serverProperty() + " names it.",
                        "Add it to ~/.m2/settings.xml, in <servers>: <server><id>" + id
                                + "</id><username>USER</username><password>PASSWORD</password></server>",
                        "Or leave -D" + role.serverProperty() + " out.")
                .at("property " + role.serverProperty());
    }

    private Problem otherUser(String id, String place) {
        return Problem.of(
                        Code.SETTING_INVALID,
                        "The database URL and settings.xml server \"" + id + "\" name different users.",
                        "A password goes with its own user only.",
                        "Leave the user out of the URL, or name the same user in settings.xml," + " or leave -D"
                                + role.serverProperty() + " out.")
                .at(place);
    }
}
