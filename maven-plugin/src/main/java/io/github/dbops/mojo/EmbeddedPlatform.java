package io.github.dbops.mojo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * An operating system and processor that binaries are published for.
 *
 * @param classifier as in the artifact's name: {@code linux-amd64}
 */
record EmbeddedPlatform(String classifier) {

    /** This machine's; empty where nobody publishes binaries for it. */
    static Optional<EmbeddedPlatform> here() {
        return of(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                // Its C library is another one, and binaries for the usual one do not run.
                Files.exists(Path.of("/etc/alpine-release")) ? CLibrary.MUSL : CLibrary.GNU);
    }

    /** Which C library a Linux has. */
    enum CLibrary {
        GNU,
        MUSL
    }

    /** By the names that Java gives a system and a processor. */
    static Optional<EmbeddedPlatform> of(String system, String processor, CLibrary library) {
        String name = system.toLowerCase(Locale.ROOT);
        Optional<String> architecture = switch (processor) {
            case "amd64", "x86_64" -> Optional.of("amd64");
            case "aarch64" -> Optional.of("arm64v8");
            default -> Optional.empty();
        };
        if (name.startsWith("linux")) {
            String suffix = library == CLibrary.MUSL ? "-alpine" : "";
            return architecture.map(a -> new EmbeddedPlatform("linux-" + a + suffix));
        }
        if (name.startsWith("mac")) {
            return architecture.map(a -> new EmbeddedPlatform("darwin-" + a));
        }
        return name.startsWith("windows")
                ? architecture.filter("amd64"::equals).map(a -> new EmbeddedPlatform("windows-" + a))
                : Optional.empty();
    }
}
