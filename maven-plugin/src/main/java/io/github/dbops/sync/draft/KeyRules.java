package io.github.dbops.sync.draft;

import io.github.dbops.sync.draft.ColumnFacts.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What holds of columns as parts of one table's key, whatever the evidence. */
final class KeyRules {

    /** Text that is no longer is more like a code than like a generated id. */
    private static final int LONGEST_CODE = 10;

    private final TableFacts table;
    private final Counted counted;

    KeyRules(Surveyed surveyed) {
        this.table = surveyed.facts();
        this.counted = surveyed.counted();
    }

    /** Whether a sync accepts the columns as a key, and showing them gives nothing away. */
    boolean allows(List<String> columns) {
        return objection(columns).isEmpty() && columns.stream().noneMatch(this::isMadeUpHere);
    }

    /** What forbids the columns as a key, although they tell rows apart; part of a sentence. */
    Optional<String> objection(List<String> columns) {
        for (String name : columns) {
            ColumnFacts column = table.column(name).orElseThrow();
            if (table.isSelfReference(name)) {
                return Optional.of(Quoted.name(name) + " references the table itself");
            }
            if (!column.is(Trait.KEYABLE) || column.is(Trait.GENERATED) || name.isBlank()) {
                return Optional.of(Quoted.name(name) + " (" + Quoted.visible(column.type())
                        + (column.is(Trait.GENERATED) ? ", computed" : "") + ") cannot be in a key");
            }
            if (Sensitivity.of(table, column)
                    .filter(s -> s == Sensitivity.SECRET)
                    .isPresent()) {
                return Optional.of(Quoted.name(name) + " looks like a secret");
            }
        }
        return Optional.empty();
    }

    /** Whether its numbers come from a sequence of this database. */
    boolean isMadeUpHere(String column) {
        return table.is(column, Trait.SEQUENCE_BACKED) && !table.isReference(column);
    }

    /** Whether its values are ids that a program has made up, which mean nothing by themselves. */
    boolean isPlainId(String name) {
        ColumnFacts column = table.column(name).orElseThrow();
        if (table.isReference(name)) {
            return false;
        }
        if (column.family() == Family.UUID) {
            return true;
        }
        Counted.Fill fill = counted.fill(name).orElse(Counted.Fill.NONE);
        boolean brief = column.is(Trait.SHORT) || (fill.filled() > 0 && fill.longest() <= LONGEST_CODE);
        boolean called = Sounding.isId(name) && table.primaryKey().contains(name) && !brief;
        return column.family() == Family.TEXT && (fill.looksGenerated() || called);
    }

    /** Whether the columns are one number that programs or people hand out, which no sequence makes. */
    boolean isHandedOutNumber(List<String> columns) {
        return columns.size() == 1
                && Sounding.isId(columns.get(0))
                && !table.isReference(columns.get(0))
                && table.column(columns.get(0)).orElseThrow().family() == Family.NUMBER;
    }

    /** Whether reports would mask a part of the key. */
    boolean isSensitive(List<String> columns) {
        return columns.stream()
                .anyMatch(c ->
                        Sensitivity.of(table, table.column(c).orElseThrow()).isPresent());
    }

    /** The best that the columns' own names promise; references promise nothing. */
    Sounding sounding(List<String> columns) {
        return columns.stream()
                .filter(name -> !table.isReference(name))
                .map(this::sounding)
                .min(Sounding::compareTo)
                .orElse(Sounding.NEUTRAL);
    }

    Sounding sounding(String column) {
        return Sounding.of(table.name().name(), column);
    }

    /** Whether the columns are never NULL, by the catalog. */
    boolean isNeverNull(List<String> columns) {
        return columns.stream()
                .allMatch(c -> table.is(c, Trait.NOT_NULL) || table.primaryKey().contains(c));
    }

    /** Whether the column can tell rows apart where no index says so. */
    boolean isSearchable(ColumnFacts column) {
        return Set.of(Family.TEXT, Family.NUMBER, Family.ENUM, Family.MOMENT).contains(column.family())
                && allows(List.of(column.name()))
                && !isPlainId(column.name())
                && Upkeep.of(table, column).isEmpty();
    }
}
