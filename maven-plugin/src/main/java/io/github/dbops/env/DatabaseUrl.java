package io.github.dbops.env;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
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
     * @param secretProperties what also goes to the driver and must not be shown (sslpassword)
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
            Map<String, Secret> secretProperties,
            boolean pooled,
            List<String> warnings)
            implements DatabaseUrl {

        public Server {
            hosts = List.copyOf(hosts);
            properties = Map.copyOf(properties);
            secretProperties = Map.copyOf(secretProperties);
            warnings = List.copyOf(warnings);
            if (hosts.isEmpty()) {
                throw new IllegalArgumentException("no host");
            }
        }

        /** A server without secret properties. */
        public Server(
                List<Host> hosts,
                String database,
                @Nullable String user,
                @Nullable Secret password,
                @Nullable String schema,
                Map<String, String> properties,
                boolean pooled,
                List<String> warnings) {
            this(hosts, database, user, password, schema, properties, Map.of(), pooled, warnings);
        }

        /** Another database of the same server, without a schema. */
        public Server inDatabase(String name) {
            return new Server(hosts, name, user, password, null, properties, secretProperties, pooled, warnings);
        }

        /** The same server, with credentials. */
        Server withLogin(@Nullable String newUser, @Nullable Secret newPassword) {
            return new Server(
                    hosts, database, newUser, newPassword, schema, properties, secretProperties, pooled, warnings);
        }

        /** The same server, with one more warning. */
        Server withWarning(String warning) {
            List<String> all = new ArrayList<>(warnings);
            all.add(warning);
            return new Server(hosts, database, user, password, schema, properties, secretProperties, pooled, all);
        }

        /** The password or a secret property is there and is not empty. */
        boolean holdsSecret() {
            return Stream.concat(Stream.ofNullable(password), secretProperties.values().stream())
                    .anyMatch(secret -> !secret.reveal().isEmpty());
        }

        /** {@link #display} and the properties' names: their values are the operator's own and may be anything. */
        @Override
        public String toString() {
            return display() + " " + new TreeSet<>(properties.keySet()) + " "
                    + new TreeSet<>(secretProperties.keySet());
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
