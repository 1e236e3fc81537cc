package io.github.dbops.env;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database as its user named it, taken apart; spec section 3. Either a {@link Server} to connect to or an
 * {@link Embedded} one to start.
 */
public sealed interface DatabaseUrl {

    /** What may be shown to people: the URL without its password and secret parameters. */
    String display();

    /**
     * A server, in libpq's ({@code postgresql://}) or JDBC's form, with Prisma's parameters understood.
     *
     * @param hosts at least one, tried in order
     * @param database the database's name
     * @param user the role; null: the driver's default (the operating system's user)
     * @param password null where none was given
     * @param schema Prisma's {@code schema} or the driver's {@code currentSchema}: the search path is exactly it; null:
     *     the role's own
     * @param properties what goes to the driver, in the driver's names (sslmode, sslrootcert, connectTimeout…)
     * @param pooled {@code pgbouncer=true} was said
     * @param warnings parameters that dbops does not know, or that have no effect, one sentence each
     */
    record Server(
            List<Host> hosts,
            String database,
            @Nullable String user,
            @Nullable Secret password,
            @Nullable String schema,
            Map<String, String> properties,
            boolean pooled,
            List<String> warnings)
            implements DatabaseUrl {

        public Server {
            hosts = List.copyOf(hosts);
            properties = Map.copyOf(properties);
            warnings = List.copyOf(warnings);
            if (hosts.isEmpty()) {
                throw new IllegalArgumentException("no host");
            }
        }

        @Override
        public String display() {
            StringBuilder text = new StringBuilder("postgresql://");
            if (user != null) {
                text.append(user).append('@');
            }
            for (int i = 0; i < hosts.size(); i++) {
                text.append(i == 0 ? "" : ",").append(hosts.get(i));
            }
            text.append('/').append(database);
            return schema == null
                    ? text.toString()
                    : text.append("?schema=").append(schema).toString();
        }
    }

    /**
     * One host of a server; IPv6 addresses without brackets.
     *
     * @param name host name or address
     * @param port TCP port
     */
    record Host(String name, int port) {
        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    /**
     * {@code embedded:NAME?version=17&init=a.sql,b/}: a real server for the length of the run.
     *
     * @param name its folder under {@code .dbops/embedded}
     * @param version PostgreSQL's major version; empty: the newest supported
     * @param init scripts and directories in order, relative to the project
     * @param schema as for a server; null: the default
     */
    record Embedded(
            String name,
            Optional<Integer> version,
            List<String> init,
            @Nullable String schema) implements DatabaseUrl {

        public Embedded {
            init = List.copyOf(init);
        }

        @Override
        public String display() {
            return "embedded:" + name;
        }
    }
}
