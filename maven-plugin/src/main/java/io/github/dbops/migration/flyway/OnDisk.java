package io.github.dbops.migration.flyway;

import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.internal.info.MigrationInfoImpl;

/** What Flyway found on disk of a migration; its API tells of it only until there is a row in the history. */
final class OnDisk {

    private OnDisk() {}

    /** Empty where it is not on disk. */
    static Optional<ResolvedMigration> of(MigrationInfo info) {
        return info instanceof MigrationInfoImpl known
                ? Optional.ofNullable(known.getResolvedMigration())
                : Optional.empty();
    }
}
