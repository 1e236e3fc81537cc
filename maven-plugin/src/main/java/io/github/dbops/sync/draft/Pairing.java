package io.github.dbops.sync.draft;

import io.github.dbops.sync.draft.ColumnFacts.Trait;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which two columns together are worth a look: a name within a parent, two parents, a place within one. */
final class Pairing {

    private final TableFacts table;

    private Pairing(TableFacts table) {
        this.table = table;
    }

    /** Whether two columns are such as natural keys consist of. */
    static boolean isTelling(TableFacts table, List<String> columns) {
        Pairing pairing = new Pairing(table);
        String one = columns.get(0);
        String other = columns.get(1);
        Role first = pairing.role(one);
        Role second = pairing.role(other);
        boolean within = first == Role.PARENT || second == Role.PARENT;
        boolean bothTell = first != Role.NONE && second != Role.NONE;
        boolean named = first == Role.NAME || second == Role.NAME;
        return Sounding.isPersonsName(one, other)
                || Sounding.isPersonsName(other, one)
                || (bothTell && (within || named));
    }

    private Role role(String name) {
        if (table.isReference(name)) {
            return isSingleReference(name) ? Role.PARENT : Role.NONE;
        }
        Optional<ColumnFacts> column = table.column(name);
        Sounding sounding = Sounding.of(table.name().name(), name);
        if (sounding.isBusinessLike()) {
            return Role.NAME;
        }
        boolean place = sounding == Sounding.PLACE
                && column.filter(c -> Stream.of(Family.NUMBER, Family.TEXT, Family.MOMENT)
                                .anyMatch(f -> f == c.family()))
                        .isPresent();
        return place || column.filter(c -> c.family() == Family.ENUM).isPresent() ? Role.PLACE : Role.NONE;
    }

    private boolean isSingleReference(String name) {
        return !table.isSelfReference(name)
                && !table.is(name, Trait.GENERATED)
                && table.references().stream().anyMatch(r -> r.columns().equals(List.of(name)));
    }

    /** What a column can be in a pair. */
    private enum Role {
        PARENT,
        NAME,
        PLACE,
        NONE
    }
}
