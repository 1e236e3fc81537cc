package io.github.dbops.migration.prisma;

import io.github.dbops.migration.Resolution.Action;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Nearest;
import io.github.dbops.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Why migrations cannot be resolved as asked: Prisma's preconditions, all of them at once. */
final class ResolveProblems {

    private final Situation situation;

    ResolveProblems(Situation situation) {
        this.situation = situation;
    }

    List<Problem> of(Action action, Collection<String> names) {
        if (action == Action.ROLLED_BACK && situation.table().isEmpty()) {
            return List.of(Problem.of(
                    Code.HISTORY_ABSENT,
                    "There is no history in which something could be marked as rolled back.",
                    "The database has no table _prisma_migrations"
                            + situation.schema().map(s -> " in schema " + s).orElse(" along the search path") + ".",
                    "Check URL and schema, and what the database has: " + Commands.STATUS));
        }
        List<Problem> found = new ArrayList<>();
        for (String name : names) {
            (action == Action.APPLIED ? applied(name) : rolledBack(name)).ifPresent(found::add);
        }
        return found;
    }

    private Optional<Problem> applied(String name) {
        if (situation.file(name).flatMap(PrismaFile::script).isEmpty()) {
            List<String> known =
                    situation.files().stream().map(PrismaFile::name).toList();
            return Optional.of(Problem.of(
                    Code.MIGRATION_UNKNOWN,
                    "There is no migration " + name + ".",
                    situation.file(name).isPresent()
                            ? "Its directory has no migration.sql."
                            : "No directory among the migrations has that name.",
                    nearest(name, known, Action.APPLIED)));
        }
        return situation.rows(name).stream()
                .filter(row -> row.finishedAt().isPresent())
                .findFirst()
                .map(row -> Problem.of(
                        Code.ALREADY_APPLIED,
                        "The migration " + name + " is already recorded as applied.",
                        row.rolledBackAt()
                                .map(when ->
                                        "It finished at " + row.finishedAt().orElseThrow()
                                                + " and was marked as rolled back at " + when + ".")
                                .orElseGet(() ->
                                        "It finished at " + row.finishedAt().orElseThrow() + "."),
                        "There is nothing to resolve; see the history: " + Commands.STATUS));
    }

    private Optional<Problem> rolledBack(String name) {
        List<PrismaRow> rows = situation.rows(name);
        if (rows.isEmpty()) {
            List<String> known = situation.rows().stream().map(PrismaRow::name).toList();
            return Optional.of(Problem.of(
                    Code.NEVER_APPLIED,
                    "The migration " + name + " cannot be marked as rolled back, because it was never applied.",
                    "The history has no row of it.",
                    nearest(name, known, Action.ROLLED_BACK)));
        }
        if (rows.stream().allMatch(row -> row.finishedAt().isPresent())) {
            return Optional.of(Problem.of(
                    Code.NOT_FAILED,
                    "The migration " + name + " cannot be marked as rolled back, because it has not failed.",
                    "It finished at " + rows.get(rows.size() - 1).finishedAt().orElseThrow() + ".",
                    "There is nothing to resolve; to undo what it did, write a new migration."));
        }
        return Optional.empty();
    }

    private static String nearest(String name, List<String> known, Action action) {
        return Nearest.to(name, known)
                .map(near -> "Did you mean "
                        + (action == Action.APPLIED ? Commands.applied(near) : Commands.rolledBack(near)))
                .orElse("Give the directory's whole name, as shown by: " + Commands.STATUS);
    }
}
