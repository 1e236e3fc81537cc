package io.github.dbops.sync.undo;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** What the target's role must be allowed to carry a reversal out; for looking, SELECT is all. */
public final class WritePrivileges {

    private WritePrivileges() {}

    /** One problem for each privilege that is missing on a table whose rows are reverted. */
    public static List<Problem> missing(Reversal reversal) {
        List<Problem> missing = new ArrayList<>();
        reversal.recorded().stream().map(Recorded::table).distinct().forEach(table -> {
            if (reversal.deletes(table.name()) > 0 && !table.privileges().delete()) {
                missing.add(missing(table, "DELETE", "DELETE from "));
            }
            if (reversal.restores(table.name()) > 0 && !table.privileges().update()) {
                missing.add(missing(table, "UPDATE", "UPDATE "));
            }
        });
        return missing;
    }

    private static Problem missing(Table table, String privilege, String may) {
        String role = table.privileges().role();
        return Problem.of(
                        Code.PRIVILEGE_MISSING,
                        "The target's role \"" + role + "\" may not " + may + table.name() + ".",
                        "It has no " + privilege + " privilege on the table; grants on single columns are not enough.",
                        "As the table's owner: GRANT " + privilege + " ON "
                                + table.name().sql() + " TO " + Identifier.quote(role) + ";")
                .at("table " + table.name());
    }
}
