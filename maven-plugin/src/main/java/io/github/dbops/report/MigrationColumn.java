package io.github.dbops.report;

import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One column of a table of migrations, the same on the console and in Markdown.
 *
 * @param title its heading
 * @param kind what its cells are
 * @param value a migration's cell; empty where there is nothing to say
 */
record MigrationColumn(String title, Kind kind, Function<Migration, Optional<String>> value) {

    /** What a column's cells are. */
    enum Kind {
        /** Own words, times, numbers. */
        WORDS,
        /** Data. */
        NAME
    }

    private static final List<MigrationColumn> ALWAYS = List.of(
            new MigrationColumn("State", Kind.WORDS, m -> Optional.of(state(m))),
            new MigrationColumn("Migration", Kind.NAME, m -> Optional.of(m.name())));

    private static final List<MigrationColumn> WHERE_KNOWN = List.of(
            new MigrationColumn("Title", Kind.NAME, Migration::title),
            new MigrationColumn("When", Kind.WORDS, m -> m.at().map(Moment::of)),
            new MigrationColumn("Took", Kind.WORDS, m -> m.took().map(Took::of)),
            new MigrationColumn("By", Kind.NAME, Migration::by));

    /** The columns that say something of any of the migrations. */
    static List<MigrationColumn> of(List<Migration> migrations) {
        return Stream.concat(
                        ALWAYS.stream(),
                        WHERE_KNOWN.stream()
                                .filter(column -> migrations.stream()
                                        .anyMatch(m -> column.value().apply(m).isPresent())))
                .toList();
    }

    /** A migration's cell; a dash where there is nothing to say. */
    String cell(Migration migration) {
        return value.apply(migration).orElse("-");
    }

    /** The state's word, and whether it runs although the word does not say so. */
    static String state(Migration migration) {
        boolean said = !migration.pending() || migration.state() == MigrationState.PENDING;
        return migration.state().word() + (said ? "" : ", pending");
    }
}
