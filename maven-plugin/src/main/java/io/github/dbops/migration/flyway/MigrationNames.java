package io.github.dbops.migration.flyway;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationInfo;

/** What migrations are called: the version; of a repeatable one the description, or its script where two share it. */
final class MigrationNames {

    private final Map<String, Set<String>> scripts;

    MigrationNames(List<MigrationInfo> infos) {
        this.scripts = infos.stream()
                .filter(info -> info.getVersion() == null)
                .collect(Collectors.groupingBy(
                        MigrationInfo::getDescription,
                        Collectors.mapping(MigrationInfo::getScript, Collectors.toSet())));
    }

    String of(MigrationInfo info) {
        if (info.getVersion() != null) {
            return info.getVersion().toString();
        }
        boolean unique = scripts.getOrDefault(info.getDescription(), Set.of()).size() <= 1;
        return unique && !info.getDescription().isEmpty() ? info.getDescription() : info.getScript();
    }
}
