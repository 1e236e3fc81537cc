package io.github.dbops.migration.prisma;

import io.github.dbops.migration.Deployment.Manner;
import io.github.dbops.migration.MigrationFailure;
import io.github.dbops.migration.MigrationFailure.Left;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.SqlStatement;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A failed migration as its operator reads it: which statement, why, what is left, and each way out. */
final class FailureWriter {

    private static final int STATEMENT_SHOWN = 200;

    private final PrismaFile file;
    private final String table;

    FailureWriter(PrismaFile file, HistoryTable table) {
        this.file = file;
        this.table = table.name().toString();
    }

    /**
     * The server refused it.
     *
     * @param drops statements that drop the invalid indexes that it left
     */
    MigrationFailure refused(Sent.Refused refused, List<SqlStatement> statements, List<String> drops) {
        Left left = refused.committed() > 0 || !drops.isEmpty() ? Left.A_PART : Left.NOTHING;
        Optional<SqlFailure> answer = refused.answer();
        Optional<String> place =
                refused.line() > 0 ? Optional.of(file.place() + ":" + refused.line()) : Optional.empty();
        Problem problem = new Problem(
                Code.MIGRATION_FAILED,
                "The migration " + file.name() + " failed.",
                place.orElse(file.place()),
                why(refused),
                state(refused, statements, drops),
                next(refused, left, drops));
        return new MigrationFailure(
                file.name(),
                place,
                refused.statement().map(FailureWriter::beginning),
                answer.map(a -> a.state().code()),
                refused.said(),
                answer.flatMap(SqlFailure::detail),
                answer.flatMap(SqlFailure::hint),
                left,
                problem);
    }

    private String why(Sent.Refused refused) {
        List<String> lines = new ArrayList<>();
        lines.add(refused.said()
                + refused.answer().map(a -> " (SQLSTATE " + a.state() + ")").orElse("."));
        refused.answer().flatMap(SqlFailure::detail).ifPresent(detail -> lines.add("DETAIL: " + detail));
        refused.answer().flatMap(SqlFailure::hint).ifPresent(hint -> lines.add("HINT: " + hint));
        file.script().flatMap(script -> Diagnosis.of(script, refused)).ifPresent(lines::add);
        lines.addAll(refused.notes());
        return String.join("\n", lines);
    }

    private String state(Sent.Refused refused, List<SqlStatement> statements, List<String> drops) {
        String row = " The migrations before it stay applied; its row in " + table + " says that it failed.";
        int kept = refused.committed();
        if (kept == 0 && drops.isEmpty()) {
            return "It was rolled back: nothing of it is in the database." + row;
        }
        String part = kept == 0
                ? "None of its statements is committed"
                : "The statements up to line " + statements.get(kept - 1).line() + " (" + kept + " of "
                        + statements.size() + ") are committed, those after it are not";
        return part + (drops.isEmpty() ? "." : ", and invalid indexes are left.") + row;
    }

    private List<String> next(Sent.Refused refused, Left left, List<String> drops) {
        List<String> steps = new ArrayList<>();
        drops.forEach(drop -> steps.add("Drop the invalid index: " + drop));
        if (left == Left.A_PART && refused.committed() > 0) {
            steps.add("Undo what is committed, or take it out of the file: the rest would run into it.");
        }
        if (refused.manner() == Manner.TRANSACTION && isForStatements(refused)) {
            steps.add("To run it statement by statement, write above its first line: -- dbops:execution statement");
        }
        steps.add("Mend the file, then: " + Commands.rolledBack(file.name()));
        steps.add("and deploy again: " + Commands.DEPLOY);
        steps.add("Or bring about by hand what it should do, then: " + Commands.applied(file.name()));
        return steps;
    }

    private static boolean isForStatements(Sent.Refused refused) {
        return refused.answer()
                .filter(a ->
                        a.state().code().equals("25001") || a.state().code().equals("55P04"))
                .isPresent();
    }

    /**
     * The connection was lost, and what the server did before is not known.
     *
     * @param why the driver's words, and what came of connecting anew
     * @param state what is known for certain
     * @param drops statements that drop invalid indexes that are there now
     */
    MigrationFailure outcomeUnknown(String why, String state, List<String> drops) {
        List<String> steps = new ArrayList<>();
        steps.add("Look whether what the file does is in the database: " + file.place());
        drops.forEach(drop -> steps.add("An index is invalid; if it is this migration's: " + drop));
        steps.add("If all of it is there: " + Commands.applied(file.name()));
        steps.add("If nothing of it is there, or you have undone it: " + Commands.rolledBack(file.name()));
        steps.add("and deploy again: " + Commands.DEPLOY);
        Problem problem = new Problem(
                Code.MIGRATION_OUTCOME_UNKNOWN,
                "The connection was lost while " + file.name() + " ran, and it cannot be told what became of it.",
                file.place(),
                why,
                state,
                steps);
        return failure(problem, why, Left.UNKNOWN);
    }

    /** Its directory has no script. */
    MigrationFailure fileMissing() {
        String why = "There is no " + file.place() + ".";
        Problem problem = Problem.of(
                        Code.MIGRATION_FILE_MISSING,
                        "The migration " + file.name() + " has no file.",
                        why,
                        "Restore the file from version control, or delete the directory.",
                        "Then: " + Commands.DEPLOY)
                .at(file.place())
                .withState("The migrations before it are applied; nothing was run or recorded of it.");
        return failure(problem, why, Left.NOTHING);
    }

    /** Its row could not be written, so it was not sent. */
    MigrationFailure notBegun(SqlFailure refused) {
        Problem problem = refused.problem()
                .at(file.place())
                .withState("The migrations before it are applied; nothing was run or recorded of " + file.name() + ".");
        return failure(problem, refused.said(), Left.NOTHING);
    }

    private MigrationFailure failure(Problem problem, String message, Left left) {
        return new MigrationFailure(
                file.name(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                message,
                Optional.empty(),
                Optional.empty(),
                left,
                problem);
    }

    private static String beginning(SqlStatement statement) {
        String sql = statement.sql();
        return sql.length() <= STATEMENT_SHOWN ? sql : sql.substring(0, STATEMENT_SHOWN) + "…";
    }
}
