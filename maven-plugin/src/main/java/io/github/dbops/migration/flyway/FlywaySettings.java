package io.github.dbops.migration.flyway;

import io.github.dbops.migration.ModuleClassPath;
import io.github.dbops.run.Origin;
import java.nio.file.Path;
import java.util.Map;

/** Not there yet. */
public record FlywaySettings(
        Path project,
        Map<String, String> properties,
        Map<String, String> environment,
        ModuleClassPath classPath,
        Origin origin) {}
