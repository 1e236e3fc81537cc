package io.github.dbops.migration.prisma;

import io.github.dbops.postgres.SqlFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the history's {@code logs} gets: the text of Prisma's P3018, so that its users recognise it. */
final class FailureLogs {

    private static final int LINES_BEFORE = 5;

    private FailureLogs() {}

    static String of(HistoryEntry entry, Sent.Refused refused) {
        Optional<SqlFailure> answer = refused.answer();
        return "A migration failed to apply. New migrations cannot be applied before the error is recovered from."
                + " Read more about how to resolve migration issues in a production database:"
                + " https://pris.ly/d/migrate-resolve\n\nMigration name: "
                + entry.file().name()
                + "\n\nDatabase error code: "
                + answer.map(a -> a.state().code()).orElse("none")
                + "\n\nDatabase error:\nERROR: " + refused.said()
                + answer.flatMap(SqlFailure::detail).map(d -> "\nDETAIL: " + d).orElse("")
                + answer.flatMap(SqlFailure::hint).map(h -> "\nHINT: " + h).orElse("")
                + (refused.line() > 0 ? "\n\nPosition:\n" + excerpt(entry.script(), refused.line()) : "");
    }

    private static String excerpt(MigrationScript script, int line) {
        List<String> lines = script.text().lines().toList();
        return IntStream.rangeClosed(Math.max(1, line - LINES_BEFORE), Math.min(line, lines.size()))
                .mapToObj(number -> String.format("%3d %s", number, lines.get(number - 1)))
                .collect(Collectors.joining("\n"));
    }
}
