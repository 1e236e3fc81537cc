package io.github.dbops.migration;

import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import java.util.List;
import java.util.function.Consumer;

/**
 * One tool's migrations against one database. Opens its sessions itself and keeps none between calls, so that each call
 * may follow a lost connection. What the database refuses is a {@link io.github.dbops.postgres.SqlFailure}, what dbops
 * refuses a {@link io.github.dbops.problem.ProblemException}.
 */
public interface MigrationEngine {

    /** Files and history together. Reads only, takes no lock. */
    History history();

    /**
     * What would keep a deploy from beginning now: failed migrations, a database that is not empty and has no history,
     * another provider's lock file, what the tool's own validation refuses. Reads only, takes no lock.
     *
     * @return empty where a deploy would begin
     */
    List<Problem> obstacles();

    /**
     * Runs what is pending, in order, and stops at the first failure.
     *
     * <p>After a lost connection it reads the history under the lock before it runs anything again, and never repeats
     * what may have been done.
     *
     * @param review given the history as it is under the engine's lock, before anything is written; throws to refuse
     * @return what was done, also where a migration failed or its outcome is not known
     * @throws io.github.dbops.problem.ProblemException before any migration was begun: the {@link #obstacles}, a lock that
     *     was not obtained, what the review throws
     */
    Deployment deploy(Consumer<History> review);

    /**
     * Corrects the record of migrations under the engine's lock, all or none. The preconditions are Prisma's, on both
     * engines.
     *
     * @param action what is true of them
     * @param names at least one, each as in {@link Migration#name}
     * @param execution a dry-run checks and shows only
     * @return one for each name, in that order
     */
    List<Resolution> resolve(Resolution.Action action, List<String> names, Execution execution);
}
