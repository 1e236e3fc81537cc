package io.github.dbops.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.env.DatabaseUrl.Server;
import io.github.dbops.env.ServerCredentials.Credentials;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseResolutionTest {

    private static final String SECRET = "hunter2";
    private static final ServerCredentials NO_SERVERS = id -> Optional.empty();

    @TempDir
    private Path directory;

    @Test
    void takesThePropertyFirst() throws IOException {
        file("explicit", "DATABASE_URL=postgresql://explicit/x");
        ResolvedDatabase resolved = resolve(
                Map.of("DBOPS_TO_URL", "postgresql://process/x"),
                target("postgresql://al@property/x", "explicit", null));
        assertThat(resolved.url().display()).isEqualTo("postgresql://al@property:5432/x");
        assertThat(resolved.origin()).isEqualTo("property dbops.toUrl");
    }

    @Test
    void takesTheExplicitFileBeforeTheProcess() throws IOException {
        file("explicit", "DATABASE_URL=postgresql://explicit/x");
        ResolvedDatabase resolved =
                resolve(Map.of("DBOPS_TO_URL", "postgresql://process/x"), target("", "explicit", null));
        assertThat(resolved.url().display()).isEqualTo("postgresql://explicit:5432/x");
        assertThat(resolved.origin()).isEqualTo("DATABASE_URL in explicit");
    }

    @Test
    void takesTheProcessBeforeTheDefaultFile() throws IOException {
        file(".env.production", "DATABASE_URL=postgresql://default/x");
        ResolvedDatabase resolved =
                resolve(Map.of("DBOPS_TO_URL", " postgresql://process/x\n"), target(null, null, null));
        assertThat(resolved.url().display()).isEqualTo("postgresql://process:5432/x");
        assertThat(resolved.origin()).isEqualTo("environment variable DBOPS_TO_URL");
    }

    @Test
    void takesTheDefaultFileLastAndItsDirectUrlFirst() throws IOException {
        file(".env.production", "DATABASE_URL=postgresql://pooled/x\nDIRECT_URL=postgresql://direct/x");
        ResolvedDatabase resolved =
                resolve(Map.of("DATABASE_URL", "postgresql://process/x", "DBOPS_TO_URL", ""), target(null, null, null));
        assertThat(resolved.url().display()).isEqualTo("postgresql://direct:5432/x");
        assertThat(resolved.origin()).isEqualTo("DIRECT_URL in .env.production");
    }

    @Test
    void passesOverAnEmptyDirectUrl() throws IOException {
        file(".env.production", "DIRECT_URL=\nDATABASE_URL=postgresql://pooled/x");
        assertThat(resolve(Map.of(), target(null, null, null)).origin()).isEqualTo("DATABASE_URL in .env.production");
    }

    @Test
    void readsPrismasVariablesOfTheProcessForTheOnlyDatabase() {
        Map<String, String> environment =
                Map.of("DIRECT_URL", "postgresql://direct/x", "DATABASE_URL", "postgresql://pooled/x");
        assertThat(resolve(environment, only()).origin()).isEqualTo("environment variable DIRECT_URL");
        assertThat(resolve(Map.of("DATABASE_URL", "postgresql://pooled/x"), only())
                        .origin())
                .isEqualTo("environment variable DATABASE_URL");
        assertThat(problem(environment, target(null, null, null)).code()).isEqualTo(Code.DATABASE_URL_MISSING);
    }

    @Test
    void refusesAPasswordInAProperty() {
        for (String url : List.of(
                "postgresql://al:hunter2@h/x",
                "postgresql://al@h/x?password=hunter2",
                "postgresql://al@h/x?sslidentity=c.p12&sslpassword=hunter2",
                "jdbc:postgresql://h/x?user=al&password=hunter2")) {
            Problem problem = problem(Map.of(), target(url, null, null));
            assertThat(problem.code()).isEqualTo(Code.SECRET_IN_PARAMETER);
            assertThat(problem.where()).isEqualTo("property dbops.toUrl");
            assertThat(String.join("\n", problem.next()))
                    .contains("settings.xml", "-Ddbops.toServer=ID", "-DtoEnv=FILE", "DBOPS_TO_URL");
            assertThat(problem.toString()).doesNotContain(SECRET);
        }
    }

    @Test
    void readsEmbeddedDatabasesFromAProperty() {
        assertThat(resolve(Map.of(), target("embedded:seed?version=16", null, "prod"))
                        .url()
                        .display())
                .isEqualTo("embedded:seed");
    }

    @Test
    void fillsInCredentialsFromSettings() throws IOException {
        file("e", "DATABASE_URL=postgresql://h/x?schema=s&pgbouncer=true");
        DatabaseResolution resolution = new DatabaseResolution(Map.of(), servers("al"));
        ResolvedDatabase property = resolution.resolve(target("postgresql://h/x", null, "prod"));
        ResolvedDatabase inFile = resolution.resolve(target(null, "e", "prod"));
        assertThat(property.origin()).isEqualTo("property dbops.toUrl with settings.xml server \"prod\"");
        assertThat(inFile.origin()).isEqualTo("DATABASE_URL in e with settings.xml server \"prod\"");
        for (ResolvedDatabase resolved : List.of(property, inFile)) {
            assertThat(((Server) resolved.url()).user()).isEqualTo("al");
            assertThat(((Server) resolved.url()).password()).isEqualTo(Secret.of(SECRET));
        }
        assertThat(((Server) inFile.url()).schema()).isEqualTo("s");
        assertThat(((Server) inFile.url()).pooled()).isTrue();
    }

    @Test
    void keepsWhatTheUrlHasAndSaysSo() throws IOException {
        file("e", "DATABASE_URL=postgresql://al:own@h/x");
        Server server = (Server) new DatabaseResolution(Map.of(), servers(null))
                .resolve(target(null, "e", "prod"))
                .url();
        assertThat(server.user()).isEqualTo("al");
        assertThat(server.password()).isEqualTo(Secret.of("own"));
        assertThat(server.warnings())
                .containsExactly("The password of settings.xml server \"prod\" is not used:"
                        + " DATABASE_URL in e:1 has one itself.");
    }

    @Test
    void refusesAnotherUsersPassword() {
        ProblemException thrown = catchThrowableOfType(
                ProblemException.class,
                () -> new DatabaseResolution(Map.of(), servers("bob"))
                        .resolve(target("postgresql://al@h/x", null, "prod")));
        assertThat(thrown.first().code()).isEqualTo(Code.SETTING_INVALID);
        assertThat(thrown.first().what()).contains("settings.xml server \"prod\" name different users");
    }

    @Test
    void saysThatSettingsHaveNoSuchServer() {
        Problem problem = problem(Map.of(), target("postgresql://al@h/x", null, "prod"));
        assertThat(problem.code()).isEqualTo(Code.SERVER_UNKNOWN);
        assertThat(problem.next().get(0)).contains("<id>prod</id>");
    }

    @Test
    void listsEveryPlaceAndEveryWayWhenNothingIsFound() throws IOException {
        file(".env.production", "DATABSE_URL=hunter2\nOTHER=hunter2");
        Problem problem = problem(Map.of("DBOPS_TO_URL", ""), target(null, null, null));
        assertThat(problem.code()).isEqualTo(Code.DATABASE_URL_MISSING);
        assertThat(problem.what()).isEqualTo("No URL is known for the database to write to.");
        assertThat(problem.why())
                .isEqualTo("Looked at, in this order: property dbops.toUrl: not set;"
                        + " environment variable DBOPS_TO_URL: set, but empty;"
                        + " env file .env.production: defines neither DIRECT_URL nor DATABASE_URL"
                        + " (it defines DATABSE_URL, OTHER).");
        assertThat(problem.next().get(0)).isEqualTo("Rename DATABSE_URL in .env.production to DATABASE_URL.");
        assertThat(String.join("\n", problem.next()))
                .contains("-DtoEnv=FILE", "export DBOPS_TO_URL=", "-Ddbops.toUrl=", "-Ddbops.toServer=ID");
        assertThat(problem.toString()).doesNotContain(SECRET);
    }

    @Test
    void suggestsAnotherUrlThatTheFileHas() throws IOException {
        file(".env.production", "POSTGRES_PRISMA_URL=x");
        assertThat(problem(Map.of(), target(null, null, null)).next().get(0))
                .isEqualTo("If POSTGRES_PRISMA_URL is the one, add the line"
                        + " DATABASE_URL=${POSTGRES_PRISMA_URL} at the end of .env.production.");
    }

    @Test
    void saysThatTheDefaultFileDoesNotExist() {
        assertThat(problem(Map.of(), only()).why())
                .isEqualTo("Looked at, in this order: property dbops.url: not set;"
                        + " environment variable DBOPS_URL: not set; environment variable DIRECT_URL: not set;"
                        + " environment variable DATABASE_URL: not set; env file .env.production: does not exist.");
    }

    @Test
    void doesNotLookFurtherThanAnExplicitFile() throws IOException {
        file("explicit", "DIRECT_URL=\n");
        file(".env.production", "DATABASE_URL=postgresql://default/x");
        Map<String, String> environment = Map.of("DBOPS_TO_URL", "postgresql://process/x");
        Problem lacking = problem(environment, target(null, "explicit", null));
        assertThat(lacking.code()).isEqualTo(Code.DATABASE_URL_MISSING);
        assertThat(lacking.why()).endsWith("env file explicit: DIRECT_URL there, but empty.");
        assertThat(problem(environment, target(null, "none", null)).code()).isEqualTo(Code.ENV_FILE_MISSING);
    }

    @Test
    void saysWhereAMalformedUrlStands() throws IOException {
        file("e", "\nDATABASE_URL=postgresql://al:hunter2@x@h/x");
        Problem problem = problem(Map.of(), target(null, "e", null));
        assertThat(problem.code()).isEqualTo(Code.URL_MALFORMED);
        assertThat(problem.where()).isEqualTo("DATABASE_URL in e:2");
        assertThat(problem.toString()).doesNotContain(SECRET);
    }

    @Test
    void warnsOfADollarSignThatBecameNothing() throws IOException {
        file("e", "DATABASE_URL=postgresql://al:pa$hunter2@h/x");
        ResolvedDatabase resolved = resolve(Map.of(), target(null, "e", null));
        assertThat(((Server) resolved.url()).warnings())
                .singleElement()
                .asString()
                .startsWith("DATABASE_URL in e:1 refers to a variable that is not set")
                .doesNotContain(SECRET);
    }

    @Test
    void replacesReferencesFromTheProcess() throws IOException {
        file("e", "DATABASE_URL=postgresql://al:${PW}@h/x");
        Server server =
                (Server) resolve(Map.of("PW", SECRET), target(null, "e", null)).url();
        assertThat(server.password()).isEqualTo(Secret.of(SECRET));
    }

    @Test
    void resolvesSeveralInOrder() throws IOException {
        file(".env", "DATABASE_URL=embedded:seed");
        file(".env.production", "DATABASE_URL=postgresql://h/x");
        assertThat(new DatabaseResolution(Map.of(), NO_SERVERS).resolveAll(source(), target(null, null, null)))
                .extracting(ResolvedDatabase::origin)
                .containsExactly("DATABASE_URL in .env", "DATABASE_URL in .env.production");
    }

    @Test
    void reportsTheProblemsOfAllTogether() throws IOException {
        file(".env", "A\nB\n");
        DatabaseSettings broken = new DatabaseSettings(
                DatabaseRole.TARGET, Optional.empty(), Optional.empty(), ".env", Optional.empty(), directory);
        ProblemException thrown = catchThrowableOfType(
                ProblemException.class,
                () -> new DatabaseResolution(Map.of("DBOPS_URL", "mysql://h/x"), NO_SERVERS)
                        .resolveAll(source(), broken, only()));
        assertThat(thrown.problems())
                .extracting(Problem::where)
                .containsExactly(".env:1:2", ".env:2:2", "environment variable DBOPS_URL");
    }

    @Test
    void printsNoSecret() throws IOException {
        file("e", "DATABASE_URL=postgresql://al:hunter2@h/x?sslpassword=hunter2&options=hunter2");
        DatabaseSettings settings = target("postgresql://al:hunter2@h/x", "e", null);
        assertThat(settings.toString()).doesNotContain(SECRET);
        assertThat(resolve(Map.of(), target(null, "e", null)).toString())
                .doesNotContain(SECRET)
                .contains("postgresql://al@h:5432/x");
        assertThat(new Credentials("al", Secret.of(SECRET)).toString()).doesNotContain(SECRET);
        assertThat(FoundUrl.inProperty("p", SECRET).toString()).doesNotContain(SECRET);
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private DatabaseSettings only() {
        return new DatabaseSettings(
                DatabaseRole.ONLY, Optional.empty(), Optional.empty(), ".env.production", Optional.empty(), directory);
    }

    private DatabaseSettings source() {
        return new DatabaseSettings(
                DatabaseRole.SOURCE, Optional.empty(), Optional.empty(), ".env", Optional.empty(), directory);
    }

    private DatabaseSettings target(@Nullable String url, @Nullable String envFile, @Nullable String server) {
        return new DatabaseSettings(
                DatabaseRole.TARGET,
                Optional.ofNullable(url),
                Optional.ofNullable(envFile),
                ".env.production",
                Optional.ofNullable(server),
                directory);
    }

    private static ServerCredentials servers(@Nullable String user) {
        return id -> id.equals("prod") ? Optional.of(new Credentials(user, Secret.of(SECRET))) : Optional.empty();
    }

    private static ResolvedDatabase resolve(Map<String, String> environment, DatabaseSettings settings) {
        return new DatabaseResolution(environment, NO_SERVERS).resolve(settings);
    }

    private static Problem problem(Map<String, String> environment, DatabaseSettings settings) {
        return catchThrowableOfType(ProblemException.class, () -> resolve(environment, settings))
                .first();
    }
}
