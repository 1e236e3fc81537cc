package io.github.dbops.migration.prisma;

import io.github.dbops.migration.Deployment.Manner;
import io.github.dbops.migration.EngineSettings;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.postgres.Backoff;
import io.github.dbops.postgres.ScriptFailure;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.SqlStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends one migration's script in the manner that suits it, and has its row say so when it ran to its end. A lost
 * connection passes as {@link SqlFailure}; {@link #reach} then tells how far the script can have come.
 */
final class ScriptSender {

    /** Cannot run in a transaction; a new enum value used in the same one; a procedure that commits. */
    private static final Set<String> NOT_IN_ONE_TRANSACTION = Set.of("25001", "55P04", "2D000");

    private static final int NOTICES = 3;
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    private final LockedSession database;
    private final EngineSettings settings;
    private final PrismaExecution execution;
    private final HistoryEntry entry;
    private final Consumer<String> narrator;
    private final List<SqlStatement> statements;
    private final List<String> notes = new ArrayList<>();
    private Reach reach = Reach.UNDONE;
    private int committed;
    private int retried;
    private Manner manner = Manner.TRANSACTION;

    /** How far a script can have come when its connection is lost. */
    enum Reach {
        /** Nothing of it outlives the connection. */
        UNDONE,
        /** The server may have done what it was sent last, or not. */
        IN_DOUBT,
        /** All of it is done; its row does not say so yet. */
        DONE
    }

    ScriptSender(
            LockedSession database,
            EngineSettings settings,
            PrismaExecution execution,
            HistoryEntry entry,
            Consumer<String> narrator) {
        this.database = database;
        this.settings = settings;
        this.execution = entry.script().execution().orElse(execution);
        this.entry = entry;
        this.narrator = narrator;
        this.statements = entry.script().statements();
    }

    Reach reach() {
        return reach;
    }

    /** How many of its first statements are committed for certain; asked when the connection was lost. */
    int committed() {
        return committed;
    }

    Sent send() {
        if (execution == PrismaExecution.STATEMENT) {
            return oneByOne();
        }
        if (TransactionControl.isIn(statements)) {
            return retrying(this::asItIs);
        }
        Sent sent = retrying(this::inTransaction);
        if (sent instanceof Sent.Refused refused && isNotForOneTransaction(refused)) {
            if (statements.size() == 1 || execution == PrismaExecution.AUTO) {
                notes.add("Not in one transaction, because PostgreSQL says: " + refused.said() + ".");
                return oneByOne();
            }
        }
        return sent;
    }

    private static boolean isNotForOneTransaction(Sent.Refused refused) {
        return refused.answer()
                .filter(answer -> NOT_IN_ONE_TRANSACTION.contains(answer.state().code()))
                .isPresent();
    }

    /** Again while locks or other transactions are in its way, as long as nothing of it is committed. */
    private Sent retrying(Supplier<Sent> work) {
        return retrying(
                work,
                sent -> sent instanceof Sent.Refused refused && refused.committed() == 0
                        ? refused.answer()
                        : Optional.empty());
    }

    private <T> T retrying(Supplier<T> work, Function<T, Optional<SqlFailure>> answer) {
        return new Backoff(Math.max(1, settings.lockAttempts()), FIRST_WAIT)
                .run(
                        work,
                        result -> answer.apply(result)
                                .filter(a -> a.state().isConcurrencyFailure())
                                .isPresent(),
                        attempt -> {
                            retried++;
                            narrator.accept(
                                    entry.file().name() + " was rolled back: a lock or another transaction is in"
                                            + " its way. Try " + attempt + " of " + settings.lockAttempts() + ".");
                        });
    }

    private Sent inTransaction() {
        Session session = database.session();
        manner = Manner.TRANSACTION;
        reach = Reach.UNDONE;
        session.execute(database.state().beginTransaction(entry.id()));
        try {
            hear(session.script(entry.script().text()).notices());
            if (entry.finishAndCommit(database, marker())) {
                return done(Manner.TRANSACTION);
            }
        } catch (ScriptFailure failure) {
            rolledBackBy(failure.answer());
            return refused(Manner.TRANSACTION, failure, 0);
        } catch (SqlFailure failure) {
            rolledBackBy(failure);
            return refused(Manner.TRANSACTION, failure);
        }
        reach = Reach.DONE;
        notes.add("The script has ended the transaction in which it was sent.");
        entry.finish(database);
        return done(Manner.OWN);
    }

    // RESET ALL takes our marker away too.
    private String marker() {
        return statements.stream().anyMatch(s -> s.beginsWith("reset", "all")) ? "" : entry.id();
    }

    private void rolledBackBy(SqlFailure answer) {
        if (answer.state().isConnectionFailure()) {
            throw answer;
        }
        database.session().rollback();
    }

    /** In one message, with the transactions that its author has written. */
    private Sent asItIs() {
        Session session = database.session();
        manner = Manner.OWN;
        session.execute(database.state().outsideTransactions());
        reach = Reach.IN_DOUBT;
        try {
            hear(session.script(entry.script().text()).notices());
        } catch (ScriptFailure failure) {
            rolledBackBy(failure.answer());
            int kept = TransactionControl.committedOfMessage(first(failure.completed()));
            reach = kept == 0 ? Reach.UNDONE : Reach.IN_DOUBT;
            return refused(Manner.OWN, failure, kept);
        }
        return ended(Manner.OWN, TransactionControl.committedOfMessage(statements));
    }

    /** Each statement in a message of its own. */
    private Sent oneByOne() {
        Session session = database.session();
        manner = Manner.STATEMENTS;
        session.execute(database.state().outsideTransactions());
        boolean setsItsOwn = statements.stream()
                .anyMatch(s -> s.beginsWith("set") && s.words().contains("lock_timeout"));
        TransactionControl.OneByOne sent = new TransactionControl.OneByOne();
        for (SqlStatement statement : statements) {
            boolean waitsForEver = StandaloneStatement.is(statement) && !setsItsOwn;
            if (waitsForEver) {
                session.execute("SET " + SessionState.waitForLocks(Duration.ZERO));
            }
            // By itself it is a transaction of its own; in a block, what went before it would be lost with it.
            boolean atomic = !StandaloneStatement.is(statement) && !sent.isInBlock();
            Optional<Sent.Refused> refused = atomic
                    ? retrying(() -> one(statement), result -> result.flatMap(Sent.Refused::answer))
                    : one(statement);
            if (refused.isPresent()) {
                return refused.get();
            }
            sent.add(statement);
            committed = sent.committed();
            if (waitsForEver) {
                session.execute("SET " + SessionState.waitForLocks(settings.lockTimeout()));
            }
        }
        return ended(Manner.STATEMENTS, committed);
    }

    private Optional<Sent.Refused> one(SqlStatement statement) {
        reach = Reach.IN_DOUBT;
        try {
            hear(database.session().script(statement.sql()).notices());
            return Optional.empty();
        } catch (ScriptFailure failure) {
            rolledBackBy(failure.answer());
            return Optional.of(new Sent.Refused(
                    Manner.STATEMENTS,
                    failure.answer().said(),
                    Optional.of(failure.answer()),
                    Optional.of(statement),
                    statement.lineAt(failure.answer().position()),
                    committed,
                    notes()));
        }
    }

    /** All statements are answered; a transaction that is still open would be lost with the session. */
    private Sent ended(Manner manner, int kept) {
        if (TransactionControl.isOpenAfter(statements)) {
            database.session().rollback();
            return new Sent.Refused(
                    manner,
                    "the script begins a transaction and does not end it",
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    kept,
                    notes());
        }
        reach = Reach.DONE;
        entry.finish(database);
        return done(manner);
    }

    private List<SqlStatement> first(int count) {
        return statements.subList(0, Math.min(count, statements.size()));
    }

    /** What is to be said where the history tells that it was done although the connection was lost. */
    Sent.Done doneInspiteOfLoss() {
        return new Sent.Done(manner, notes());
    }

    /** What is to be said where the server refused a statement of dbops around the script. */
    Sent.Refused refusedByItself(SqlFailure failure) {
        database.session().rollback();
        return new Sent.Refused(manner, failure.said(), Optional.of(failure), Optional.empty(), 0, committed, notes());
    }

    private Sent done(Manner manner) {
        return new Sent.Done(manner, notes());
    }

    private Sent refused(Manner manner, ScriptFailure failure, int kept) {
        SqlFailure answer = failure.answer();
        int line = answer.position() > 0 ? entry.script().lineAt(answer.position()) : 0;
        Optional<SqlStatement> statement = line > 0
                ? statements.stream().filter(s -> s.line() <= line).reduce((earlier, later) -> later)
                : statements.stream().skip(failure.completed()).findFirst();
        return new Sent.Refused(
                manner,
                answer.said(),
                Optional.of(answer),
                statement,
                line > 0 ? line : statement.map(SqlStatement::line).orElse(0),
                kept,
                notes());
    }

    private Sent refused(Manner manner, SqlFailure failure) {
        return new Sent.Refused(manner, failure.said(), Optional.of(failure), Optional.empty(), 0, 0, notes());
    }

    private List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        if (retried > 0) {
            all.add("Tried " + (retried + 1) + " times, because locks were in its way.");
        }
        return List.copyOf(all);
    }

    private void hear(List<String> notices) {
        notices.stream().limit(NOTICES).forEach(notice -> {
            notes.add(notice);
            narrator.accept("  " + notice);
        });
        if (notices.size() > NOTICES) {
            notes.add("The server said " + (notices.size() - NOTICES) + " more lines.");
        }
    }
}
