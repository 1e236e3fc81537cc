package io.github.dbops.sync.undo;

import io.github.dbops.postgres.CopyRows;
import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Catalog;
import io.github.dbops.postgres.catalog.KeyLink;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.sync.UndoState;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What foreign keys keep from being reverted. Looked at is the state that the undo would leave: a row that stays must not
 * refer to one that is deleted, a restored row must find the row that its former values refer to. Each foreign key of the
 * database with an end in the run's tables is asked three times at most, whatever the number of rows.
 */
final class References {

    private static final int NO_REFERENCE = 0;

    private final Session target;
    private final Catalog catalog;
    private final List<Recorded> recorded;
    private final Ledger ledger;

    References(Session target, Catalog catalog, List<Recorded> recorded, Ledger ledger) {
        this.target = target;
        this.catalog = catalog;
        this.recorded = recorded;
        this.ledger = ledger;
    }

    /** Leaves what one foreign key keeps. */
    void check(KeyLink link) {
        BitSet losing = new BitSet();
        for (Recorded parents : updates(link.parent().root())) {
            if (parents.changes(link.key().parentColumns())) {
                lose(link, parents, losing);
            }
        }
        BitSet moving = new BitSet();
        for (Recorded children : updates(link.child().root())) {
            if (children.changes(link.key().columns())) {
                move(link, children, losing, moving);
            }
        }
        for (Recorded parents : recorded) {
            if (parents.name().equals(link.parent().root())
                    && (parents.isInsert() || parents.changes(link.key().parentColumns()))) {
                hold(link, parents, moving);
            }
        }
    }

    private List<Recorded> updates(QualifiedName table) {
        return recorded.stream()
                .filter(rows -> !rows.isInsert() && rows.name().equals(table))
                .toList();
    }

    // Restoring the row takes away a value that others may refer to.
    private void lose(KeyLink link, Recorded parents, BitSet losing) {
        String query = "SELECT r.row FROM " + losing(link, parents);
        try (CopyRows rows = new CopyRows(target, query)) {
            while (rows.next()) {
                losing.set((int) rows.int8(0));
            }
        }
    }

    private static String losing(KeyLink link, Recorded parents) {
        return parents.values() + " JOIN " + link.parent().sql() + " AS t ON " + parents.matches("t") + " AND NOT ("
                + unchanged(parents, link.key().parentColumns()) + ")";
    }

    // Restoring the row makes it refer to another one, or to none.
    private void move(KeyLink link, Recorded children, BitSet losing, BitSet moving) {
        boolean known = isRecorded(link.parent().root());
        String refers = refers(link, "p", column -> children.after("t", column));
        String isReference = link.key().columns().stream()
                .map(column -> children.after("t", column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        String query = """
                SELECT r.row, (%s)::int, %s
                FROM %s JOIN %s AS t ON %s%s
                WHERE NOT (%s)""".formatted(
                        isReference,
                        known
                                ? "p.tableoid, p.ctid"
                                : "(SELECT 0::oid WHERE EXISTS (SELECT FROM "
                                        + link.parent().sql() + " AS p WHERE " + refers + "))",
                        children.values(),
                        link.child().sql(),
                        children.matches("t"),
                        known ? "\nLEFT JOIN " + link.parent().sql() + " AS p ON " + refers : "",
                        unchanged(children, link.key().columns()));
        try (CopyRows rows = new CopyRows(target, query)) {
            while (rows.next()) {
                int row = (int) rows.int8(0);
                moving.set(row);
                if (rows.int4(1) == NO_REFERENCE || !ledger.state(row).isReverted()) {
                    continue;
                }
                if (rows.isNull(2)) {
                    if (link.enforced()) {
                        ledger.leave(row, UndoState.PARENT_GONE, link.toString());
                    }
                } else if (known) {
                    keepParent(link, ledger.find(rows.int4(2), rows.tid(3)), losing);
                }
            }
        }
    }

    // A restored row refers to it: it is neither deleted nor loses the value.
    private void keepParent(KeyLink link, int parent, BitSet losing) {
        if (parent >= 0 && (ledger.state(parent) == UndoState.DELETE || losing.get(parent))) {
            ledger.leave(parent, UndoState.REFERENCED, link.toString());
        }
    }

    // Only where all that refers to it goes too can an inserted row go, or an updated one lose its value.
    private void hold(KeyLink link, Recorded parents, BitSet moving) {
        String from = parents.isInsert()
                ? parents.keys() + " JOIN " + link.parent().sql() + " AS t ON " + parents.matches("t")
                : losing(link, parents);
        String refers = refers(link, "t", column -> Recorded.of("c", column));
        boolean known = isRecorded(link.child().root());
        String query = known
                ? "SELECT r.row, c.tableoid, c.ctid FROM " + from + " JOIN "
                        + link.child().sql() + " AS c ON " + refers
                : "SELECT r.row FROM " + from + " WHERE EXISTS (SELECT FROM "
                        + link.child().sql() + " AS c WHERE " + refers + ")";
        try (CopyRows rows = new CopyRows(target, query)) {
            while (rows.next()) {
                int row = (int) rows.int8(0);
                int child = known ? ledger.find(rows.int4(1), rows.tid(2)) : -1;
                boolean goes = child >= 0 && (ledger.state(child) == UndoState.DELETE || moving.get(child));
                if (goes && child != row) {
                    ledger.depend(child, row, UndoState.REFERENCED, link.toString());
                } else if (!goes) {
                    ledger.leave(row, UndoState.REFERENCED, link.toString());
                }
            }
        }
    }

    private boolean isRecorded(QualifiedName table) {
        return recorded.stream().anyMatch(rows -> rows.name().equals(table));
    }

    private static String unchanged(Recorded rows, List<String> columns) {
        Table table = rows.table();
        return columns.stream()
                .map(column -> {
                    String now = Recorded.of("t", column);
                    String then = rows.after("t", column);
                    return "coalesce("
                            + table.column(column)
                                    .orElseThrow()
                                    .type()
                                    .equality()
                                    .between(now, then) + ", "
                            + now + " IS NULL AND " + then + " IS NULL)";
                })
                .collect(Collectors.joining(" AND "));
    }

    /** The condition that a child's values refer to a row of the parent's table. */
    private String refers(KeyLink link, String parent, UnaryOperator<String> child) {
        Table table = catalog.table(link.parent().root());
        List<String> columns = link.key().columns();
        return IntStream.range(0, columns.size())
                .mapToObj(i -> {
                    String there = link.key().parentColumns().get(i);
                    String theirs = Recorded.of(parent, there);
                    String ours = child.apply(columns.get(i));
                    // A period is covered by several rows together: each that it overlaps is needed.
                    return link.key().temporal() && i == columns.size() - 1
                            ? theirs + " OPERATOR(pg_catalog.&&) " + ours
                            : table.column(there)
                                    .orElseThrow()
                                    .type()
                                    .equality()
                                    .between(theirs, ours);
                })
                .collect(Collectors.joining(" AND "));
    }
}
