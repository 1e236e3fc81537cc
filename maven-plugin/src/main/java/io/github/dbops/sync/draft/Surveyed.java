package io.github.dbops.sync.draft;

/**
 * A table with what its rows say.
 *
 * @param facts what the catalog says
 * @param counted what was counted
 */
public record Surveyed(TableFacts facts, Counted counted) {}
