package io.github.dbops.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One migration, as files and history together tell of it.
 *
 * @param name what {@code dbops:resolve} takes: Prisma's directory, Flyway's version, a repeatable's description
 * @param title what else people call it: Flyway's description; empty where there is nothing else
 * @param type {@code sql}, {@code java}, {@code repeatable}, {@code baseline}…
 * @param state what it is to the database
 * @param pending the next deploy runs it
 * @param file its script, relative to the project; empty where it is not on disk or no file
 * @param recordedChecksum the history's checksum; empty where there is none
 * @param fileChecksum the checksum of what is on disk now, in the engine's form; empty where it is not on disk
 * @param at when it ended, or began where it did not end; empty where it never ran
 * @param took how long it ran; empty where that is not known
 * @param by the database role; empty where the engine does not record it
 * @param notes what people should know, one sentence each
 * @param rows the history's rows of it, oldest first
 */
public record Migration(
        String name,
        Optional<String> title,
        String type,
        MigrationState state,
        boolean pending,
        Optional<String> file,
        Optional<String> recordedChecksum,
        Optional<String> fileChecksum,
        Optional<Instant> at,
        Optional<Duration> took,
        Optional<String> by,
        List<String> notes,
        List<HistoryRow> rows) {

    public Migration {
        notes = List.copyOf(notes);
        rows = List.copyOf(rows);
    }
}
