package io.github.dbops.world;

import io.github.dbops.sync.Ids;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table while it is being drawn. */
final class TableDraft {

    /** What a table is to the plan. */
    enum Role {
        /** Its rows are carried. */
        PLANNED,
        /** Listed as skip with a key. */
        LOOKUP,
        /** Listed as skip without one. */
        SKIPPED,
        /** Not listed. */
        UNLISTED;

        boolean isIdentified() {
            return this == PLANNED || this == LOOKUP;
        }
    }

    final int number;
    final String name;
    final Role role;
    final List<Column> columns = new ArrayList<>();
    final Map<String, Alphabet> alphabets = new HashMap<>();
    /** The target's values of columns where they are others than the source's. */
    final Map<String, Alphabet> fitting = new HashMap<>();

    final List<ForeignKey> foreignKeys = new ArrayList<>();
    /** Names of foreign keys whose parents' rows are drawn after this table's. */
    final Set<String> late = new HashSet<>();

    final List<UniqueIndex> uniques = new ArrayList<>();
    final List<String> key = new ArrayList<>();
    final List<String> surrogates = new ArrayList<>();
    Table.Storage storage = Table.Storage.PLAIN;
    Table.Audited audited = Table.Audited.NO;

    Mode mode = Mode.SKIP;
    OnConflict onConflict = OnConflict.PROD_WINS;

    @Nullable
    List<String> said;

    @Nullable
    String where;

    final List<String> exclude = new ArrayList<>();
    final List<String> ignore = new ArrayList<>();
    final List<String> sensitive = new ArrayList<>();

    @Nullable
    Ids ids;

    final List<String> raw = new ArrayList<>();

    TableDraft(int number, String name, Role role) {
        this.number = number;
        this.name = name;
        this.role = role;
    }

    Column column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst().orElseThrow();
    }

    void add(Column column, @Nullable Alphabet alphabet) {
        columns.add(column);
        if (alphabet != null) {
            alphabets.put(column.name(), alphabet);
        }
    }

    boolean has(String column) {
        return columns.stream().anyMatch(c -> c.name().equals(column));
    }

    void replace(Column column) {
        columns.replaceAll(old -> old.name().equals(column.name()) ? column : old);
    }

    boolean isReference(String column) {
        return foreignKeys.stream().anyMatch(reference -> reference.columns().contains(column));
    }

    /** A plain value on both sides, of one type, that is not part of the key or of a reference. */
    boolean isPlain(Column column) {
        return isFree(column)
                && column.isShared()
                && column.form(Side.SOURCE)
                        .type()
                        .equals(column.form(Side.TARGET).type());
    }

    /** Neither part of the key, nor a surrogate, nor part of a reference, nor made by the database. */
    boolean isFree(Column column) {
        boolean given = column.origin() == Column.Origin.GIVEN || column.origin() == Column.Origin.DEFAULT;
        return given
                && !key.contains(column.name())
                && !surrogates.contains(column.name())
                && !isReference(column.name());
    }

    /** Groups of columns that a foreign key can reference. */
    List<List<String>> referencable() {
        return uniques.stream()
                .filter(UniqueIndex::isReferencable)
                .filter(u -> u.columns().stream().noneMatch(this::isLate))
                .map(UniqueIndex::columns)
                .toList();
    }

    boolean isLate(String column) {
        return foreignKeys.stream()
                .anyMatch(reference ->
                        late.contains(reference.name()) && reference.columns().contains(column));
    }

    /** The finished table. */
    Table table(Dice dice) {
        List<String> names = columns.stream().map(Column::name).toList();
        return new Table(
                name,
                columns,
                dice.chance(30) ? dice.shuffled(names) : names,
                foreignKeys,
                uniques,
                storage,
                audited,
                role == Role.UNLISTED
                        ? null
                        : new Entry(
                                role == Role.SKIPPED ? List.of() : key,
                                mode,
                                onConflict,
                                said,
                                where,
                                exclude,
                                ignore,
                                sensitive,
                                ids,
                                raw));
    }
}
