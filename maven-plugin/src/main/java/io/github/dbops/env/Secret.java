package io.github.dbops.env;

/**
 * A text that must not be shown. Not a record, so that no generated method can print it; {@link #reveal} is for the
 * driver alone.
 */
public final class Secret {

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** Wraps a text that must not be shown. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The text itself, to hand to the database driver and to nobody else. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "****";
    }
}
