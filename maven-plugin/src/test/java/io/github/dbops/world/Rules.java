package io.github.dbops.world;

import io.github.dbops.sync.Ids;
import io.github.dbops.sync.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What the contract makes of one table: which columns identify, are compared, are written, and which references are translated. */
final class Rules {

    private final World world;
    private final Table table;

    Rules(World world, Table table) {
        this.world = world;
        this.table = table;
    }

    Table table() {
        return table;
    }

    /** The plan's entry; only where the table is listed. */
    Entry entry() {
        return table.planned().orElseThrow();
    }

    /** Whether rows of it may be written. */
    boolean isWritten() {
        return table.planned().filter(entry -> entry.mode() != Mode.SKIP).isPresent();
    }

    /** Whether its rows have natural keys: they are written, or serve to translate references. */
    boolean isIdentified() {
        return isIdentified(table);
    }

    private static boolean isIdentified(Table table) {
        return table.planned().filter(entry -> !entry.key().isEmpty()).isPresent();
    }

    List<String> key() {
        return entry().key();
    }

    /** The primary key's columns outside of the key. */
    List<String> surrogates() {
        return without(table.primaryKey(), key());
    }

    /** Surrogates that the target makes itself for a row that is inserted. */
    List<String> generatedSurrogates() {
        Set<String> references = new HashSet<>();
        translated().forEach(reference -> references.addAll(reference.columns()));
        return surrogates().stream()
                .filter(name -> !references.contains(name))
                .filter(name -> entry().ids() == null
                        ? table.column(name).origin().isSequence()
                        : entry().ids() == Ids.GENERATE)
                .toList();
    }

    /** Surrogates that are written as the source has them. */
    List<String> carriedSurrogates() {
        return without(surrogates(), generatedSurrogates());
    }

    /** Columns that decide whether two rows of one key differ. */
    List<String> compared() {
        List<String> business = entry().columns() == null ? carriable() : entry().columns();
        Set<String> others = new HashSet<>(key());
        others.addAll(surrogates());
        others.addAll(entry().ignore());
        others.addAll(entry().exclude());
        return without(business, others);
    }

    private List<String> carriable() {
        return table.columns().stream()
                .filter(column -> column.isShared() && column.origin() != Column.Origin.COMPUTED)
                .map(Column::name)
                .toList();
    }

    /** Columns that an inserted row has from the source. */
    List<String> inserted() {
        Set<String> all = new LinkedHashSet<>(key());
        all.addAll(carriedSurrogates());
        all.addAll(compared());
        all.addAll(entry().ignore());
        return List.copyOf(all);
    }

    /** Foreign keys that stand for a row of another table of the plan, and are taken through its natural key. */
    List<ForeignKey> translated() {
        return table.foreignKeys().stream()
                .filter(reference -> isIdentified(world.table(reference.parent())))
                .filter(reference -> reference.columns().stream()
                        .allMatch(c -> table.column(c).isShared()))
                .filter(reference -> entry().rawReferences().stream().noneMatch(reference.columns()::contains))
                .toList();
    }

    /** Translated references that are wholly part of the key. */
    List<ForeignKey> keyReferences() {
        return translated().stream().filter(this::isInKey).toList();
    }

    boolean isInKey(ForeignKey reference) {
        return key().containsAll(reference.columns());
    }

    /** Translated references that an inserted row has. */
    List<ForeignKey> insertedReferences() {
        List<String> inserted = inserted();
        return translated().stream()
                .filter(r -> inserted.containsAll(r.columns()))
                .toList();
    }

    /** Translated references that are compared, and written by an update. */
    List<ForeignKey> comparedReferences() {
        List<String> compared = compared();
        return translated().stream()
                .filter(r -> !isInKey(r) && !updatable(r).isEmpty() && compared.containsAll(updatable(r)))
                .toList();
    }

    /** A reference's columns that an update writes. */
    List<String> updatable(ForeignKey reference) {
        Set<String> fixed = new HashSet<>(key());
        fixed.addAll(surrogates());
        return without(reference.columns(), fixed);
    }

    /** Compared columns that are values and not part of a compared reference. */
    List<String> comparedValues() {
        Set<String> covered = new HashSet<>();
        comparedReferences().forEach(reference -> covered.addAll(reference.columns()));
        return without(compared(), covered);
    }

    /** Key columns that are values and not part of a reference in the key. */
    List<String> keyValues() {
        Set<String> covered = new HashSet<>();
        keyReferences().forEach(reference -> covered.addAll(reference.columns()));
        return without(key(), covered);
    }

    /** References of written rows that are taken as they are. */
    List<ForeignKey> rawReferences() {
        List<String> inserted = inserted();
        return table.foreignKeys().stream()
                .filter(reference -> !translated().contains(reference))
                .filter(reference -> reference.columns().stream().anyMatch(inserted::contains))
                .toList();
    }

    /** A reference's place among the table's foreign keys, which names its columns in the oracle's tables. */
    int number(ForeignKey reference) {
        return table.foreignKeys().indexOf(reference);
    }

    static List<String> without(List<String> all, java.util.Collection<String> some) {
        List<String> rest = new ArrayList<>(all);
        rest.removeIf(((Predicate<String>) some::contains));
        return rest;
    }
}
