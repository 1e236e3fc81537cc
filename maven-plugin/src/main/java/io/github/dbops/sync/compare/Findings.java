package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.catalog.UniqueIndex;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.NaturalKey;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What the compared rows bring up against an apply, and what is merely worth telling. */
final class Findings {

    private final Execution execution;
    private final SampleDetail samples;
    private final List<Problem> refusals = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean blocks;

    /** Nothing found yet; examples are kept as far as samples may be shown. */
    Findings(Execution execution, SampleDetail samples) {
        this.execution = execution;
        this.samples = samples;
    }

    List<Problem> refusals() {
        return refusals;
    }

    List<String> warnings() {
        return warnings;
    }

    void add(TableComparison table) {
        TableShape shape = table.shape();
        Tally tally = table.tally();
        String key = String.join(", ", shape.planned().key());
        if (tally.keylessSource > 0) {
            refuse(
                    shape,
                    Code.KEY_NULL_IN_SOURCE,
                    tally.keylessSource + " row(s) of the source's "
                            + shape.source().name() + " have no key.",
                    "One of the key's values (" + KeyText.names(shape) + ") is NULL.",
                    List.of(),
                    "Fill them in, leave such rows out by \"where\", or choose another key.");
        }
        if (tally.duplicateSource.count() > 0) {
            refuse(
                    shape,
                    Code.KEY_DUPLICATE_IN_SOURCE,
                    tally.duplicateSource.count() + " key(s) of " + shape.name() + " are in the source more than once.",
                    "Two rows cannot both be the one that a key names; another spelling of an equal key counts too.",
                    tally.duplicateSource.rows(),
                    "Choose a key that is unique (" + key + " is not), or remove the duplicates.");
        }
        if (tally.duplicateTarget.count() > 0) {
            refuse(
                    shape,
                    Code.KEY_DUPLICATE_IN_TARGET,
                    tally.duplicateTarget.count() + " key(s) of " + shape.name() + " are in the target more than once.",
                    "It cannot be told which of them a source row belongs to.",
                    tally.duplicateTarget.rows(),
                    "Choose a key that is unique (" + key + " is not), or remove the duplicates.");
        }
        long conflicts = tally.identical + tally.different;
        if (fails(shape) && conflicts > 0) {
            refuse(
                    shape,
                    Code.CONFLICTS_FOUND,
                    conflicts + " key(s) of " + shape.name() + " are on both sides.",
                    "Its plan entry says onConflict: error_on_conflict.",
                    table.differing().rows().stream()
                            .limit(Tally.EXAMPLES)
                            .map(pair -> KeyText.of(shape, pair.key()))
                            .toList(),
                    "Remove these rows from the source, or decide who wins: prod_wins or local_wins.");
        }
        if (tally.keylessTarget > 0) {
            warnings.add(tally.keylessTarget + " row(s) of the target's " + shape.name() + " have a NULL in their key ("
                    + key + "); they are counted as only in the target.");
        }
        if (tally.spelledDifferently.count() > 0) {
            warnings.add(tally.spelledDifferently.count() + " key(s) of " + shape.name()
                    + " are equal but spelled differently; the target's spelling stays.");
        }
    }

    void warn(String sentence) {
        warnings.add(sentence);
    }

    /** Keys of a table that only translates references, each of which several rows have. */
    void addLookupDuplicates(NaturalKey key, Side side, long twice) {
        refusals.add(Problem.of(
                        side == Side.SOURCE ? Code.KEY_DUPLICATE_IN_SOURCE : Code.KEY_DUPLICATE_IN_TARGET,
                        twice + " key(s) of " + side.table(key).name() + " are in the " + side.word()
                                + " more than once.",
                        "References are told by them, and would lead to several rows.",
                        "Choose a key that is unique ("
                                + String.join(", ", key.planned().key()) + " is not), or remove the duplicates.")
                .at(key.planned().position() + ", table " + key.name()));
    }

