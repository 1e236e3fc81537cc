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

    /** Whether a transaction is open after these statements. */
    static boolean isOpenAfter(List<SqlStatement> done) {
        OneByOne sent = new OneByOne();
        done.forEach(sent::add);
        return sent.isInBlock();
    }

    /** What becomes of statements that are sent each by itself; told of one after the other. */
    static final class OneByOne {

        private int count;
        private int committed;
        private boolean inBlock;

        /** The next one is done. */
        void add(SqlStatement statement) {
            TransactionControl control = of(statement);
            inBlock = switch (control) {
                case BEGINS -> true;
                case COMMITS, ROLLS_BACK -> isChained(statement);
                case NONE -> inBlock;
            };
            count++;
            if (control == COMMITS || (control == NONE && !inBlock)) {
                committed = count;
            }
        }

        /** Whether a transaction is open now. */
        boolean isInBlock() {
            return inBlock;
        }

        /** How many of the first statements are committed. */
        int committed() {
            return committed;
        }
    }

    private static boolean isChained(SqlStatement statement) {
        return statement.words().contains("chain") && !statement.words().contains("no");
    }
}
