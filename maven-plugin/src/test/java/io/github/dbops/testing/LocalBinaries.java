package io.github.dbops.testing;

import io.github.dbops.postgres.embedded.EmbeddedBinaries;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The binaries that the build copied, and the library from the test class path. */
public final class LocalBinaries implements EmbeddedBinaries {

    /** One class from each jar that a server is started with. */
    private static final List<String> CLASSES = List.of(
            "io.zonky.test.db.postgres.embedded.EmbeddedPostgres",
            "org.apache.commons.lang3.StringUtils",
            "org.apache.commons.compress.archivers.tar.TarArchiveInputStream",
            "org.apache.commons.io.IOUtils",
            "org.apache.commons.codec.binary.Hex",
            "org.tukaani.xz.XZInputStream",
            "org.slf4j.LoggerFactory",
            "org.slf4j.impl.StaticLoggerBinder",
            "org.postgresql.Driver");

    @Override
    public List<Path> jars(int majorVersion) {
        return Stream.concat(
                        CLASSES.stream().map(LocalBinaries::jarOf),
                        Stream.of(BinariesJar.of(majorVersion).onlyJar()))
                .toList();
    }

    private static Path jarOf(String className) {
        try {
            return Path.of(Class.forName(className)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