    /** Rows whose parent will not be there: told in a dry-run, refused in an apply. */
    void addBlocked(TableShape shape, Blocked blocked) {
        long rows = blocked.inserts() + blocked.updates();
        if (rows == 0) {
            return;
        }
        if (execution == Execution.DRY_RUN) {
            warnings.add(
                    rows + " row(s) of " + shape.name()
                            + " are blocked: the row that they refer to is neither in the target nor carried. An apply refuses.");
            blocks = true;
            return;
        }
        refuse(
                shape,
                Code.ROWS_BLOCKED,
                rows + " row(s) of " + shape.name() + " refer to rows that will not be there.",
                "The row that each refers to is neither in the target nor among the inserts of this run.",
                blocked.examples().stream()
                        .limit(Tally.EXAMPLES)
                        .map(example -> KeyText.of(shape, example.key()) + " -> " + parent(example))
                        .toList(),
                "Carry the parents too (look at their \"where\" and \"mode\"), or leave these rows out by \"where\".");
    }

    /** Whom a blocked row misses. */
    static String parent(Blocked.Example example) {
        String table = example.reference().parent().name().toString();
        return example.parent().isEmpty()
                ? table + " (no such row in the source, or it has no key)"
                : table + " (" + KeyText.of(example.reference().parent().leaves(), example.parent()) + ")";
    }

    /** Whether rows are blocked, so that there is nothing that could be applied as it is. */
    boolean isBlocked() {
        return blocks;
    }

    /** What indexes of the target would refuse. */
    void addCollisions(TableShape shape, Collection<Collisions.Found> found) {
        found.forEach(rows -> {
            UniqueIndex index = rows.index;
            String name = "\"" + index.name() + "\" of " + shape.name() + " ("
                    + index.elements().stream()
                            .map(UniqueIndex.Element::expression)
                            .collect(Collectors.joining(", "))
                    + ")";
            if (rows.owned.count() > 0) {
                refuse(
                        shape,
                        Code.UNIQUE_COLLISION,
                        rows.owned.count() + " row(s) would take what another row of the target has, by the index "
                                + name + ".",
                        "That row has another key, so it is another row, and it stays as it is.",
                        rows.owned.rows(),
                        "Change the value in the source, or the row in the target; or choose a key under which the two"
                                + " are one row.");
            }
            if (rows.twice.count() > 0) {
                refuse(
                        shape,
                        Code.UNIQUE_COLLISION,
                        rows.twice.count() + " row(s) would take what another row of this run takes too, by the index "
                                + name + ".",
                        "The source does not keep these rows apart as the target does.",
                        rows.twice.rows(),
                        "Change the value in the source, or leave one of the rows out by \"where\".");
            }
            if (rows.handed.count() > 0) {
                refuse(
                        shape,
                        Code.UNIQUE_COLLISION,
                        rows.handed.count()
                                + " row(s) would take what another row gives up in the same statement, by the"
                                + " index " + name + ".",
                        "PostgreSQL checks this index row by row, so that values cannot be swapped or handed on.",
                        rows.handed.rows(),
                        "Make it a constraint that can wait: ALTER TABLE "
                                + shape.name().sql() + " DROP CONSTRAINT " + Identifier.quote(index.name())
                                + ", ADD UNIQUE (...) DEFERRABLE;",
                        "Or set one of the rows aside in the target first.");
            }
        });
    }

    /** What is to be told of one table, from its shape and its rows. */
    static List<String> notes(TableComparison table) {
        List<String> notes = new ArrayList<>(table.shape().notes());
        if (!table.shape().key().isUnique(Side.TARGET)) {
            notes.add("The key (" + String.join(", ", table.shape().planned().key())
                    + ") has no unique index in the target; an apply locks the table against other writers.");
        }
        if (table.isLarge()) {
            SlowPaths.streamed(table.shape().key()).ifPresent(notes::add);
        }
        return notes;
    }

    private static boolean fails(TableShape shape) {
        return shape.planned().mode() == Mode.UPSERT && shape.planned().onConflict() == OnConflict.ERROR_ON_CONFLICT;
    }

    private void refuse(TableShape shape, Code code, String what, String why, List<String> examples, String... next) {
        refusals.add(Problem.of(code, what, why, next)
                .withExamples(samples == SampleDetail.NONE ? List.of() : examples)
                .at(shape.planned().position() + ", table " + shape.name()));
    }
}
