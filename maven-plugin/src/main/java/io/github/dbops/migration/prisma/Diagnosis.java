package io.github.dbops.migration.prisma;

import io.github.dbops.postgres.ScriptReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL's words do not tell about a script that it cannot run. */
final class Diagnosis {

    private Diagnosis() {}

    /** One or two sentences; empty where the server has said it all. */
    static Optional<String> of(MigrationScript script, Sent.Refused refused) {
        if (script.beginsWithByteOrderMark() && refused.line() == 1) {
            return Optional.of("The file begins with a byte order mark (BOM, the bytes EF BB BF), which PostgreSQL does"
                    + " not take. Save it as \"UTF-8\" without BOM: sed -i '1s/^\\xEF\\xBB\\xBF//' " + script.place());
        }
        List<String> psqlParts = new ArrayList<>();
        new ScriptReader(script.text(), new ScriptReader.PsqlParts() {
                    @Override
                    public void metaCommand(String command, int line) {
                        psqlParts.add("Line " + line + " has " + command
                                + ", a command of psql; a migration is sent to the server, which knows SQL only.");
                    }

                    @Override
                    public void copyRows(int line) {
                        psqlParts.add("Line " + line
                                + " is COPY FROM STDIN, for which only psql sends rows; write INSERT instead.");
                    }
                })
                .statements();
        return psqlParts.stream().findFirst();
    }
}
