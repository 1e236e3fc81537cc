package io.github.dbops.migration.flyway;

import io.github.dbops.migration.ModuleClassPath;
import io.github.dbops.run.Origin;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a Flyway user can set, before Flyway's configuration files are read.
 *
 * @param project the execution root; relative files and {@code filesystem:} locations start here
 * @param properties every {@code flyway.*} property of Maven, by its whole name
 * @param environment the process environment
 * @param classPath asked only where a location, a callback or a resolver is on the class path
 * @param origin who runs this, for the record of a rollback
 */
public record FlywaySettings(
        Path project,
        Map<String, String> properties,
        Map<String, String> environment,
        ModuleClassPath classPath,
        Origin origin) {

    public FlywaySettings {
        properties = Map.copyOf(properties);
        environment = Map.copyOf(environment);
    }

    /** Without values, which may be anything. */
    @Override
    public String toString() {
        return "Flyway's settings for " + project;
    }
}
