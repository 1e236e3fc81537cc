package io.github.dbops.migration.prisma;

import io.github.dbops.migration.Deployment.Manner;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.SqlStatement;
import java.util.List;
import java.util.Optional;

/** What became of a script that was sent, when the server answered to all of it or refused it. */
sealed interface Sent {

    /**
     * It ran to its end, and its row says so.
     *
     * @param manner how it was sent
     * @param notes one sentence each
     */
    record Done(Manner manner, List<String> notes) implements Sent {}

    /**
     * The server refused it; no transaction is open any more.
     *
     * @param manner how it was sent
     * @param said the server's words, or dbops' own
     * @param answer the server's answer; empty where dbops itself refused
     * @param statement the one that failed; empty where none did
     * @param line where it failed; 0 where that is not known
     * @param committed how many of the first statements are committed
     * @param notes one sentence each
     */
    record Refused(
            Manner manner,
            String said,
            Optional<SqlFailure> answer,
            Optional<SqlStatement> statement,
            int line,
            int committed,
            List<String> notes)
            implements Sent {}
}
