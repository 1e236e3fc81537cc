package io.github.dbops.testing;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.DatabaseUrl.Host;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A proxy's place in front of a server. */
final class LocalPort {

    private LocalPort() {}

    /** A server's URL by way of a listener; unencrypted, or nothing in between could read along. */
    static DatabaseUrl.Server url(DatabaseUrl.Server server, ServerSocket listener) {
        Map<String, String> properties = new HashMap<>(server.properties());
        properties.put("sslmode", "disable");
        properties.put("gssEncMode", "disable");
        Host here = new Host(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
        return new DatabaseUrl.Server(
                List.of(here),
                server.database(),
                server.user(),
                server.password(),
                server.schema(),
                properties,
                server.pooled(),
                server.warnings());
    }
}
