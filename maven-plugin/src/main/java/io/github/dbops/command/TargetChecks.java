package io.github.dbops.command;

import io.github.dbops.postgres.Product;
import io.github.dbops.postgres.Session;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.util.List;
import java.util.stream.Stream;

/** What a target must be before an apply begins, and what is to be said of a server that a comparison reads. */
public final class TargetChecks {

    private TargetChecks() {}

    /**
     * Checks.
     *
     * @throws io.github.dbops.problem.ProblemException TARGET_IS_DISTRIBUTED, TARGET_IS_STANDBY,
     *     POOLER_IN_THE_WAY, STATISTICS_OFF
     */
    public static void mayBeWritten(Session target) {
        refuseDistributed(target);
        if (target.traits().standby()) {
            throw Problem.of(
                            Code.TARGET_IS_STANDBY,
                            "The target " + target.database() + " is a standby.",
                            "It is in recovery and reads only; a dry-run may use it, an apply may not.",
                            "Name the primary in the target's URL.")
                    .exception();
        }
        if (target.traits().pooled()) {
            throw Problem.of(
                            Code.POOLER_IN_THE_WAY,
                            "A transaction pooler stands in front of the target " + target.database() + ".",
                            "An apply needs one session for its locks; behind such a pooler every transaction may get"
                                    + " another one.",
                            "Give the direct URL as DIRECT_URL in the env file,",
                            "or, if the pooler keeps sessions (pool_mode = session): -Ddbops.pooler=session")
                    .exception();
        }
        if (!target.one("SELECT current_setting('track_counts')::boolean", row -> row.getBoolean(1))) {
            throw Problem.of(
                            Code.STATISTICS_OFF,
                            "The target " + target.database() + " does not count what is written.",
                            "track_counts is off, so dbops could not prove that protected tables stay untouched.",
                            "Turn it on: ALTER DATABASE " + databaseName(target) + " SET track_counts = on;",
                            "or, if it is off in postgresql.conf, there.")
                    .exception();
        }
    }

    private static void refuseDistributed(Session target) {
        Product product = target.traits().product();
        if (product.isDistributed()) {
            throw Problem.of(
                            Code.TARGET_IS_DISTRIBUTED,
                            "The target " + target.database() + " is " + product.label() + ".",
                            "There it is not proven that one snapshot covers all rows, that the statistics of one node"
                                    + " show every table that was written, or that a lock keeps other writers away; an"
                                    + " apply relies on all three.",
                            "Use a dry-run: it only reads. What an apply would need is in docs/scaling.md.")
                    .exception();
        }
    }

    /** What a comparison with such servers cannot promise; empty where both are PostgreSQL. */
    static List<String> warnings(Session source, Session target) {
        return Stream.of(source, target)
                .filter(session -> session.traits().product().isDistributed())
                .map(session -> session.database() + " is "
                        + session.traits().product().label()
                        + ", on which dbops is not proven: its rows are read through one session and found by hashing them"
                        + " all again, and they may stem from different moments."
                        + (session == target
                                ? " An apply there is refused, and collisions on further unique indexes are not looked"
                                        + " for."
                                : ""))
                .toList();
    }

    private static String databaseName(Session target) {
        return target.one("SELECT quote_ident(current_database())", row -> row.getString(1));
    }
}
