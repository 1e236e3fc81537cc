package io.github.dbops.sync.shape;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.PlannedTable;
import java.util.ArrayList;
import java.util.List;

/** What the roles of both sides must be allowed for one planned table; for a dry-run, SELECT is all. */
final class PrivilegeChecks {

    private final PlannedTable planned;
    private final Table source;
    private final Table target;
    private final Execution execution;

    PrivilegeChecks(PlannedTable planned, Table source, Table target, Execution execution) {
        this.planned = planned;
        this.source = source;
        this.target = target;
        this.execution = execution;
    }

    /** Adds what is missing: a problem where this run needs it, a note where an apply will. */
    void check(List<Problem> problems, List<String> notes) {
        checkReading(problems);
        for (String privilege : missingWrites()) {
            if (execution == Execution.APPLY) {
                problems.add(missing(privilege, target, "target"));
            } else {
                notes.add("The target's role \"" + target.privileges().role() + "\" may not " + privilege
                        + " here; an apply needs: " + grant(privilege, target));
            }
        }
    }

    /** Adds what is missing to tell both sides' rows by some columns: grants on these will do. */
    void checkColumns(List<String> columns, List<Problem> problems) {
        checkColumns(source, "source", columns, problems);
        checkColumns(target, "target", columns, problems);
    }

    private void checkColumns(Table table, String side, List<String> columns, List<Problem> problems) {
        List<String> unreadable = columns.stream()
                .filter(name ->
                        table.column(name).filter(column -> !column.readable()).isPresent())
                .toList();
        if (!unreadable.isEmpty()) {
            String role = table.privileges().role();
            problems.add(Problem.of(
                            Code.PRIVILEGE_MISSING,
                            "The " + side + "'s role \"" + role + "\" may not SELECT " + String.join(", ", unreadable)
                                    + " from " + table.name() + ".",
                            "References to its rows are told by these columns.",
                            "As the table's owner: GRANT USAGE ON SCHEMA "
                                    + Identifier.quote(table.name().schema())
                                    + " TO " + Identifier.quote(role) + "; GRANT SELECT (" + Identifier.list(columns)
                                    + ") ON " + table.name().sql() + " TO " + Identifier.quote(role) + ";")
                    .at(planned.position() + ", table " + table.name()));
        }
    }

    private void checkReading(List<Problem> problems) {
        if (!source.privileges().select()) {
            problems.add(missing("SELECT", source, "source"));
        }
        if (!target.privileges().select()) {
            problems.add(missing("SELECT", target, "target"));
        }
    }

    private List<String> missingWrites() {
        List<String> missing = new ArrayList<>();
        if (!target.privileges().insert()) {
            missing.add("INSERT");
        }
        // Without a unique index an apply locks the table against other writers, which LOCK TABLE grants to those who
        // may UPDATE: https://www.postgresql.org/docs/current/sql-lock.html
        boolean updates = planned.overwrites() || !target.isUnique(planned.key());
        if (updates && !target.privileges().update()) {
            missing.add("UPDATE");
        }
        return missing;
    }

    private Problem missing(String privilege, Table table, String side) {
        return Problem.of(
                        Code.PRIVILEGE_MISSING,
                        "The " + side + "'s role \"" + table.privileges().role() + "\" may not " + privilege
                                + (privilege.equals("INSERT") ? " into " : privilege.equals("SELECT") ? " from " : " ")
                                + table.name() + ".",
                        "It has no " + privilege + " privilege on the table"
                                + (privilege.equals("SELECT") ? ", or no USAGE on its schema" : "")
                                + "; grants on single columns are not enough.",
                        "As the table's owner: " + grant(privilege, table))
                .at(planned.position() + ", table " + table.name());
    }

    private static String grant(String privilege, Table table) {
        String role = " TO " + Identifier.quote(table.privileges().role()) + ";";
        return (privilege.equals("SELECT")
                        ? "GRANT USAGE ON SCHEMA "
                                + Identifier.quote(table.name().schema()) + role + " "
                        : "")
                + "GRANT " + privilege + " ON " + table.name().sql() + role;
    }
}
