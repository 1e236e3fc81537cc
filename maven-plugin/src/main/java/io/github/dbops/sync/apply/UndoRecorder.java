package io.github.dbops.sync.apply;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.sync.Field;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.TableShape;
import io.github.dbops.sync.WholeLoad;
import io.github.dbops.sync.WholeRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Leaves in {@code dbops.sync_undo}, inside the applying transaction, what an undo of the run needs: of each written row
 * its key as the target has it and a hash of the whole row, of an updated one its former values too. Rows never come to
 * this side. One row of the record holds about a thousand rows of a table, because a table of a million rows may be
 * inserted at once.
 */
final class UndoRecorder {

    private static final String INSERT = "insert";
    private static final String UPDATE = "update";

    // The parts come in their order. RETURNING would take the right to read, which whoever applies need not have.
    private static final String RECORD = """
            WITH parts AS MATERIALIZED (%s),
                 recorded AS (
                INSERT INTO dbops.sync_undo (run_id, part, table_schema, table_name, action, key_columns, columns, sensitive,
                                             layout, canary, first_row, row_count, keys, hashes, former)
                SELECT ?::uuid, ? + (row_number() OVER so_far)::int, ?, ?, ?, ?, ?, ?, ?, ?,
                       (sum(row_count) OVER so_far)::bigint - row_count + 1, row_count, keys, hashes, former
                FROM parts
                WINDOW so_far AS (ROWS UNBOUNDED PRECEDING))
            SELECT count(*), coalesce(sum(row_count), 0), coalesce(sum(total), 0), coalesce(sum(held), 0) FROM parts
            """;

    // The parts of a million rows, and their keys beside the table, need not go through files. Never less than is set.
    private static final String MEMORY = """
            SELECT set_config('work_mem', '32MB', true)
            WHERE pg_size_bytes(current_setting('work_mem')) < pg_size_bytes('32MB')
            """;

    private final Session target;
    private final Hashing hashing;
    private final String runId;
    private int recorded;

    UndoRecorder(Session target, String runId) {
        this.target = target;
        this.hashing = Hashing.of(target);
        this.runId = runId;
    }

    /** Keeps the former values of the rows that a table's staged updates will change. */
    void keep(StagedTable table) {
        table.updates().filter(stage -> isRecorded(table)).ifPresent(stage -> keep(stage, table.writing(stage)));
    }

    private void keep(Stage stage, Writing writing) {
        TableShape shape = stage.shape();
        List<String> columns = new ArrayList<>();
        keyColumns(shape).forEach(name -> columns.add("t." + Identifier.quote(name) + " AS k" + columns.size()));
        int keys = columns.size();
        String key = IntStream.range(0, keys).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
        changed(shape).forEach(name -> columns.add("t." + Identifier.quote(name) + " AS f" + (columns.size() - keys)));
        String matches = writing.keysMatch();
        target.execute("CREATE TEMPORARY TABLE " + former(stage) + " ON COMMIT DROP AS\nSELECT "
                + String.join(", ", columns) + "\nFROM " + writing.from() + "\nJOIN "
                + shape.target().sql() + " AS t ON " + matches + ";\nANALYZE " + former(stage) + " (" + key + ")");
    }

    /** Records all written rows as they are now, when nothing will touch them any more in this transaction. */
    void record(Collection<StagedTable> tables) {
        // Money is the one type whose text depends on more than every transaction pins. And without scans of some pages
        // each part would be a scan of the table.
        target.execute("SET LOCAL lc_monetary = 'C';\nSET LOCAL enable_tidscan = on;\n" + MEMORY);
        long canary = Hashing.canary(target);
        tables.forEach(table -> record(table, canary));
    }

    private void record(StagedTable table, long canary) {
        TableShape shape = table.shape();
        long inserts = table.planned().toInsert();
        if (!isRecorded(table)) {
            table.updates()
                    .ifPresent(stage ->
                            record(shape, UPDATE, number(table.planned().toUpdate()), canary));
            if (inserts > 0) {
                record(shape, INSERT, number(inserts), canary);
            }
            return;
        }
        int keys = keyColumns(shape).size();
        RecordParts updated = new RecordParts(hashing, keys, changed(shape).size(), true);
        RecordParts inserted = new RecordParts(hashing, keys, 0, true);
        table.updates()
                .ifPresent(stage -> table.met(
                        stage,
                        record(shape, UPDATE, updated.of(updated(table, stage)), canary)
                                .held()));
        table.inserts()
                .ifPresent(stage -> table.met(
                        stage,
                        record(shape, INSERT, inserted.of(inserted(table, stage)), canary)
                                .held()));
        RecordParts copied = new RecordParts(hashing, keys, 0, false);
        table.direct()
                .ifPresent(direct -> direct.found(
                        record(shape, INSERT, copied(direct, copied), canary).rows()));
    }

