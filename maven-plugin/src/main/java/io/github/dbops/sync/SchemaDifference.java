package io.github.dbops.sync;

/**
 * A column that the two sides do not have alike.
 *
 * @param column its name
 * @param source what it is in the source: its type and what matters beside; {@code absent} where there is none
 * @param target what it is in the target
 * @param effect what a sync does about it, one sentence
 */
public record SchemaDifference(String column, String source, String target, String effect) {

    /** As one sentence or two. */
    public String told() {
        return "Column \"" + column + "\" is " + source + " in the source and " + target + " in the target. " + effect;
    }
}
