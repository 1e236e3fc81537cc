package io.github.dbops.migration.prisma;

import io.github.dbops.postgres.Session;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What keeps a deploy from beginning, all of it at once. */
final class Obstacles {

    private final Situation situation;
    private final Session session;

    Obstacles(Situation situation, Session session) {
        this.situation = situation;
        this.session = session;
    }

    /**
     * All of them; empty where a deploy may begin.
     *
     * @param failed rows that are not those of a run that is at work
     */
    List<Problem> all(List<PrismaRow> failed) {
        List<Problem> problems = new ArrayList<>();
        if (situation.table().isEmpty()) {
            noHistory().ifPresent(problems::add);
        }
        if (!failed.isEmpty()) {
            problems.add(FailedRows.problem(failed));
        }
        List<PrismaFile> pending = situation.pending();
        new PendingOrder(pending).unclear().ifPresent(problems::add);
        pending.forEach(file -> file.script().flatMap(Obstacles::unreadable).ifPresent(problems::add));
        return problems;
    }

    private Optional<Problem> noHistory() {
        if (situation.schema().isEmpty()) {
            return Optional.of(noSchema(session));
        }
        String schema = situation.schema().get();
        List<String> tables = Emptiness.tables(session, schema);
        return tables.isEmpty() ? Optional.empty() : Optional.of(Emptiness.problem(schema, tables, situation.files()));
    }

    static Problem noSchema(Session session) {
        return Problem.of(
                Code.HISTORY_ABSENT,
                "There is no schema for the history in " + session.database() + ".",
                "The role's search path names no schema that exists and that it may use.",
                "Name one in the URL: ?schema=public");
    }

    private static Optional<Problem> unreadable(MigrationScript script) {
        if (script.encoding() == MigrationScript.Encoding.BROKEN) {
            return Optional.of(Problem.of(
                            Code.MIGRATION_UNREADABLE,
                            "The migration " + script.place() + " is not UTF-8.",
                            "It has bytes that are no character, and the database would get other text than its author"
                                    + " wrote.",
                            "Convert it: iconv -f WINDOWS-1252 -t UTF-8 " + script.place() + " > fixed.sql")
                    .at(script.place()));
        }
        try {
            // A header that cannot be understood must not come up half-way.
            script.execution();
            return Optional.empty();
        } catch (ProblemException header) {
            return Optional.of(header.first());
        }
    }
}
