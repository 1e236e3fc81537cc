package io.github.dbops.sync.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a table's entry tells its reader beside the key: what happens to ids, which triggers fire, what was not seen. */
final class TableNotes {

    private final Survey survey;
    private final TableFacts table;
    private final Counted counted;
    private final Map<String, TableFacts> hidden;
    private final List<String> notes = new ArrayList<>();

    /**
     * Notes on one table.
     *
     * @param hidden its references that no foreign key declares
     */
    TableNotes(Survey survey, Surveyed surveyed, Map<String, TableFacts> hidden) {
        this.survey = survey;
        this.table = surveyed.facts();
        this.counted = surveyed.counted();
        this.hidden = hidden;
    }

    /**
     * All of them, the most important first.
     *
     * @param key the key that the entry gets
     * @param rejected why what is unique is no candidate
     */
    List<String> about(Optional<KeyCandidate> key, List<String> rejected) {
        counted.unseen().ifPresent(notes::add);
        notes.addAll(rejected);
        key.ifPresent(this::aboutTargetsIndex);
        key.ifPresent(this::aboutIds);
        aboutHiddenReferences();
        table.triggers().forEach(this::aboutTrigger);
        notes.addAll(table.notes());
        return List.copyOf(notes);
    }

    private void aboutTargetsIndex(KeyCandidate key) {
        survey.inTarget(table)
                .filter(there -> !there.isUnique(key.columns()))
                .ifPresent(there -> notes.add(
                        "The target has no unique index on the key: an apply keeps other writers out of the table."));
    }

    private void aboutIds(KeyCandidate key) {
        List<String> outside = table.primaryKey().stream()
                .filter(c -> !key.columns().contains(c) && !table.isReference(c))
                .toList();
        List<String> numbered =
                outside.stream().filter(c -> survey.isSequenceBacked(table, c)).toList();
        List<String> plain = outside.stream().filter(c -> !numbered.contains(c)).toList();
        if (!numbered.isEmpty()) {
            notes.add("Inserted rows get their " + Quoted.names(numbered) + " from production.");
        }
        if (!plain.isEmpty()) {
            notes.add("Inserted rows bring their " + Quoted.names(plain) + " along.");
        }
    }

    private void aboutHiddenReferences() {
        hidden.forEach((column, parent) -> notes.add(Quoted.name(column) + " looks like a reference to "
                + Quoted.name(parent.planName())
                + " that no foreign key declares: its numbers would be carried as they are."));
    }

    private void aboutTrigger(TriggerFacts trigger) {
        if (trigger.fills().isPresent()) {
            return;
        }
        String what = "Trigger " + Quoted.name(trigger.name()) + " runs " + Quoted.visible(trigger.function());
        notes.add(
                trigger.before()
                        ? what + " before a row is written: what it sets belongs into \"ignore\"."
                        : what + ": tables that it writes must be in \"allowSideEffects\".");
    }
}
