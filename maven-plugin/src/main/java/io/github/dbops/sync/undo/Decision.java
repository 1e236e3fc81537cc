package io.github.dbops.sync.undo;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Catalog;
import io.github.dbops.postgres.catalog.KeyLink;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.run.TableWork.Telling;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.ProtectedPattern;
import io.github.dbops.sync.RecordedRun;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.UndoCounts;
import io.github.dbops.sync.UndoState;
import io.github.dbops.sync.UndoTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Decides what of a run can be reverted, by reading the target alone inside one snapshot. Writes nothing, and needs no
 * temporary table, so that a standby can be asked. Holds about 30 bytes for each row of the run, and 14 for each reference
 * between them; the rows themselves stay where they are.
 */
public final class Decision {

    private final Session target;
    private final RecordedRun run;
    private final Progress progress;
    private final Catalog catalog;
    private final Map<QualifiedName, Findings> findings = new LinkedHashMap<>();

    /**
     * A decision yet to be made.
     *
     * @param target inside its transaction, whose snapshot it uses; pins {@code lc_monetary} in it
     * @param run to be undone
     * @param progress told the tables
     */
    public Decision(Session target, RecordedRun run, Progress progress) {
        this.target = target;
        this.run = run;
        this.progress = progress;
        // Former values of type money were written under the same.
        target.execute("SET LOCAL lc_monetary = 'C'");
        this.catalog = Catalog.of(target);
    }

    /**
     * Decides.
     *
     * @param identity what stays the same of the target, for the digest
     * @throws ProblemException UNDO_INCOMPARABLE, PRIVILEGE_MISSING
     */
    public Reversal make(String identity) {
        List<Recorded> recorded = recorded(RecordedRows.of(target, run.id()));
        Ledger ledger = new Ledger(
                recorded.stream().mapToInt(rows -> (int) rows.rows().count()).sum());
        Look look = new Look(target, ledger);
        for (Recorded rows : recorded) {
            String name = rows.name().toString();
            long count = rows.rows().count();
            try (Progress.Rows looked = progress.table(TableWork.counted(name, Telling.AT_THE_END, count))) {
                look.at(rows);
                looked.handled(count);
            }
        }
        List<KeyLink> links = links(recorded);
        References references = new References(target, catalog, recorded, ledger);
        links.forEach(references::check);
        recorded.forEach(new UniqueValues(target, ledger)::check);
        ledger.settle();
        return reversal(recorded, ledger, links, identity);
    }

    private List<Recorded> recorded(List<RecordedRows> all) {
        checkCanary(all);
        catalog.read(all.stream()
                .map(RecordedRows::table)
                .filter(catalog.relations()::contains)
                .toList());
        List<Recorded> recorded = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        int first = 0;
        for (RecordedRows rows : all) {
            Findings table = findings.computeIfAbsent(rows.table(), name -> new Findings());
            Optional<String> unfit = Fitness.flaw(rows, catalog);
            if (!rows.kept()) {
                table.count(UndoState.UNRECORDED, rows.count());
            } else if (unfit.isPresent()) {
                table.count(UndoState.TABLE_CHANGED, rows.count());
                table.note(unfit.get());
            } else {
                Table now = catalog.table(rows.table());
                if (!now.privileges().select()) {
                    problems.add(unreadable(
                            now.name(), "", now.privileges().role(), "The run wrote it; an undo looks at its rows."));
                }
                Recorded fit = new Recorded(run.id(), rows, now, first);
                Optional<String> unreadable = RecordedValues.flaw(target, fit);
                if (unreadable.isPresent()) {
                    table.count(UndoState.TABLE_CHANGED, rows.count());
                    table.note(unreadable.get());
                } else {
                    recorded.add(fit);
                    first = Math.addExact(first, Math.toIntExact(rows.count()));
                }
            }
        }
        throwIfAny(problems);
        return recorded;
    }

