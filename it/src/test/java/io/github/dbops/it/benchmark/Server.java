package io.github.dbops.it.benchmark;

import io.github.dbops.it.Database;
import io.github.dbops.it.Folder;
import io.github.dbops.postgres.embedded.LoopbackPort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** One of the two PostgreSQL servers of a sync's benchmark: of a machine's ordinary size, its commits durable. */
final class Server implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_buffers", "512MB",
            "max_wal_size", "4GB",
            "min_wal_size", "4GB",
            "work_mem", "16MB",
            "maintenance_work_mem", "128MB",
            "track_activity_query_size", "32kB",
            "shared_preload_libraries", "pg_stat_statements");

    private final EmbeddedPostgres postgres;
    private final Path folder;
    private final Settings.Afterwards afterwards;

    private Server(EmbeddedPostgres postgres, Path folder, Settings.Afterwards afterwards) {
        this.postgres = postgres;
        this.folder = folder;
        this.afterwards = afterwards;
    }

    /**
     * Starts one.
     *
     * @param binaries the folder with the one jar of its binaries
     * @param folder where its data lies, and may lie from an earlier benchmark
     * @param afterwards what becomes of the data
     */
    static Server start(Path binaries, Path folder, Settings.Afterwards afterwards) {
        endLeftOver(folder);
        if (afterwards == Settings.Afterwards.DELETE) {
            new Folder(folder).delete();
        }
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPgBinaryResolver(new OnlyJar(binaries))
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPort(LoopbackPort.free())
                .setLocaleConfig("locale", "C.UTF-8")
                .setPGStartupWait(Duration.ofMinutes(2));
        SETTINGS.forEach(builder::setServerConfig);
        try {
            Files.createDirectories(folder);
            Server server = new Server(builder.start(), folder, afterwards);
            server.mustBeDurable();
            server.database("postgres").execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
            server.makeWalFiles();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start in " + folder, e);
        }
    }

    /** A benchmark that was killed leaves its server behind. */
    private static void endLeftOver(Path folder) {
        Path file = folder.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = new Folder(folder).text("postmaster.pid").lines().toList();
        // The number may be another process' by now.
        ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                .filter(process -> Path.of(lines.get(1)).equals(folder))
                .ifPresent(process -> {
                    process.destroy();
                    process.onExit().join();
                });
    }

    // The library starts its servers with -F, which a later setting overrides.
    private void mustBeDurable() {
        List<String> found = database("postgres")
                .rows("SELECT current_setting('fsync'), current_setting('synchronous_commit'),"
                        + " current_setting('full_page_writes')");
        if (!found.equals(List.of("on|on|on"))) {
            throw new IllegalStateException("the server is not durable: " + found);
        }
    }

    // A server that has been up for a while uses its files again. One that makes them while it is measured writes
    // everything twice, but only in the case that is larger than all before it. The files are counted, not looked at,
    // because checkpoints meanwhile leave a few less than min_wal_size.
    private void makeWalFiles() {
        database("postgres").execute("""
                DO $$
                BEGIN
                    FOR i IN 1..pg_size_bytes(current_setting('min_wal_size'))
                            / pg_size_bytes(current_setting('wal_segment_size'))
                    LOOP
                        PERFORM pg_logical_emit_message(false, 'dbops', '');
                        PERFORM pg_switch_wal();
                    END LOOP;
                END
                $$""");
        database("postgres").execute("CHECKPOINT");
    }

    int port() {
        return postgres.getPort();
    }

    /** {@code 18.6}. */
    String version() {
        return value("postgres", "SELECT split_part(current_setting('server_version'), ' ', 1)");
    }

    int majorVersion() {
        return Integer.parseInt(version().split("\\.", 2)[0]);
    }

    Database database(String name) {
        return Database.of(postgres, name);
    }

    /** The one value of a query, as text. */
    String value(String database, String sql) {
        return database(database).rows(sql).get(0);
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (afterwards == Settings.Afterwards.DELETE) {
            new Folder(folder).delete();
        }
    }

    /** A record, because the library unpacks once for each equal resolver. */
    private record OnlyJar(Path folder) implements PgBinaryResolver {

        @Override
        public InputStream getPgBinary(String system, String machineHardware) throws IOException {
            List<Path> jars = new Folder(folder).files();
            if (jars.size() != 1) {
                throw new IllegalStateException("not one jar in " + folder + ": run mvn clean");
            }
            try (ZipFile jar = new ZipFile(jars.get(0).toFile())) {
                ZipEntry archive = jar.stream()
                        .filter(entry -> entry.getName().endsWith(".txz"))
                        .findFirst()
                        .orElseThrow();
                return new ByteArrayInputStream(jar.getInputStream(archive).readAllBytes());
            }
        }
    }
}
