package io.github.dbops.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.env.DatabaseUrl.Embedded;
import io.github.dbops.env.DatabaseUrl.Host;
import io.github.dbops.env.DatabaseUrl.Server;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlReaderTest {

    private static final Path DIRECTORY = Path.of("/project");

    @Test
    void readsUserPasswordHostAndDatabase() {
        Server server = server("postgresql://al%40ice:p%2Fw%3A%23%25+:x@db.example:5433/sh%20op");
        assertThat(server.user()).isEqualTo("al@ice");
        assertThat(password(server)).isEqualTo("p/w:#%+:x");
        assertThat(server.hosts()).containsExactly(new Host("db.example", 5433));
        assertThat(server.database()).isEqualTo("sh op");
        assertThat(server.schema()).isNull();
        assertThat(server.properties()).isEmpty();
        assertThat(server.pooled()).isFalse();
        assertThat(server.warnings()).isEmpty();
    }

    @Test
    void takesDefaultsForWhatIsLeftOut() {
        Server server = server(" POSTGRES:///shop \n");
        assertThat(server.hosts()).containsExactly(new Host("localhost", 5432));
        assertThat(server.user()).isNull();
        assertThat(server.password()).isNull();
    }

    @Test
    void readsSeveralHostsAndAddresses() {
        assertThat(server("postgresql://h1:1,h2,[2001:db8::1]:3,[::1]/x").hosts())
                .containsExactly(
                        new Host("h1", 1), new Host("h2", 5432), new Host("2001:db8::1", 3), new Host("::1", 5432));
        assertThat(server("postgresql:///x?host=a,b&port=1,2").hosts())
                .containsExactly(new Host("a", 1), new Host("b", 2));
        assertThat(server("postgresql://ignored:7/x?host=a").hosts()).containsExactly(new Host("a", 7));
        assertThat(server("postgresql:///x?hostaddr=10.0.0.1").hosts()).containsExactly(new Host("10.0.0.1", 5432));
    }

    @Test
    void readsCredentialsAndDatabaseFromParameters() {
        Server server = server("postgresql://h?user=al&password=p%26w&dbname=shop");
        assertThat(server.user()).isEqualTo("al");
        assertThat(password(server)).isEqualTo("p&w");
        assertThat(server.database()).isEqualTo("shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sslmode=require | {sslmode=require}",
                "sslmode=verify-ca | {sslmode=verify-ca}",
                "sslmode=verify-full | {sslmode=verify-full}",
                "ssl=true | {sslmode=require}",
                "ssl | {sslmode=require}",
                "sslmode=require&sslaccept=accept_invalid_certs | {sslmode=require}",
                "sslmode=disable&sslaccept=strict | {sslmode=disable}",
                "sslaccept=strict&sslcert=ca.pem | {sslmode=verify-full, sslrootcert=/project/ca.pem}",
                "sslaccept=strict | {sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory, sslmode=verify-full}",
                "sslrootcert=system | {sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory, sslmode=verify-full}",
                "sslmode=require&sslcert=ca.pem | {sslmode=require, sslrootcert=/project/ca.pem}",
                "sslmode=require&sslrootcert=/ca.pem | {sslmode=verify-ca, sslrootcert=/ca.pem}",
                "sslcert=c.pem&sslkey=k.pem | {sslcert=/project/c.pem, sslkey=/project/k.pem}",
                "sslidentity=c.p12 | {sslkey=/project/c.p12}",
                "connect_timeout=0 | {connectTimeout=0, loginTimeout=0}",
                "connect_timeout=9&connect_timeout=7 | {connectTimeout=7, loginTimeout=7}",
                "socket_timeout=30 | {socketTimeout=30}",
                "application_name=a+b&options=-c%20x | {ApplicationName=a+b, options=-c x}",
                "channel_binding=require | {channelBinding=require}",
                "target_session_attrs=read-write | {targetServerType=primary}",
                "target_session_attrs=prefer-standby | {targetServerType=preferSecondary}",
                "load_balance_hosts=random | {loadBalanceHosts=true}",
                "connection_limit=1&pool_timeout=0&statement_cache_size=0 | {}",
                "max_connection_lifetime=1&max_idle_connection_lifetime=1 | {}",
                "keepalives=1&client_encoding=UTF8 | {}",
            })
    void mapsParametersToTheDriversProperties(String query, String properties) {
        Server server = server("postgresql://h/x?" + query);
        assertThat(new TreeMap<>(server.properties())).hasToString(properties);
        assertThat(server.warnings()).isEmpty();
    }

    @Test
    void understandsPrismasSchemaAndPooler() {
        Server server = server("postgresql://h/x?schema=My%20Shop&pgbouncer=true");
        assertThat(server.schema()).isEqualTo("My Shop");
        assertThat(server.pooled()).isTrue();
        assertThat(server.properties()).isEqualTo(Map.of("prepareThreshold", "0"));
        assertThat(server("postgresql://h/x?pgbouncer=false").pooled()).isFalse();
    }

    @Test
    void warnsOfUnknownAndUnsupportedParametersByName() {
        assertThat(server("postgresql://h/x?foo=hunter2&sslcrl=hunter2").warnings())
                .containsExactly(
                        "The parameter foo of the database URL is not known and has no effect.",
                        "The parameter sslcrl of the database URL has no effect in dbops.");
    }

    @Test
    void doesNotNameWhatMayBeTheRestOfAPassword() {
        Server server = server("postgresql://h/x?password=abc&hunter2=y");
        assertThat(server.warnings())
                .singleElement()
                .asString()
                .contains("%26")
                .doesNotContain("hunter2")
                .doesNotContain("abc");
    }

    @Test
    void readsTheDriversForms() {
        Server server = server("jdbc:postgresql://h1:1,[::1]/shop?user=al%40ice&password=p%2Bq+r&currentSchema=App");
        assertThat(server.hosts()).containsExactly(new Host("h1", 1), new Host("::1", 5432));
        assertThat(server.user()).isEqualTo("al@ice");
        assertThat(password(server)).isEqualTo("p+q r");
        assertThat(server.schema()).isEqualTo("app");

        assertThat(server("jdbc:postgresql:shop").database()).isEqualTo("shop");
        assertThat(server("jdbc:postgresql:shop").hosts()).containsExactly(new Host("localhost", 5432));
        assertThat(server("jdbc:postgresql:///shop").hosts()).containsExactly(new Host("localhost", 5432));
        assertThat(server("jdbc:postgresql://h/?user=al").database()).isEqualTo("al");
    }

    @Test
    void passesTheDriversPropertiesAndWarnsOfOthers() {
        Server server = server("jdbc:postgresql://h/x?ssl&sslmode=verify-full&sslcert=c.pem&prepareThreshold=-1"
                + "&currentSchema=a,b&sslpassword=hunter2&pgbouncer=false&schema=x");
        assertThat(server.properties())
                .isEqualTo(Map.of(
                        "ssl", "true",
                        "sslmode", "verify-full",
                        "sslcert", "/project/c.pem",
                        "prepareThreshold", "-1",
                        "currentSchema", "a,b"));
        assertThat(server.secretProperties()).isEqualTo(Map.of("sslpassword", Secret.of("hunter2")));
        assertThat(server.schema()).isNull();
        assertThat(server.warnings()).hasSize(1);
    }

    @Test
    void keepsAQuotedSchemasCase() {
        assertThat(server("jdbc:postgresql:x?currentSchema=%22My%20%22%22Shop%22")
                        .schema())
                .isEqualTo("My \"Shop");
    }

    @Test
    void readsEmbeddedDatabases() {
        assertThat(read("embedded:seed-1")).isEqualTo(new Embedded("seed-1", Optional.empty(), List.of(), null));
        assertThat(read("embedded:a_B?version=17&init=a.sql,b/,c%2Cd.sql&schema=x"))
                .isEqualTo(new Embedded("a_B", Optional.of(17), List.of("a.sql", "b/", "c,d.sql"), "x"));
    }

    @Test
    void saysEverythingThatIsWrongWithAnEmbeddedDatabase() {
        assertThat(malformed("embedded:a.b?version=13&init=a,,b&x=y").problems())
                .extracting(Problem::why)
                .satisfiesExactly(
                        why -> assertThat(why).contains("letters, digits"),
                        why -> assertThat(why).contains("version").contains("14, 15, 16, 17, 18"),
                        why -> assertThat(why).contains("init"),
                        why -> assertThat(why).contains("there is another one"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://al:hunter2@x@h/shop",
                "postgresql://al:hunter2#x@h/shop",
                "postgresql://al:hunter2/x@h/shop",
                "postgresql://al:hunter2?x@h/shop",
                "postgresql://al:12?hunter2=x@h/shop",
                "postgresql://al:12/hunter2@h/shop",
                "postgresql://al:hunter2%zz@h/shop",
                "postgresql://al:hunter2%@h/shop",
                "postgresql://al:hunter2%ff@h/shop",
                "postgresql://al:hunter2",
                "postgresql://h/shop?password=hunter2&hunter2",
                "postgresql://h/shop?password=x@hunter2"
            })
    void asksForPercentEncodingWithoutQuotingTheUrl(String url) {
        Problem problem = malformed(url).first();
        assertThat(problem.code()).isEqualTo(Code.URL_MALFORMED);
        assertThat(problem.next().get(0)).contains("Percent-encode").contains("'@' is %40");
        assertThat(problem.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | It is empty",
                "hunter2 | does not begin with",
                "al:hunter2@h/x | does not begin with",
                "host=h password=hunter2 | libpq's form of words",
                "prisma+postgres://h?api_key=hunter2 | Prisma's own service",
                "prisma://h?api_key=hunter2 | Prisma's own service",
                "mysql://al:hunter2@h/x | begins with mysql:",
                "jdbc:mysql://h/x?password=hunter2 | JDBC URL of another database",
                "postgresql+psycopg2://al:hunter2@h/x | Python driver",
                "postgresql:al:hunter2@h/x | two slashes",
                "psql postgresql://al:hunter2@h/x | command line of psql",
                "\"postgresql://al:hunter2@h/x\" | begins with a quote",
                "${hunter2} | nobody replaced",
                "encrypted:hunter2 | dotenvx",
                "postgresql://al:hunter2@h | names no database",
                "postgresql://al:hunter2@h/ | names no database",
                "postgresql://al:hunter2@h,/x | host's name is empty",
                "postgresql://al:hunter2@[::1/x | IPv6",
                "postgresql://al:hunter2@::1/x | IPv6",
                "postgresql://al:hunter2@h:0/x | 1 to 65535",
                "postgresql://al:hunter2@h:65536/x | 1 to 65535",
                "postgresql://al:hunter2@h/x/y | second '/'",
                "postgresql://al:hunter2@h/x%0Ay | control character",
                "postgresql://al:hunter2@%2Ftmp/x | Unix socket",
                "postgresql://al:hunter2@h/x?host=/cloudsql/a | Unix socket",
                "postgresql://al:hunter2@h1,h2/x?port=1,2,3 | 2 hosts and 3 ports",
                "postgresql://al:hunter2@h/x?service=a | pg_service.conf",
                "jdbc:postgresql://al:hunter2@h/x | ?user=USER&password=PASSWORD",
                "jdbc:postgresql:/x | '/' where the database",
                "jdbc:postgresql: | names no database",
                "jdbc:postgresql://h/x?service=a | pg_service.conf",
                "embedded: | letters, digits"
            })
    void explainsWhatItCannotRead(String url, String why) {
        ProblemException thrown = malformed(url);
        assertThat(thrown.first().code()).isEqualTo(Code.URL_MALFORMED);
        assertThat(thrown.first().why()).contains(why);
        assertThat(thrown.problems().toString() + thrown.getMessage()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://h/x?connect_timeout=hunter2",
                "postgresql://h/x?socket_timeout=-1",
                "postgresql://h/x?connection_limit=hunter2",
                "postgresql://h/x?pgbouncer=hunter2",
                "postgresql://h/x?pgbouncer=1",
                "postgresql://h/x?schema=",
                "postgresql://h/x?sslmode=hunter2",
                "postgresql://h/x?ssl=hunter2",
                "postgresql://h/x?sslidentity=hunter2.pem",
                "postgresql://h/x?channel_binding=hunter2",
                "postgresql://h/x?target_session_attrs=hunter2",
                "postgresql://h/x?load_balance_hosts=hunter2",
                "jdbc:postgresql:x?prepareThreshold=hunter2",
                "jdbc:postgresql:x?tcpKeepAlive=hunter2",
                "jdbc:postgresql:x?autosave=hunter2",
                "jdbc:postgresql:x?currentSchema="
            })
    void namesAParameterWhoseValueCannotBe(String url) {
        Problem problem = malformed(url).first();
        String name = url.replaceAll(".*\\?|=.*", "");
        assertThat(problem.why()).startsWith("The parameter " + name + " has a value that it cannot have: expected ");
        assertThat(problem.toString()).doesNotContain("hunter2");
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        assertThat(malformed("postgresql://h?connect_timeout=x&pgbouncer=y").problems())
                .hasSize(3);
    }

    @Test
    void refusesAClientCertificateThatTheDriverWouldNotPresent() {
        assertThat(malformed("postgresql://h/x?sslaccept=strict&sslidentity=c.p12")
                        .first()
                        .why())
                .contains("only together with a root certificate");
    }

    @Test
    void printsNoSecret() {
        Server server = server("postgresql://al:hunter2@h:1/x?schema=s&sslpassword=hunter2&options=hunter2"
                + "&sslidentity=c.p12&password=hunter2");
        assertThat(server)
                .hasToString("postgresql://al@h:1/x?schema=s [options, sslkey] [sslpassword]")
                .satisfies(s -> assertThat(s.display()).isEqualTo("postgresql://al@h:1/x?schema=s"));
        assertThat(server.holdsSecret()).isTrue();
        assertThat(server("postgresql://al@h/x?sslidentity=c.p12").holdsSecret())
                .isFalse();
    }

    private static DatabaseUrl read(String url) {
        return DatabaseUrlReader.read(Secret.of(url), DIRECTORY);
    }

    private static Server server(String url) {
        return (Server) read(url);
    }

    private static String password(Server server) {
        return Objects.requireNonNull(server.password()).reveal();
    }

    private static ProblemException malformed(String url) {
        return catchThrowableOfType(ProblemException.class, () -> read(url));
    }
}
