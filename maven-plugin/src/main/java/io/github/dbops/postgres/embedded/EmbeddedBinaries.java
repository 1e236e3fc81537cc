package io.github.dbops.postgres.embedded;

import java.nio.file.Path;
import java.util.List;

/** Where a PostgreSQL server's binaries come from: Maven's repositories in the plugin, a folder in tests. */
public interface EmbeddedBinaries {

    /**
     * The jars that start a server of a version: the library with all its dependencies, and the binaries for this
     * operating system and processor.
     *
     * @param majorVersion 14 to 18
     * @return at least one jar
     * @throws io.github.dbops.problem.ProblemException (EMBEDDED_UNAVAILABLE) where they cannot be had
     */
    List<Path> jars(int majorVersion);
}
