package io.github.dbops.it.benchmark;

/**
 * By which local ports a client reaches the two servers.
 *
 * @param source the source's
 * @param target the target's
 */
record Route(int source, int target) {

    /** A database's URL through one of the ports. */
    static String url(int port, String database) {
        return "postgresql://postgres@127.0.0.1:" + port + "/" + database + "?sslmode=disable";
    }
}