    private static String number(long rows) {
        return "SELECT " + rows
                + " AS row_count, NULL::text[] AS keys, NULL::bigint[] AS hashes, NULL::text[] AS former,"
                + " 0::numeric AS total, 0::bigint AS held";
    }

    // A table that had no row has none but those of the run, as far as its transaction sees.
    private String copied(DirectCopy direct, RecordParts parts) {
        Table table = direct.shape().target();
        String rows = written(direct.shape(), "") + table.sql() + " AS t";
        OptionalLong pages = direct.longestKey() <= RecordParts.LONGEST_KEY
                ? RecordParts.pages(target, table, direct.rows())
                : OptionalLong.empty();
        return pages.isPresent() ? parts.of(rows, table, pages.getAsLong()) : parts.of(rows);
    }

    private Met record(TableShape shape, String action, String parts, long canary) {
        boolean update = action.equals(UPDATE);
        return target.one(
                RECORD.formatted(parts),
                row -> {
                    recorded += row.getInt(1);
                    return new Met(
                            new WholeLoad.Fingerprint(
                                    row.getLong(2),
                                    row.getBigDecimal(3).toBigInteger().longValue()),
                            row.getLong(4));
                },
                runId,
                recorded,
                shape.name().schema(),
                shape.name().name(),
                action,
                keyColumns(shape),
                update ? changed(shape) : List.of(),
                shape.planned().sensitive(),
                WholeRow.layout(shape.target()),
                canary);
    }

    private static boolean isRecorded(StagedTable table) {
        return table.shape().planned().undo();
    }

    private String inserted(StagedTable table, Stage stage) {
        Writing writing = table.writing(stage);
        String matches = writing.keysMatch();
        String held = writing.holdsAll();
        return written(stage.shape(), ", " + held + " AS held") + writing.from() + "\nJOIN "
                + stage.shape().target().sql() + " AS t ON " + matches;
    }

    private String written(TableShape shape, String further) {
        List<String> texts = new ArrayList<>();
        keyColumns(shape).forEach(name -> texts.add("(t." + Identifier.quote(name) + ")::text AS k" + texts.size()));
        return "SELECT " + String.join(", ", texts) + ", " + WholeRow.hash(hashing, shape.target(), "t") + " AS h"
                + further + "\nFROM ";
    }

    // Keys are never updated, so that the values which were kept still find their rows.
    private String updated(StagedTable table, Stage stage) {
        TableShape shape = stage.shape();
        Writing writing = table.writing(stage);
        String held = writing.holdsAll();
        String staged = writing.keysMatch();
        List<String> keys = keyColumns(shape);
        List<String> texts = new ArrayList<>();
        List<String> matches = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Column column = shape.target().column(keys.get(i)).orElseThrow();
            texts.add("(former.k" + i + ")::text AS k" + i);
            matches.add(column.type().equality().between("t." + Identifier.quote(column.name()), "former.k" + i));
        }
        List<String> changed = changed(shape);
        for (int i = 0; i < changed.size(); i++) {
            Column column = shape.target().column(changed.get(i)).orElseThrow();
            texts.add(WholeRow.text("former.f" + i, column.type()) + " AS f" + i);
        }
        return "SELECT " + String.join(", ", texts) + ", " + WholeRow.hash(hashing, shape.target(), "t")
                + " AS h, " + held + " AS held\nFROM " + writing.from() + "\nJOIN "
                + shape.target().sql() + " AS t ON " + staged + "\nJOIN " + former(stage) + " AS former ON "
                + String.join(" AND ", matches);
    }

    private static List<String> keyColumns(TableShape shape) {
        PlannedTable planned = shape.planned();
        return planned.key();
    }

    /** What an update writes, and what is computed from that: an index may be over it. */
    private static List<String> changed(TableShape shape) {
        return Stream.concat(
                        shape.compared().stream().map(Field::columns).flatMap(List::stream),
                        shape.target().columns().stream()
                                .filter(Column::generated)
                                .map(Column::name))
                .distinct()
                .toList();
    }

    private static String former(Stage stage) {
        return stage.name() + "_former";
    }

    /**
     * What recording has met in a table.
     *
     * @param rows what rows were recorded
     * @param held how many of them hold what was staged for them
     */
    private record Met(WholeLoad.Fingerprint rows, long held) {}
}
