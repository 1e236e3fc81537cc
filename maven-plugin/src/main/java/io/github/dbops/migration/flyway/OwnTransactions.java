package io.github.dbops.migration.flyway;

import io.github.dbops.postgres.ScriptReader;
import io.github.dbops.postgres.SqlStatement;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Scripts that end the transaction in which Flyway runs them: what came before is then committed, whatever becomes of the
 * rest and of the row.
 */
final class OwnTransactions {

    private static final Set<String> ENDS = Set.of("commit", "end", "rollback", "abort");

    private OwnTransactions() {}

    /** Whether a migration's script has such a statement; a class cannot be looked into. */
    static boolean are(MigrationInfo info) {
        Optional<Path> script = FileChecksum.script(
                Optional.ofNullable(info.getPhysicalLocation()).orElse(""));
        return script.map(OwnTransactions::text).filter(OwnTransactions::isIn).isPresent();
    }

    private static boolean isIn(String text) {
        return new ScriptReader(text, ScriptReader.PsqlParts.PASSED_ON)
                .statements().stream().anyMatch(OwnTransactions::ends);
    }

    private static boolean ends(SqlStatement statement) {
        if (statement.words().isEmpty()) {
            return false;
        }
        String first = statement.words().get(0);
        return (ENDS.contains(first) && !statement.words().contains("to"))
                || statement.beginsWith("prepare", "transaction");
    }

    // The words are ASCII in every encoding that Flyway reads but UTF-16, in which none is found.
    private static String text(Path script) {
        Charset words = StandardCharsets.ISO_8859_1;
        try {
            return Files.readString(script, words);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
