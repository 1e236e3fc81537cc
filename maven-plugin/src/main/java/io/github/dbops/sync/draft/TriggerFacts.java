package io.github.dbops.sync.draft;

import java.util.Optional;

/**
 * An enabled trigger that a user made.
 *
 * @param name its name
 * @param function what it runs
 * @param before it runs before the row is written, so it may change the row
 * @param fills the search column that PostgreSQL's own trigger function keeps up by it
 */
public record TriggerFacts(String name, String function, boolean before, Optional<String> fills) {}
