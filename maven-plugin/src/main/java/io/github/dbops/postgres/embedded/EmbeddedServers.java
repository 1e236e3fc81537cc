package io.github.dbops.postgres.embedded;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.env.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts the servers that {@code embedded:} URLs name; spec section 3. A server's data is kept from run to run under
 * {@code .dbops/embedded/NAME}, and built anew by its init scripts when they or the version change.
 */
public final class EmbeddedServers {

    private static final int NEWEST = 18;

    private final EmbeddedBinaries binaries;
    private final Consumer<String> narrator;
    private final Duration patience;

    /**
     * Servers run from given binaries.
     *
     * @param binaries asked for a version's jars when the first server is started
     * @param narrator told one line about what takes its time: building, waiting for another process
     */
    public EmbeddedServers(EmbeddedBinaries binaries, Consumer<String> narrator) {
        this(binaries, narrator, Duration.ofSeconds(60));
    }

    /** As above, but waiting less or more for another process that uses the same server. */
    EmbeddedServers(EmbeddedBinaries binaries, Consumer<String> narrator, Duration patience) {
        this.binaries = binaries;
        this.narrator = narrator;
        this.patience = patience;
    }

    /**
     * Starts a server, and builds its data first where that is due. The caller closes it; a process that ends without
     * doing so (Ctrl-C) stops it too.
     *
     * @param url what to start
     * @param directory where {@code .dbops} is, and where relative script paths begin
     * @throws io.github.dbops.problem.ProblemException EMBEDDED_UNAVAILABLE where binaries cannot be had, the server
     *     does not start or is in use; EMBEDDED_INIT_FAILED where a script is missing or fails, and then the data is
     *     built from the start next time
     */
    public synchronized EmbeddedServer start(DatabaseUrl.Embedded url, Path directory) {
        DataFolder folder = DataFolder.of(directory.toAbsolutePath().normalize(), url);
        FolderLock lock = FolderLock.acquire(folder, patience, narrator);
        try {
            return start(url, directory, folder, lock);
        } catch (RuntimeException | Error failure) {
            lock.release();
            throw failure;
        }
    }

    private EmbeddedServer start(DatabaseUrl.Embedded url, Path directory, DataFolder folder, FolderLock lock) {
        int version = url.version().orElse(NEWEST);
        InitScripts scripts = InitScripts.read(url, directory);
        String hash = scripts.hash(version, url.schema());
        PostgresLibrary library = PostgresLibrary.load(version, binaries.jars(version));
        Launch launch = new Launch(url, folder, lock, library);
        try {
            // Whoever holds the lock is alone: a postmaster found here outlived a process that was killed.
            Postmaster.of(folder.data()).ifPresent(Postmaster::stop);
            Postmaster.forgetOther(folder.data());
            Optional<DataFolder.Built> kept =
                    folder.built().filter(built -> built.hash().equals(hash));
            if (kept.isPresent()) {
                return launch.server(kept.get().password());
            }
            narrator.accept(
                    "Building " + url.display() + " on PostgreSQL " + version + " from " + scripts.inWords() + ".");
            return launch.builtServer(scripts, hash);
        } catch (RuntimeException | Error failure) {
            library.close();
            throw failure;
        }
    }

    /** What is at hand for a start: the lock is held, nothing runs yet. */
    private record Launch(DatabaseUrl.Embedded url, DataFolder folder, FolderLock lock, PostgresLibrary library) {

        EmbeddedServer server(Secret password) {
            PostgresLibrary.Running running = library.start(folder, password);
            DatabaseUrl.Server address = new DatabaseUrl.Server(
                    List.of(new DatabaseUrl.Host("127.0.0.1", running.port())),
                    url.name(),
                    PostgresLibrary.SUPERUSER,
                    password,
                    url.schema(),
                    Map.of("sslmode", "disable"),
                    false,
                    List.of());
            return new EmbeddedServer(address, running, library, lock);
        }

        EmbeddedServer builtServer(InitScripts scripts, String hash) {
            Secret password = folder.clear();
            EmbeddedServer server = server(password);
            try {
                new ScriptRunner(url, server.url()).run(scripts);
                folder.markBuilt(new DataFolder.Built(hash, password));
                return server;
            } catch (RuntimeException | Error failure) {
                server.close();
                throw failure;
            }
        }
    }
}
