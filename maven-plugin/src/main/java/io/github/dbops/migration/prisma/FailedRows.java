package io.github.dbops.migration.prisma;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Failed migrations that stand in the way of a deploy, with both ways out of each. */
final class FailedRows {

    private FailedRows() {}

    static Problem problem(List<PrismaRow> failed) {
        List<String> names = failed.stream().map(PrismaRow::name).distinct().toList();
        List<String> next = new ArrayList<>();
        for (String name : names) {
            next.add("If nothing of " + name + " is in the database: " + Commands.rolledBack(name));
            next.add("If all of it is: " + Commands.applied(name));
        }
        next.add("Then deploy again: " + Commands.DEPLOY);
        return new Problem(
                Code.HISTORY_HAS_FAILED,
                names.size() == 1
                        ? "The migration " + names.get(0)
                                + " has failed, and nothing else is deployed before that is resolved."
                        : names.size()
                                + " migrations have failed, and nothing else is deployed before that is resolved.",
                null,
                failed.stream()
                        .map(row -> row.name() + " started at " + row.startedAt() + " and did not finish"
                                + (row.logs().isPresent() ? "" : ", with no error recorded") + ".")
                        .collect(Collectors.joining("\n")),
                null,
                next);
    }
}
