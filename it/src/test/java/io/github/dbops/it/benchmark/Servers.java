package io.github.dbops.it.benchmark;

/**
 * Both servers of a sync's benchmark.
 *
 * @param source where rows come from
 * @param target where they go
 */
record Servers(Server source, Server target) implements AutoCloseable {

    static Servers start(Workplace workplace, Settings settings) {
        Server source = Server.start(
                workplace.binaries(settings.postgres().source()),
                workplace.scratch().path().resolve("servers/source"),
                settings.afterwards());
        try {
            Server target = Server.start(
                    workplace.binaries(settings.postgres().target()),
                    workplace.scratch().path().resolve("servers/target"),
                    settings.afterwards());
            return new Servers(source, target);
        } catch (RuntimeException failure) {
            source.close();
            throw failure;
        }
    }

    /** Straight to the servers. */
    Route direct() {
        return new Route(source.port(), target.port());
    }

    /** {@code PostgreSQL 18.6}, or both versions where they differ. */
    String title() {
        String from = source.version();
        String to = target.version();
        return from.equals(to) ? "PostgreSQL " + from : "PostgreSQL " + from + " and " + to;
    }

    @Override
    public void close() {
        try {
            target.close();
        } finally {
            source.close();
        }
    }
}
