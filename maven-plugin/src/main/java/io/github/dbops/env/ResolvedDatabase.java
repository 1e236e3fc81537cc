package io.github.dbops.env;

/**
 * A database that settings led to.
 *
 * @param url taken apart, credentials filled in
 * @param origin which source won, for the console: {@code DATABASE_URL in .env.production}
 */
public record ResolvedDatabase(DatabaseUrl url, String origin) {}
