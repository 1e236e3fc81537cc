package io.github.dbops.sync;

/**
 * A place in the plan file.
 *
 * @param file the plan's path as the operator gave it
 * @param path the JSON path, {@code $.tables[0].mode}
 * @param line counted from 1
 * @param column counted from 1, in characters
 */
public record Position(String file, String path, int line, int column) {

    /** {@code sync-plan.json:14:7}, as editors and terminals link it. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
