package io.github.dbops.env;

/**
 * A database's URL and where it stood.
 *
 * @param url as written
 * @param origin for the console: {@code DATABASE_URL in .env.production}
 * @param place for problems, to the line
 * @param isParameter a Maven parameter, which must not hold a secret
 * @param dangling a reference in it became nothing
 */
record FoundUrl(Secret url, String origin, String place, boolean isParameter, boolean dangling) {

    static FoundUrl inProperty(String name, String url) {
        return new FoundUrl(Secret.of(url), "property " + name, "property " + name, true, false);
    }

    static FoundUrl inEnvironment(String name, String url) {
        String place = "environment variable " + name;
        return new FoundUrl(Secret.of(url), place, place, false, false);
    }

    static FoundUrl inFile(String file, String name, DotenvFile.Variable variable) {
        String place = name + " in " + file;
        return new FoundUrl(variable.value(), place, place + ":" + variable.line(), false, variable.dangling());
    }
}
