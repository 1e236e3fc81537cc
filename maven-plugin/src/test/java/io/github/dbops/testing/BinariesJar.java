package io.github.dbops.testing;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The one archive in the one jar of a folder. A record, because the library unpacks once for each equal resolver.
 *
 * @param folder one version's folder under {@code target/postgres-binaries}
 */
record BinariesJar(Path folder) implements PgBinaryResolver {

    private static final Path FOLDERS =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("target/postgres-binaries");

    /** A version's. */
    static BinariesJar of(int majorVersion) {
        return new BinariesJar(FOLDERS.resolve(Integer.toString(majorVersion)));
    }

    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        try (ZipFile jar = new ZipFile(onlyJar().toFile())) {
            ZipEntry archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            return new ByteArrayInputStream(jar.getInputStream(archive).readAllBytes());
        }
    }

    /** The jar; the build copies one. */
    Path onlyJar() {
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    "no binaries in " + folder
                            + ": run mvn generate-test-resources, with -Pall-postgres for versions between the oldest and newest");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            if (jars.size() != 1) {
                // Two after a version was raised without a clean build.
                throw new IllegalStateException("not one jar in " + folder + ": run mvn clean");
            }
            return jars.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
