package io.github.dbops.command.migrate;

import io.github.dbops.migration.History;
import io.github.dbops.migration.MavenCommand;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Holds a history against what its reader wants to be told of by a failing build.
 *
 * @param history the history
 * @param fails what must not be
 */
record Soundness(History history, Predicate<Migration> fails) {

    private static final int MOST_NAMES = 5;

    /** One problem that names all, or none. */
    List<Problem> problems() {
        Map<String, List<String>> byWord = new LinkedHashMap<>();
        for (Migration migration : history.migrations()) {
            if (fails.test(migration)) {
                String word = migration.pending()
                        ? MigrationState.PENDING.word()
                        : migration.state().word();
                byWord.computeIfAbsent(word, w -> new ArrayList<>()).add(migration.name());
            }
        }
        if (byWord.isEmpty()) {
            return List.of();
        }
        String what = byWord.entrySet().stream()
                .map(e -> e.getValue().size() + " " + e.getKey())
                .collect(Collectors.joining(", "));
        String why = byWord.entrySet().stream()
                .map(e -> e.getKey() + ": " + names(e.getValue()))
                .collect(Collectors.joining("; "));
        return List.of(new Problem(
                Code.HISTORY_UNSOUND,
                "The migrations of this database are not in order: " + what + ".",
                null,
                upperFirst(why) + ". dbops.failOn asks to be told.",
                "Nothing was changed: a status only reads.",
                next(byWord)));
    }

    private static List<String> next(Map<String, List<String>> byWord) {
        List<String> next = new ArrayList<>();
        byWord.forEach((word, names) -> {
            switch (word) {
                case "failed" -> {
                    next.add("If what " + names.get(0) + " did is undone: " + MavenCommand.rolledBack(names));
                    next.add("If it was completed by hand: " + MavenCommand.applied(names));
                }
                case "modified" ->
                    next.add(
                            "Restore the file as it was when it was applied, and write a new migration for the change.");
                case "missing" -> next.add("Bring the file back from version control, or check out the right commit.");
                default -> next.add("Deploy what is pending: mvn dbops:migrate-deploy");
            }
        });
        next.add("To be told of less: -Ddbops.failOn=failed (or none)");
        return next;
    }

    private static String names(List<String> names) {
        String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? first + " and " + (names.size() - MOST_NAMES) + " more" : first;
    }

    private static String upperFirst(String words) {
        return words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1);
    }
}
