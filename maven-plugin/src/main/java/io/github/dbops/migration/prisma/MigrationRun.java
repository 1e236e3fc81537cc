package io.github.dbops.migration.prisma;

import io.github.dbops.migration.Deployment.Step;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.SqlStatement;
import io.github.dbops.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One migration on its way into the database, with its row in the history. After a lost connection the row decides: what
 * may have been done is never done again.
 */
final class MigrationRun {

    private final LockedSession database;
    private final EngineTarget target;
    private final HistoryEntry entry;
    private final ScriptSender sender;
    private final FailureWriter writer;
    private final List<String> notes = new ArrayList<>();
    private boolean recorded;

    /** How it ended: one of the two is there. */
    record Ending(Optional<Step> step, Optional<MigrationFailure> failure) {}

    MigrationRun(
            LockedSession database,
            EngineTarget target,
            PrismaExecution execution,
            HistoryTable table,
            PrismaFile file) {
        MigrationScript script = file.script().orElseThrow();
        this.database = database;
        this.target = target;
        this.entry = new HistoryEntry(table, UUID.randomUUID().toString(), file, script);
        this.sender = new ScriptSender(database, target.settings(), execution, entry, target.progress()::say);
        this.writer = new FailureWriter(file, table);
    }

    Ending run() {
        long began = System.nanoTime();
        Sent sent = null;
        for (int attempt = 1; sent == null; attempt++) {
            try {
                sent = once();
            } catch (SqlFailure failure) {
                Optional<Ending> known = afterLoss(failure, attempt, began);
                if (known.isPresent()) {
                    return known.get();
                }
            }
        }
        return sent instanceof Sent.Done done ? done(done, began) : failed((Sent.Refused) sent);
    }

    private Sent once() {
        if (!recorded) {
            entry.start(database.session());
            recorded = true;
        }
        return sender.send();
    }

    private Ending done(Sent.Done done, long began) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(done.notes());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new Ending(Optional.of(new Step(entry.file().name(), took, done.manner(), all)), Optional.empty());
    }

    private Ending failed(Sent.Refused refused) {
        List<SqlStatement> statements = entry.script().statements();
        List<String> drops = List.of();
        try {
            entry.fail(database, FailureLogs.of(entry, refused));
            if (refused.statement().filter(StandaloneStatement::isConcurrent).isPresent()) {
                drops = InvalidIndexes.drops(database.session());
            }
        } catch (SqlFailure lost) {
            // Without its logs the row says all the same that the migration did not finish.
            target.progress().say("The reason could not be recorded: " + lost.said() + ".");
        }
        return failure(writer.refused(refused, statements, drops));
    }

    private static Ending failure(MigrationFailure failure) {
        return new Ending(Optional.empty(), Optional.of(failure));
    }

    /** Empty: to be tried again. */
    private Optional<Ending> afterLoss(SqlFailure failure, int attempt, long began) {
        if (!failure.state().isConnectionFailure()) {
            return Optional.of(ownStatementRefused(failure));
        }
        if (attempt >= target.settings().connectAttempts()) {
            return Optional.of(unknown(failure.said(), "The connection was lost " + attempt + " times. " + doubt()));
        }
        target.progress()
                .say("The connection was lost: " + failure.said() + ". Connecting anew to see what became of "
                        + entry.file().name() + ".");
        try {
            database.open();
            return judge(failure, began);
        } catch (ProblemException unreachable) {
            return Optional.of(
                    unknown(failure.said() + "; then: " + unreachable.first().what(), doubt()));
        } catch (SqlFailure again) {
            return afterLoss(again, attempt + 1, began);
        }
    }

    /** The server refused one of our own statements. */
    private Ending ownStatementRefused(SqlFailure failure) {
        if (!recorded) {
            return failure(writer.notBegun(failure));
        }
        return sender.reach() == ScriptSender.Reach.DONE
                ? unknown(failure.said(), "All of its statements are committed, but its row could not be completed.")
                : failed(sender.refusedByItself(failure));
    }

    private Optional<Ending> judge(SqlFailure failure, long began) {
        Optional<PrismaRow> row = entry.row(database.session());
        String lost = "The connection was lost meanwhile (" + failure.said() + ")";
        if (row.filter(PrismaRow::isRolledBack).isPresent() || entry.isBegunByOthers(database.session())) {
            // Without our lock somebody could resolve it, or even run it.
            return Optional.of(unknown(failure.said(), "Meanwhile another run has written to its history."));
        }
        if (row.filter(r -> r.finishedAt().isPresent()).isPresent()) {
            notes.add(lost + "; the history says that it was done.");
            return Optional.of(done(sender.doneInspiteOfLoss(), began));
        }
        return switch (sender.reach()) {
            case UNDONE -> {
                recorded = row.isPresent();
                notes.add(lost + "; it was rolled back and run again.");
                yield Optional.empty();
            }
            case DONE -> {
                notes.add(lost + "; all of its statements were done, and its row was completed then.");
                entry.finish(database);
                yield Optional.of(done(sender.doneInspiteOfLoss(), began));
            }
            case IN_DOUBT -> Optional.of(unknown(failure.said(), doubt()));
        };
    }

    private String doubt() {
        int total = entry.script().statements().size();
        String known = switch (sender.reach()) {
            case UNDONE ->
                "It ran in one transaction: either all of it is in the database and its row is finished, or nothing.";
            case DONE -> "All of its statements are committed; its row does not say so.";
            case IN_DOUBT ->
                sender.committed() == 0
                        ? "Its " + total + " statements were sent; which of them are committed is not known."
                        : "The first " + sender.committed() + " of its " + total
                                + " statements are committed; of the next it is not known.";
        };
        return known + " Its row in " + entry.table().name() + " is left as it is; nothing else was run.";
    }

    private Ending unknown(String why, String state) {
        List<String> drops = List.of();
        try {
            if (entry.script().statements().stream().anyMatch(StandaloneStatement::isConcurrent)) {
                drops = InvalidIndexes.drops(database.session());
            }
        } catch (SqlFailure lost) {
            target.progress().say("Indexes could not be looked at: " + lost.said() + ".");
        }
        return failure(writer.outcomeUnknown(why, state, drops));
    }
}
