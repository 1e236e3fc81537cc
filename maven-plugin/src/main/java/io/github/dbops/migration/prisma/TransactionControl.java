package io.github.dbops.migration.prisma;

import io.github.dbops.postgres.SqlStatement;
import java.util.List;

/**
 * What a statement does to the transaction around it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT">Multiple
 *     Statements in a Simple Query</a>
 */
enum TransactionControl {
    BEGINS,
    COMMITS,
    ROLLS_BACK,
    NONE;

    static TransactionControl of(SqlStatement statement) {
        if (statement.words().isEmpty() || statement.words().contains("prepared")) {
            return NONE;
        }
        return switch (statement.words().get(0)) {
            case "begin" -> BEGINS;
            case "start" -> statement.beginsWith("start", "transaction") ? BEGINS : NONE;
            case "commit", "end" -> COMMITS;
            case "rollback", "abort" -> statement.words().contains("to") ? NONE : ROLLS_BACK;
            // What is prepared survives, so it must not be taken for undone.
            case "prepare" -> statement.beginsWith("prepare", "transaction") ? COMMITS : NONE;
            default -> NONE;
        };
    }

    /** Whether a script has transactions of its own making. */
    static boolean isIn(List<SqlStatement> script) {
        return script.stream().anyMatch(statement -> of(statement) != NONE);
    }

    /** How many of the first statements are committed when they were sent in one message. */
    static int committedOfMessage(List<SqlStatement> done) {
        int committed = 0;
        for (int i = 0; i < done.size(); i++) {
            if (of(done.get(i)) == COMMITS) {
                committed = i + 1;
            }
        }
        return committed;
    }

    /** How many of the first statements are committed when each was sent by itself. */
    static int committedOneByOne(List<SqlStatement> done) {
        int committed = 0;
        for (int i = 0; i < done.size(); i++) {
            TransactionControl control = of(done.get(i));
            boolean inBlock = isOpenAfter(done.subList(0, i + 1));
            if (control == COMMITS || (control == NONE && !inBlock)) {
                committed = i + 1;
            }
        }
        return committed;
    }

    /** Whether a transaction is open after these statements. */
    static boolean isOpenAfter(List<SqlStatement> done) {
        boolean open = false;
        for (SqlStatement statement : done) {
            open = switch (of(statement)) {
                case BEGINS -> true;
                case COMMITS, ROLLS_BACK -> isChained(statement);
                case NONE -> open;
            };
        }
        return open;
    }

    private static boolean isChained(SqlStatement statement) {
        return statement.words().contains("chain") && !statement.words().contains("no");
    }
}
