package io.github.dbops.migration.prisma;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.util.List;
import java.util.Optional;

/** Whether all versions of Prisma would run the pending migrations in the same order. */
final class PendingOrder {

    private final MigrationOrder order = new MigrationOrder();
    private final List<String> names;

    PendingOrder(List<PrismaFile> pending) {
        this.names = pending.stream().map(PrismaFile::name).toList();
    }

    /** A sentence that names two whose order depends on the version. */
    Optional<String> warning() {
        return order.pairThatBytesTurnRound(names)
                .map(pair -> "Prisma before 6.6 would run " + pair.second() + " before " + pair.first()
                        + "; dbops runs them as later versions do, " + pair.first() + " first.");
    }

    /** Two whose order cannot be told, as a problem. */
    Optional<Problem> unclear() {
        return order.unclearPair(names)
                .map(pair -> Problem.of(
                        Code.MIGRATION_ORDER_UNCLEAR,
                        "The order of " + pair.first() + " and " + pair.second() + " is not clear.",
                        "Both are pending, and which comes first depends on letters beyond ASCII, which each version of"
                                + " Prisma orders differently.",
                        "Rename one of the directories, so that their leading digits tell which comes first."));
    }
}
