package io.github.dbops.migration.prisma;

import io.github.dbops.migration.HistoryRow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code _prisma_migrations}. A migration may have several; those rolled back stay for the record.
 *
 * @param id a UUID
 * @param checksum of the script when the row was written
 * @param finishedAt when the migration had ended well
 * @param name the migration's
 * @param logs why it failed; empty text where it was resolved as applied
 * @param rolledBackAt when it was marked as rolled back
 * @param startedAt when it began
 * @param steps 1 where it ran to its end
 */
record PrismaRow(
        String id,
        String checksum,
        Optional<Instant> finishedAt,
        String name,
        Optional<String> logs,
        Optional<Instant> rolledBackAt,
        Instant startedAt,
        int steps) {

    /** Neither finished nor rolled back: Prisma's own test, which is also true of one that is running. */
    boolean isFailed() {
        return finishedAt.isEmpty() && rolledBackAt.isEmpty();
    }

    boolean isRolledBack() {
        return rolledBackAt.isPresent();
    }

    /** Written by {@code resolve}: the migration was not run. */
    boolean isResolvedAsApplied() {
        return steps == 0 && logs.filter(String::isEmpty).isPresent() && finishedAt.equals(Optional.of(startedAt));
    }

    /** How long it ran. */
    Optional<Duration> took() {
        return isResolvedAsApplied() ? Optional.empty() : finishedAt.map(end -> Duration.between(startedAt, end));
    }

    /** The same, marked as rolled back. */
    PrismaRow rolledBack(Instant now) {
        return new PrismaRow(id, checksum, finishedAt, name, logs, Optional.of(now), startedAt, steps);
    }

    /** The row as the table has it. */
    HistoryRow asItIs() {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        values.put("id", id);
        values.put("checksum", checksum);
        values.put("finished_at", text(finishedAt));
        values.put("migration_name", name);
        values.put("logs", logs.orElse(null));
        values.put("rolled_back_at", text(rolledBackAt));
        values.put("started_at", startedAt.toString());
        values.put("applied_steps_count", Integer.toString(steps));
        return new HistoryRow(values);
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}
