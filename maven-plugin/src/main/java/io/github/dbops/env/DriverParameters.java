package io.github.dbops.env;

import static io.github.dbops.env.ParameterMeaning.file;
import static io.github.dbops.env.ParameterMeaning.flag;
import static io.github.dbops.env.ParameterMeaning.number;
import static io.github.dbops.env.ParameterMeaning.oneOf;
import static io.github.dbops.env.ParameterMeaning.text;
import static java.util.Map.entry;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the parameters of {@code jdbc:postgresql:} mean: the driver's own properties, by the driver's own names; see <a
 * href="https://jdbc.postgresql.org/documentation/use/#connection-parameters">its manual</a>, version 42.7.
 */
final class DriverParameters {

    private static final Set<String> FLAGS = Set.of(
            "adaptiveFetch",
            "allowEncodingChanges",
            "binaryTransfer",
            "cleanupSavepoints",
            "convertBooleanToNumeric",
            "disableColumnSanitiser",
            "flushCacheOnDdl",
            "groupStartupParameters",
            "gssUseDefaultCreds",
            "hideUnprivilegedObjects",
            "jaasLogin",
            "loadBalanceHosts",
            "logServerErrorDetail",
            "logUnclosedConnections",
            "quoteReturningIdentifiers",
            "reWriteBatchedInserts",
            "readOnly",
            "ssl",
            "tcpKeepAlive",
            "tcpNoDelay",
            "useSpnego");

    private static final Set<String> NUMBERS = Set.of(
            "adaptiveFetchMaximum",
            "adaptiveFetchMinimum",
            "cancelSignalTimeout",
            "connectTimeout",
            "databaseMetadataCacheFields",
            "databaseMetadataCacheFieldsMiB",
            "defaultRowFetchSize",
            "gssResponseTimeout",
            "hostRecheckSeconds",
            "loginTimeout",
            "maxSendBufferSize",
            "preparedStatementCacheQueries",
            "preparedStatementCacheSizeMiB",
            "prepareThreshold",
            "queryTimeout",
            "reWriteBatchedInsertsSize",
            "receiveBufferSize",
            "scramMaxIterations",
            "sendBufferSize",
            "socketTimeout",
            "sslResponseTimeout",
            "unknownLength");

    private static final Set<String> TEXTS = Set.of(
            "ApplicationName",
            "assumeMinServerVersion",
            "authenticationPluginClassName",
            "binaryTransferDisable",
            "binaryTransferEnable",
            "connectExecutor",
            "connectExecutorArg",
            "jaasApplicationName",
            "kerberosServerName",
            "localSocketAddress",
            "loggerFile",
            "maxResultBuffer",
            "options",
            "pemKeyAlgorithm",
            "replication",
            "requireAuth",
            "socketFactory",
            "socketFactoryArg",
            "sslfactory",
            "sslfactoryarg",
            "sslhostnameverifier",
            "sslpasswordcallback",
            "sspiServiceClass",
            "xmlFactoryFactory");

    private static final Map<String, String> CHOICES = Map.ofEntries(
            entry("autosave", "always never conservative"),
            entry("channelBinding", "disable prefer require"),
            entry("classLoaderStrategy", "driver driver-first context-first"),
            entry("escapeSyntaxCallMode", "select callIfNoReturn call"),
            entry("gssEncMode", "disable allow prefer require"),
            entry("gsslib", "auto sspi gssapi"),
            entry("loggerLevel", "OFF DEBUG TRACE"),
            entry("preferQueryMode", "extended extendedForPrepared extendedCacheEverything simple"),
            entry("protocolVersion", "3"),
            entry("readOnlyMode", "ignore transaction always"),
            entry("sslNegotiation", "postgres direct"),
            entry("sslmode", "disable allow prefer require verify-ca verify-full"),
            entry("stringtype", "unspecified varchar"),
            entry("targetServerType", "any primary master slave secondary preferSlave preferSecondary preferPrimary"));

    private static final Map<String, ParameterMeaning> MEANINGS = meanings();

    private DriverParameters() {}

    /** Adds what the parameters mean; of one that is named twice the last counts. */
    static void apply(List<UrlParameter> parameters, ServerParts parts) {
        Map<String, UrlParameter> last = new TreeMap<>();
        parameters.forEach(parameter -> last.put(parameter.name(), parameter));
        last.forEach((name, parameter) -> {
            ParameterMeaning meaning = MEANINGS.get(name);
            if (meaning != null) {
                meaning.apply(parts, name, parameter.value());
            } else if (name.contains("@") || parameter.value().contains("@")) {
                // What stands before it may be USER:PASSWORD, whose '?' began the parameters.
                parts.problem(MalformedUrl.because(
                        "A parameter that the driver does not know holds an '@'.",
                        "Write user and password of a JDBC URL as ?user=USER&password=PASSWORD, percent-encoded."));
            } else {
                parts.warning(parameter.shownName() + " of the database URL is not known and has no effect.");
            }
        });
    }

    private static Map<String, ParameterMeaning> meanings() {
        Map<String, ParameterMeaning> meanings = new HashMap<>();
        meanings.put("user", (parts, name, value) -> parts.user(value));
        meanings.put("password", (parts, name, value) -> parts.password(value));
        meanings.put("sslpassword", (parts, name, value) -> parts.secretProperty(name, value));
        meanings.put("currentSchema", DriverParameters::currentSchema);
        meanings.put("pgbouncer", LibpqParameters::pgbouncer);
        meanings.put("service", LibpqParameters::service);
        List.of("sslcert", "sslkey", "sslrootcert").forEach(name -> meanings.put(name, file(name)));
        FLAGS.forEach(name -> meanings.put(name, flag(name)));
        NUMBERS.forEach(name -> meanings.put(name, number(name)));
        TEXTS.forEach(name -> meanings.put(name, text(name)));
        CHOICES.forEach((name, values) -> meanings.put(name, oneOf(name, values.split(" "))));
        return Map.copyOf(meanings);
    }

    /**
     * One schema becomes the search path as Prisma's {@code schema} does, folded as the server would fold it; a list
     * stays the driver's property.
     */
    private static void currentSchema(ServerParts parts, String name, String value) {
        if (value.matches("[\\p{L}_][\\p{L}0-9_$]*")) {
            parts.schema(value.toLowerCase(Locale.ROOT));
        } else if (value.matches("\"([^\"]|\"\")+\"")) {
            parts.schema(value.substring(1, value.length() - 1).replace("\"\"", "\""));
        } else if (parts.expect(!value.isBlank(), name, "one or more schemas")) {
            parts.property(name, value);
        }
    }
}
