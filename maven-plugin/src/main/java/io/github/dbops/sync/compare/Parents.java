package io.github.dbops.sync.compare;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.sync.Change;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whether the rows to which changes refer will be there: in the target already, or among this run's inserts. A row whose
 * parent is blocked is blocked too; where tables' references go round, that is only known once all of them are read.
 */
final class Parents implements AutoCloseable {

    private final Map<QualifiedName, TableShape> shapes = new HashMap<>();
    private final Map<QualifiedName, Blocked> blocked = new HashMap<>();
    private final Map<Integer, Spool> dependencies = new HashMap<>();
    private final ParentLookup lookup;

    Parents(List<TableShape> all, Sides sides) {
        all.forEach(shape -> {
            shapes.put(shape.name(), shape);
            blocked.put(shape.name(), new Blocked());
        });
        this.lookup = new ParentLookup(sides);
    }

    Blocked blocked(TableShape shape) {
        return blocked(shape.name());
    }

    private Blocked blocked(QualifiedName table) {
        return Objects.requireNonNull(blocked.get(table));
    }

    /** References of a table whose parents must be looked at; the others' are there for certain. */
    List<Reference> looked(TableShape shape) {
        boolean mayBlock = shapes.values().stream()
                .filter(other -> other.group() == shape.group())
                .flatMap(other -> other.references().stream().filter(reference -> !isCertain(other, reference)))
                .findFirst()
                .isPresent();
        return shape.references().stream()
                .filter(reference -> !isCertain(shape, reference) || (mayBlock && isInGroup(shape, reference)))
                .toList();
    }

    // The source proves that the parent is there, the plan carries all of its table, and none of it stays away.
    private boolean isCertain(TableShape shape, Reference reference) {
        if (!reference.parent().isCarried()
                || reference.parent().planned().where().isPresent()
                || !reference.isProven(shape.source())) {
            return false;
        }
        return isInGroup(shape, reference)
                || !blocked(reference.parent().name()).keepsRowsAway();
    }

    private boolean isInGroup(TableShape shape, Reference reference) {
        TableShape parent = shapes.get(reference.parent().name());
        return parent != null && parent.group() == shape.group();
    }

    /** Takes the candidates whose parents will be there, as far as can be told now. */
    List<Candidate> unblocked(TableShape shape, List<Candidate> candidates) {
        if (candidates.isEmpty() || candidates.get(0).parents().isEmpty()) {
            return candidates;
        }
        // All of them have the same references.
        List<Updates> updates = candidates.get(0).parents().stream()
                .map(parent -> Updates.of(shape, parent.reference().foreignKey().columns()))
                .toList();
        Map<Reference, Set<List<String>>> asked = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            for (Candidate.Parent parent : written(candidate, updates)) {
                if (parent.state() == ParentState.LEFT_OUT) {
                    asked.computeIfAbsent(parent.reference(), r -> new HashSet<>())
                            .add(parent.key());
                }
            }
        }
        lookup.trim();
        asked.forEach((reference, keys) -> lookup.look(reference.parent(), keys));
        List<Candidate> free = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (!isBlocked(shape, candidate.change(), written(candidate, updates))) {
                free.add(candidate);
            }
        }
        return free;
    }

    // What the target's row refers to today is there.
    private static List<Candidate.Parent> written(Candidate candidate, List<Updates> updates) {
        if (candidate.change().action() == Change.Action.INSERT) {
            return candidate.parents();
        }
        List<Candidate.Parent> written = new ArrayList<>();
        for (int i = 0; i < updates.size(); i++) {
            if (updates.get(i).change(candidate.change())) {
                written.add(candidate.parents().get(i));
            }
        }
        return written;
    }

    private boolean isBlocked(TableShape shape, Change change, List<Candidate.Parent> parents) {
        for (Candidate.Parent parent : parents) {
            QualifiedName name = parent.reference().parent().name();
            boolean missing = switch (parent.state()) {
                case NONE -> false;
                case UNTOLD -> true;
                case LEFT_OUT -> !lookup.isThere(parent.reference().parent(), parent.key());
                case CARRIED -> blocked(name).staysAway(parent.key());
            };
            if (missing) {
                blocked(shape)
                        .add(change.action(), new Blocked.Example(change.key(), parent.reference(), parent.key()));
                return true;
            }
            if (parent.state() == ParentState.CARRIED && isInGroup(shape, parent.reference())) {
                depend(shape, change, parent);
            }
        }
        return false;
    }

    private void depend(TableShape shape, Change change, Candidate.Parent parent) {
        List<String> record = new ArrayList<>();
        record.add(shape.name().schema());
        record.add(shape.name().name());
        record.add(change.action().name());
        record.add(Integer.toString(shape.references().indexOf(parent.reference())));
        record.add(Integer.toString(change.key().size()));
        record.addAll(change.key());
        record.addAll(parent.key());
        dependencies.computeIfAbsent(shape.group(), group -> new Spool()).add(record);
    }

    /** Blocks what depends on blocked rows of the same group, until nothing is left to block; once all of it is read. */
    void settle(int group) {
        Spool spool = dependencies.get(group);
        if (spool == null) {
            return;
        }
        boolean[] found = {true};
        while (found[0]) {
            found[0] = false;
            spool.forEach(record -> found[0] |= blockDependent(record));
        }
    }

    private boolean blockDependent(List<String> record) {
        TableShape child = Objects.requireNonNull(shapes.get(new QualifiedName(record.get(0), record.get(1))));
        Reference reference = child.references().get(Integer.parseInt(record.get(3)));
        int keyEnd = 5 + Integer.parseInt(record.get(4));
        List<String> parent = record.subList(keyEnd, record.size());
        return blocked(reference.parent().name()).staysAway(parent)
                && blocked(child)
                        .add(
                                Change.Action.valueOf(record.get(2)),
                                new Blocked.Example(List.copyOf(record.subList(5, keyEnd)), reference, parent));
    }

    @Override
    public void close() {
        dependencies.values().forEach(Spool::close);
    }
}
