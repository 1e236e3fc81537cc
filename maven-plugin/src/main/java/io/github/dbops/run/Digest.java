package io.github.dbops.run;

/**
 * SHA-256 of exactly what a run would do: what was reviewed and what is done are equal when their digests are.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {

    public Digest {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a digest: " + hex);
        }
    }

    /** The first twelve digits, for people. */
    public String brief() {
        return hex.substring(0, 12);
    }

    @Override
    public String toString() {
        return hex;
    }
}