    private void checkCanary(List<RecordedRows> all) {
        LongStream canaries = all.stream()
                .filter(RecordedRows::kept)
                .mapToLong(RecordedRows::canary)
                .distinct();
        if (canaries.anyMatch(canary -> Hashing.recorded(target, canary).isEmpty())) {
            throw Problem.of(
                            Code.UNDO_INCOMPARABLE,
                            "Run " + run.id() + " cannot be undone any more.",
                            "The target hashes rows otherwise than when the run was recorded, most likely after an upgrade"
                                    + " of the server or on another processor: nobody can tell which rows have changed"
                                    + " since.",
                            "Restore the rows from a backup, or correct the source and apply again.")
                    .exception();
        }
    }

    private List<KeyLink> links(List<Recorded> recorded) {
        List<KeyLink> links =
                catalog.links(recorded.stream().map(Recorded::table).distinct().toList());
        catalog.read(links.stream().map(link -> link.parent().root()).toList());
        List<Problem> problems = new ArrayList<>();
        for (KeyLink link : links) {
            boolean asksChild = recorded.stream()
                    .anyMatch(rows -> rows.name().equals(link.parent().root())
                            && (rows.isInsert() || rows.changes(link.key().parentColumns())));
            boolean asksParent = recorded.stream()
                    .anyMatch(rows -> rows.name().equals(link.child().root())
                            && rows.changes(link.key().columns()));
            if (asksChild && !link.child().readable()) {
                problems.add(unreadable(link, link.child(), link.key().columns()));
            }
            if (asksParent && !link.parent().readable()) {
                problems.add(unreadable(link, link.parent(), link.key().parentColumns()));
            }
        }
        throwIfAny(problems);
        return links;
    }

    private Problem unreadable(KeyLink link, KeyLink.End end, List<String> columns) {
        return unreadable(
                end.name(),
                " (" + Identifier.list(columns) + ")",
                target.traits().user(),
                "Rows of the run refer to its rows, or the other way round, by "
                        + link.key().name() + "; an undo must know which.");
    }

    private static Problem unreadable(QualifiedName table, String columns, String role, String why) {
        return Problem.of(
                        Code.PRIVILEGE_MISSING,
                        "The target's role \"" + role + "\" may not SELECT from " + table + ".",
                        why,
                        "As the table's owner: GRANT USAGE ON SCHEMA " + Identifier.quote(table.schema()) + " TO "
                                + Identifier.quote(role) + "; GRANT SELECT" + columns + " ON " + table.sql() + " TO "
                                + Identifier.quote(role) + ";")
                .at("table " + table);
    }

    private static void throwIfAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ProblemException(problems, null);
        }
    }

    private Reversal reversal(List<Recorded> recorded, Ledger ledger, List<KeyLink> links, String identity) {
        SortedMap<String, String> digests = new TreeMap<>();
        List<UndoTable> tables = new ArrayList<>();
        findings.forEach((name, found) -> {
            Listing listing = new Listing(target, ledger, run.samples().orElse(SampleDetail.KEYS));
            ReversalDigest digest = ReversalDigest.ofTable(name);
            recorded.stream().filter(rows -> rows.name().equals(name)).forEach(rows -> listing.read(rows, digest));
            if (listing.isAnyReverted()) {
                digests.put(name.toString(), digest.hex());
            }
            listing.counts().forEach(found::count);
            tables.add(new UndoTable(
                    name,
                    run.protecting(name.schema(), name.name())
                            .map(ProtectedPattern::glob)
                            .orElse(null),
                    new UndoCounts(found.counts, 0, 0),
                    listing.rows(),
                    found.notes));
        });
        Optional<Digest> digest =
                digests.isEmpty() ? Optional.empty() : Optional.of(ReversalDigest.of(identity, run.id(), digests));
        return new Reversal(run, tables, digest, digests, recorded, ledger, links);
    }

    /** What is known of a table beside its rows one by one. */
    private static final class Findings {

        private final Map<UndoState, Long> counts = new EnumMap<>(UndoState.class);
        private final List<String> notes = new ArrayList<>();

        void count(UndoState state, long rows) {
            counts.merge(state, rows, Long::sum);
        }

        void note(String sentence) {
            if (!notes.contains(sentence)) {
                notes.add(sentence);
            }
        }
    }
}
