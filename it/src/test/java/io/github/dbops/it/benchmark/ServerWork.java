package io.github.dbops.it.benchmark;

import java.util.List;

/**
 * What a method had one server do.
 *
 * @param statements how many it ran
 * @param rows how many rows they returned, copied or wrote
 * @param seconds how long it ran them, waiting for the client included
 * @param sent bytes that it was sent
 * @param received bytes that came from it
 */
record ServerWork(long statements, long rows, double seconds, long sent, long received) {

    // The benchmark's own questions are asked in another database than those that are compared.
    private static final String COMPARED = "dbid <> (SELECT oid FROM pg_database WHERE datname = 'postgres')";

    /** Begins to count. */
    static void reset(Server server) {
        server.value("postgres", "SELECT pg_stat_statements_reset()");
    }

    /** What was counted since. */
    static ServerWork since(Server server, Meter meter) {
        String[] found = server.value(
                        "postgres",
                        "SELECT coalesce(sum(calls), 0), coalesce(sum(rows), 0), coalesce(sum(total_exec_time), 0) / 1000"
                                + " FROM pg_stat_statements WHERE " + COMPARED)
                .split("\\|");
        return new ServerWork(
                Long.parseLong(found[0]),
                Long.parseLong(found[1]),
                Double.parseDouble(found[2]),
                meter.sent(),
                meter.received());
    }

    /** The longest statements since, each with its calls, rows and seconds. */
    static List<String> longest(Server server) {
        // A COPY's constants are not taken out of its text, so that its beginning must tell what is the same.
        return server.database("postgres").rows("""
                SELECT to_char(sum(total_exec_time) / 1000, '99990.000'), to_char(sum(calls), '999999'),
                       to_char(sum(rows), '999999999'), left(min(regexp_replace(query, '\\s+', ' ', 'g')), 400)
                FROM pg_stat_statements
                WHERE %s
                GROUP BY left(query, 120)
                ORDER BY sum(total_exec_time) DESC
                LIMIT 12
                """.formatted(COMPARED));
    }
}
