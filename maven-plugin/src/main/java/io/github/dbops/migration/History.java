package io.github.dbops.migration;

import java.util.List;
import java.util.Optional;

/**
 * All migrations of a repository and a database at one moment.
 *
 * @param engine whose they are
 * @param table the history table with its schema; empty where there is none yet
 * @param migrations in the engine's order; those that are not on disk stand where they would
 * @param settings what besides the files decides what a deploy would do, one {@code name=value} each, no secrets: part of
 *     the digest
 * @param warnings one sentence each
 */
public record History(
        EngineName engine,
        Optional<String> table,
        List<Migration> migrations,
        List<String> settings,
        List<String> warnings) {

    public History {
        migrations = List.copyOf(migrations);
        settings = List.copyOf(settings);
        warnings = List.copyOf(warnings);
    }

    /** What the next deploy runs, in that order. */
    public List<Migration> pending() {
        return migrations.stream().filter(Migration::pending).toList();
    }

    /** All that are in a state. */
    public List<Migration> in(MigrationState state) {
        return migrations.stream().filter(m -> m.state() == state).toList();
    }

    /** A migration by its name. */
    public Optional<Migration> find(String name) {
        return migrations.stream().filter(m -> m.name().equals(name)).findFirst();
    }
}
