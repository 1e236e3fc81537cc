package io.github.dbops.migration.prisma;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.postgres.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files and rows at one moment.
 *
 * @param files in their order
 * @param schema where the history table is, or would be made; empty where the search path names no schema
 * @param table empty where there is none
 * @param rows oldest first
 */
record Situation(List<PrismaFile> files, Optional<String> schema, Optional<HistoryTable> table, List<PrismaRow> rows) {

    Situation {
        files = List.copyOf(files);
        rows = List.copyOf(rows);
    }

    static Situation read(List<PrismaFile> files, Session session, DatabaseUrl.Server url) {
        Optional<HistoryTable> table = HistoryTable.find(session, url.schema());
        Optional<String> schema = table.map(found -> found.name().schema())
                .or(() -> Optional.ofNullable(url.schema()))
                .or(() -> session.query("SELECT current_schema()", row -> Optional.ofNullable(row.getString(1)))
                        .get(0));
        return new Situation(
                files, schema, table, table.map(found -> found.rows(session)).orElse(List.of()));
    }

    Optional<PrismaFile> file(String name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    /** A migration's rows, oldest first. */
    List<PrismaRow> rows(String name) {
        return rows.stream().filter(row -> row.name().equals(name)).toList();
    }

    /** What Prisma refuses to deploy after, whatever its name, on disk or not. */
    List<PrismaRow> failed() {
        return rows.stream().filter(PrismaRow::isFailed).toList();
    }

    /** What a deploy runs, in order: all without a row that is not rolled back. */
    List<PrismaFile> pending() {
        List<String> recorded = rows.stream()
                .filter(row -> !row.isRolledBack())
                .map(PrismaRow::name)
                .toList();
        Set<String> names = new HashSet<>(recorded);
        return files.stream().filter(file -> !names.contains(file.name())).toList();
    }

    /** The same with other rows: what would be. */
    Situation with(List<PrismaRow> others) {
        return new Situation(files, schema, table, new ArrayList<>(others));
    }
}
