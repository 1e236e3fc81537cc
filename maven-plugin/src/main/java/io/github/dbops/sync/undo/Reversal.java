package io.github.dbops.sync.undo;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.KeyLink;
import io.github.dbops.run.Digest;
import io.github.dbops.sync.RecordedRun;
import io.github.dbops.sync.UndoCounts;
import io.github.dbops.sync.UndoState;
import io.github.dbops.sync.UndoTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was decided about a run. An apply carries exactly this out, or nothing. Good within the snapshot it is from. */
public final class Reversal {

    private final RecordedRun run;
    private final List<UndoTable> tables;
    private final Optional<Digest> digest;
    private final Map<String, String> tableDigests;
    private final List<Recorded> recorded;
    private final Ledger ledger;
    private final List<KeyLink> links;

    Reversal(
            RecordedRun run,
            List<UndoTable> tables,
            Optional<Digest> digest,
            Map<String, String> tableDigests,
            List<Recorded> recorded,
            Ledger ledger,
            List<KeyLink> links) {
        this.run = run;
        this.tables = List.copyOf(tables);
        this.digest = digest;
        this.tableDigests = Map.copyOf(tableDigests);
        this.recorded = List.copyOf(recorded);
        this.ledger = ledger;
        this.links = List.copyOf(links);
    }

    /** The run that it reverts. */
    public RecordedRun run() {
        return run;
    }

    /** All tables that the run wrote, in name order. */
    public List<UndoTable> tables() {
        return tables;
    }

    /** Of all that is reverted; empty where nothing is. */
    public Optional<Digest> digest() {
        return digest;
    }

    /** Each changed table's part, by name, to tell which ones drifted. */
    public Map<String, String> tableDigests() {
        return tableDigests;
    }

    /** The sum over all tables. */
    public UndoCounts totals() {
        return tables.stream().map(UndoTable::counts).reduce(UndoCounts.NONE, UndoCounts::plus);
    }

    List<Recorded> recorded() {
        return recorded;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Tables on which a deleted or restored row makes PostgreSQL run a statement of its own, which finds no row. */
    boolean isAskedByCascades(QualifiedName table) {
        return links.stream()
                .filter(link -> link.child().root().equals(table))
                .anyMatch(link -> (link.acting().onDelete()
                                && deletes(link.parent().root()) > 0)
                        || (link.acting().onUpdate() && restores(link.parent().root()) > 0));
    }

    long deletes(QualifiedName table) {
        return of(table, UndoState.DELETE);
    }

    long restores(QualifiedName table) {
        return of(table, UndoState.RESTORE);
    }

    boolean isReverted(QualifiedName table) {
        return deletes(table) + restores(table) > 0;
    }

    private long of(QualifiedName table, UndoState state) {
        return tables.stream()
                .filter(each -> each.name().equals(table))
                .mapToLong(each -> each.counts().of(state))
                .sum();
    }
}
