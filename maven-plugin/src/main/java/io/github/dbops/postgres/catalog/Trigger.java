package io.github.dbops.postgres.catalog;

/**
 * An enabled trigger that a user made.
 *
 * @param name its name
 * @param function what it runs
 * @param before it runs before the row is written, so it may change the row
 * @param onInsert it fires on INSERT
 * @param onUpdate it fires on UPDATE
 */
public record Trigger(String name, String function, boolean before, boolean onInsert, boolean onUpdate) {}
