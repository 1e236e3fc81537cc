package io.github.dbops.github;

/**
 * A reviewer's yes to this run.
 *
 * @param by the reviewer's login, as GitHub has it
 * @param bypassable whether administrators could have passed without it
 * @param attempt which attempt of the run asks; GitHub does not say for which one the yes was
 */
public record Approval(String by, boolean bypassable, long attempt) {}
