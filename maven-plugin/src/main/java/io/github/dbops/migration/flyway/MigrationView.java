package io.github.dbops.migration.flyway;

import io.github.dbops.migration.HistoryRow;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Flyway knows of a migration into what reports show.
 *
 * @param project files are shown from here
 * @param names what migrations are called
 * @param rows the history by rank
 * @param rolledBack those whose last correction was a rollback
 */
record MigrationView(Path project, MigrationNames names, Map<Integer, HistoryRow> rows, Set<String> rolledBack) {

    Migration of(MigrationInfo info) {
        String name = names.of(info);
        List<String> notes = new ArrayList<>();
        MigrationState state = state(info, name, notes);
        Optional<Path> script = FileChecksum.script(text(info.getPhysicalLocation()));
        return new Migration(
                name,
                Optional.of(text(info.getDescription())).filter(title -> !title.isEmpty() && !title.equals(name)),
                type(info),
                state,
                info.getState() == org.flywaydb.core.api.MigrationState.PENDING,
                script.map(this::shown),
                Optional.ofNullable(info.getAppliedChecksum()).map(String::valueOf),
                fileChecksum(info, script),
                Optional.ofNullable(info.getInstalledOn()).map(Date::toInstant),
                Optional.ofNullable(info.getExecutionTime()).map(Duration::ofMillis),
                Optional.ofNullable(info.getInstalledBy()),
                notes,
                Optional.ofNullable(info.getInstalledRank())
                        .map(rows::get)
                        .map(List::of)
                        .orElse(List.of()));
    }

    private MigrationState state(MigrationInfo info, String name, List<String> notes) {
        return switch (info.getState()) {
            case PENDING -> rolledBack.contains(name) ? MigrationState.ROLLED_BACK : MigrationState.PENDING;
            case ABOVE_TARGET -> MigrationState.ABOVE_TARGET;
            case BELOW_BASELINE -> MigrationState.BELOW_BASELINE;
            case BASELINE_IGNORED -> {
                notes.add("A baseline of its version stands for it.");
                yield MigrationState.BELOW_BASELINE;
            }
            case BASELINE -> MigrationState.BASELINE;
            case IGNORED -> MigrationState.IGNORED;
            case MISSING_SUCCESS -> MigrationState.MISSING;
            case MISSING_FAILED -> {
                notes.add("It is missing from disk.");
                yield MigrationState.FAILED;
            }
            case SUCCESS -> done(info, MigrationState.APPLIED, notes);
            case OUT_OF_ORDER -> {
                MigrationState done = done(info, MigrationState.OUT_OF_ORDER, notes);
                if (done == MigrationState.MODIFIED) {
                    notes.add("It was applied out of order.");
                }
                yield done;
            }
            case UNDONE -> MigrationState.UNDONE;
            case AVAILABLE -> MigrationState.AVAILABLE;
            case FAILED -> MigrationState.FAILED;
            case FUTURE_SUCCESS -> MigrationState.FUTURE;
            case FUTURE_FAILED -> {
                notes.add("It is newer than anything on disk.");
                yield MigrationState.FAILED;
            }
            case OUTDATED -> MigrationState.OUTDATED;
            case SUPERSEDED -> MigrationState.SUPERSEDED;
            case DELETED -> MigrationState.DELETED;
        };
    }

    private static MigrationState done(MigrationInfo info, MigrationState otherwise, List<String> notes) {
        boolean same = info.isChecksumMatching();
        Optional<ResolvedMigration> onDisk = OnDisk.of(info);
        String type = onDisk.map(found -> found.getType().name()).orElse("");
        if (!type.isEmpty() && !type.equals(info.getType().name())) {
            notes.add("It was applied as " + info.getType().name() + ", and is " + type + " on disk.");
            same = false;
        }
        String description = onDisk.map(found -> RowValues.description(found.getDescription()))
                .orElse("");
        if (!description.isEmpty() && !description.equals(info.getDescription())) {
            notes.add("It was applied as \"" + info.getDescription() + "\", and is called \"" + description
                    + "\" on disk.");
            same = false;
        }
        return same ? otherwise : MigrationState.MODIFIED;
    }

    private static String type(MigrationInfo info) {
        if (info.getType().isBaseline()) {
            return "baseline";
        }
        if (info.getType().isUndo()) {
            return "undo";
        }
        if (info.getType() == CoreMigrationType.JDBC) {
            return "java";
        }
        if (info.getType() == CoreMigrationType.SQL) {
            return info.getVersion() == null ? "repeatable" : "sql";
        }
        return info.getType().name().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> fileChecksum(MigrationInfo info, Optional<Path> script) {
        Optional<String> crc = Optional.ofNullable(info.getResolvedChecksum()).map(String::valueOf);
        return script.map(file -> crc.map(sum -> sum + " ").orElse("") + "sha256:" + FileChecksum.of(file))
                .or(() -> crc);
    }

    private String shown(Path file) {
        Path root = project.toAbsolutePath().normalize();
        Path place = file.toAbsolutePath().normalize();
        return (place.startsWith(root) ? root.relativize(place) : place)
                .toString()
                .replace('\\', '/');
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
