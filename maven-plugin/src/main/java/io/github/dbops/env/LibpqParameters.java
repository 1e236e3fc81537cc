package io.github.dbops.env;

import static io.github.dbops.env.ParameterMeaning.noEffect;
import static io.github.dbops.env.ParameterMeaning.nothing;
import static io.github.dbops.env.ParameterMeaning.oneOf;
import static io.github.dbops.env.ParameterMeaning.seconds;
import static io.github.dbops.env.ParameterMeaning.text;
import static io.github.dbops.env.ParameterMeaning.unusedNumber;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the parameters of {@code postgresql://} mean: libpq's, see <a
 * href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS">the manual</a>, and Prisma's;
 * docs/environments.md has the table.
 */
final class LibpqParameters {

    private static final Map<String, String> SESSION_KINDS = Map.of(
            "any", "any",
            "primary", "primary",
            "read-write", "primary",
            "standby", "secondary",
            "read-only", "secondary",
            "prefer-standby", "preferSecondary");

    /** Prisma's, of its pool and its cache; there is neither. */
    private static final Set<String> UNUSED_NUMBERS = Set.of(
            "connection_limit",
            "pool_timeout",
            "max_connection_lifetime",
            "max_idle_connection_lifetime",
            "statement_cache_size");

    /** The driver always speaks UTF-8 and sends the server's name, and dbops keeps connections alive and is named. */
    private static final Set<String> NEEDLESS = Set.of(
            "client_encoding",
            "fallback_application_name",
            "keepalives",
            "keepalives_count",
            "keepalives_idle",
            "keepalives_interval",
            "sslcompression",
            "sslsni",
            "tcp_user_timeout");

    /** libpq's, which the driver cannot do. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "gssdelegation",
            "max_protocol_version",
            "min_protocol_version",
            "passfile",
            "replication",
            "requirepeer",
            "ssl_max_protocol_version",
            "ssl_min_protocol_version",
            "sslcertmode",
            "sslcrl",
            "sslcrldir",
            "sslkeylogfile");

    private static final Map<String, ParameterMeaning> MEANINGS = meanings();

    private LibpqParameters() {}

    /** Adds what the parameters mean; of one that is named twice the last counts. */
    static void apply(List<UrlParameter> parameters, ServerParts parts) {
        Map<String, UrlParameter> last = new TreeMap<>();
        parameters.forEach(parameter -> last.put(parameter.name(), parameter));
        Map<String, String> tls = new HashMap<>();
        last.forEach((name, parameter) -> {
            ParameterMeaning meaning = MEANINGS.get(name);
            if (TlsSettings.PARAMETERS.contains(name)) {
                tls.put(name, parameter.value());
            } else if (meaning != null) {
                meaning.apply(parts, name, parameter.value());
            } else {
                parts.warning(parameter.shownName() + " of the database URL is not known and has no effect.");
            }
        });
        new TlsSettings(tls, parts).settle();
    }

    private static Map<String, ParameterMeaning> meanings() {
        Map<String, ParameterMeaning> meanings = new HashMap<>();
        meanings.put("user", (parts, name, value) -> parts.user(value));
        meanings.put("password", (parts, name, value) -> parts.password(value));
        meanings.put("dbname", (parts, name, value) -> parts.database(value));
        meanings.put("host", (parts, name, value) -> parts.hosts(List.of(value.split(",", -1))));
        meanings.put("port", (parts, name, value) -> parts.ports(List.of(value.split(",", -1))));
        meanings.put("hostaddr", LibpqParameters::hostaddr);
        meanings.put("schema", LibpqParameters::schema);
        meanings.put("pgbouncer", LibpqParameters::pgbouncer);
        meanings.put("service", LibpqParameters::service);
        meanings.put("connect_timeout", seconds("connectTimeout", "loginTimeout"));
        meanings.put("socket_timeout", seconds("socketTimeout"));
        meanings.put("application_name", text("ApplicationName"));
        meanings.put("options", text("options"));
        meanings.put("channel_binding", oneOf("channelBinding", "disable", "prefer", "require"));
        meanings.put("gssencmode", oneOf("gssEncMode", "disable", "prefer", "require"));
        meanings.put("gsslib", oneOf("gsslib", "gssapi", "sspi"));
        meanings.put("krbsrvname", text("kerberosServerName"));
        meanings.put("require_auth", text("requireAuth"));
        meanings.put("sslnegotiation", oneOf("sslNegotiation", "postgres", "direct"));
        meanings.put("target_session_attrs", LibpqParameters::sessionKind);
        meanings.put("load_balance_hosts", LibpqParameters::loadBalancing);
        UNUSED_NUMBERS.forEach(name -> meanings.put(name, unusedNumber()));
        NEEDLESS.forEach(name -> meanings.put(name, nothing()));
        UNSUPPORTED.forEach(name -> meanings.put(name, noEffect()));
        return Map.copyOf(meanings);
    }

    private static void schema(ServerParts parts, String name, String value) {
        if (parts.expect(!value.isBlank(), name, "a schema's name")) {
            parts.schema(value);
        }
    }

    /** Also of JDBC URLs, whose users stand behind the same poolers. */
    static void pgbouncer(ServerParts parts, String name, String value) {
        if (parts.expect(value.equals("true") || value.equals("false"), name, "one of true, false")
                && value.equals("true")) {
            parts.pooled();
            // A prepared statement stays with a server connection that the next transaction may not get.
            parts.property("prepareThreshold", "0");
        }
    }

    /** Without it the URL names another database than its writer means, so it cannot be passed over. */
    static void service(ServerParts parts, String name, String value) {
        parts.problem(Problem.of(
                Code.URL_MALFORMED,
                "The database URL cannot be understood.",
                "It refers to a service, and dbops does not read pg_service.conf.",
                "Write host, port and database of the service into the URL."));
    }

    private static void hostaddr(ServerParts parts, String name, String value) {
        if (parts.hasHosts()) {
            noEffect().apply(parts, name, value);
        } else {
            parts.hosts(List.of(value.split(",", -1)));
        }
    }

    private static void sessionKind(ServerParts parts, String name, String value) {
        String kind = SESSION_KINDS.get(value);
        if (kind == null) {
            parts.expect(false, name, "one of any, read-write, read-only, primary, standby, prefer-standby");
        } else {
            parts.property("targetServerType", kind);
        }
    }

    private static void loadBalancing(ServerParts parts, String name, String value) {
        if (parts.expect(value.equals("disable") || value.equals("random"), name, "one of disable, random")) {
            parts.property("loadBalanceHosts", Boolean.toString(value.equals("random")));
        }
    }
}
