package io.github.dbops.sync.compare;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.List;

/** What the compared rows bring up against an apply, and what is merely worth telling. */
final class Findings {

    private final SampleDetail samples;
    private final List<Problem> refusals = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Nothing found yet; examples are kept as far as samples may be shown. */
    Findings(SampleDetail samples) {
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
                    "One of the key's columns (" + key + ") is NULL.",
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
        if (tally.surrogateDiffers.count() > 0) {
            refuse(
                    shape,
                    Code.SURROGATE_DIFFERS,
                    tally.surrogateDiffers.count() + " row(s) of " + shape.name()
                            + " have another id in the target than in the source.",
                    "Planned tables reference these ids, and would point at other rows.",
                    tally.surrogateDiffers.rows(),
                    "Put the referencing columns into \"exclude\", or skip one of the two tables.");
        }
        long conflicts = tally.identical + tally.different;
        if (fails(shape) && conflicts > 0) {
            refuse(
                    shape,
                    Code.CONFLICTS_FOUND,
                    conflicts + " key(s) of " + shape.name() + " are on both sides.",
                    "Its plan entry says onConflict: error_on_conflict.",
                    table.differing().rows().keySet().stream()
                            .map(k -> KeyText.of(shape, k))
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

    /** What is to be told of one table, from its shape and its rows. */
    static List<String> notes(TableComparison table) {
        List<String> notes = new ArrayList<>(table.shape().notes());
        if (!table.shape().isKeyUnique(table.shape().target())) {
            notes.add("The key (" + String.join(", ", table.shape().planned().key())
                    + ") has no unique index in the target; an apply locks the table against other writers.");
        }
        return notes;
    }

    private static boolean fails(TableShape shape) {
        return shape.planned().mode() == Mode.UPSERT && shape.planned().onConflict() == OnConflict.ERROR_ON_CONFLICT;
    }

    private void refuse(TableShape shape, Code code, String what, String why, List<String> examples, String next) {
        refusals.add(Problem.of(code, what, why, next)
                .withExamples(samples == SampleDetail.NONE ? List.of() : examples)
                .at(shape.planned().position() + ", table " + shape.name()));
    }
}
