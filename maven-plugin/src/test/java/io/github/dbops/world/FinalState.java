package io.github.dbops.world;

import static java.util.stream.Collectors.joining;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.sync.Counts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The target as an apply must leave it: {@code f} has each row with its origin, {@code k} kept as it is, {@code u}
 * updated, {@code i} inserted. A value that the target makes itself has a stand-in that no other row has.
 */
final class FinalState {

    private final Contract contract;
    private final Scratch scratch;

    FinalState(Contract contract, Scratch scratch) {
        this.contract = contract;
        this.scratch = scratch;
    }

    /** Where a table's rows after the run are; a table that is not written stays as it was. */
    static String f(Rules rules) {
        return Copies.of(rules.isWritten() ? "f" : Copies.TARGET, rules.table());
    }

    /**
     * Builds {@code f}.
     *
     * @param counts what is to be written, by table
     */
    void build(Map<String, Counts> counts) {
        for (Rules rules : contract.written()) {
            scratch.run("CREATE TABLE " + f(rules) + " AS SELECT t.*, 'k'::\"char\" AS _origin FROM "
                    + Copies.of(Copies.TARGET, rules.table()) + " AS t WHERE NOT EXISTS (SELECT FROM "
                    + Matches.m(rules) + " AS m WHERE m._t = t._row AND m._action = 'update' AND NOT m._blocked)");
            Counts count = counts.getOrDefault(rules.table().name(), Counts.NONE);
            if (count.toUpdate() > 0) {
                write(rules, "update", "u");
            }
            if (count.toInsert() > 0) {
                write(rules, "insert", "i");
            }
        }
        translate();
        contract.written().forEach(this::compute);
    }

    private void write(Rules rules, String action, String origin) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("_row", "t._row");
        values.put("_place", "t._place");
        values.put("_ent", "s._ent");
        values.put("_origin", "'" + origin + "'");
        boolean update = action.equals("update");
        List<ForeignKey> written = update ? rules.comparedReferences() : rules.insertedReferences();
        for (ForeignKey reference : rules.table().foreignKeys()) {
            int number = rules.number(reference);
            boolean taken = written.contains(reference);
            String from = taken ? "s" : "t";
            values.put("_ref" + number, from + "._ref" + number);
            values.put("_kind" + number, taken ? "s._kind" + number : "coalesce(t._kind" + number + ", 'n')");
        }
        List<String> carried = update ? rules.compared() : rules.inserted();
        for (Column column : rules.table().columns(Side.TARGET)) {
            String name = Identifier.quote(column.name());
            String otherwise = update ? "t." + name : made(rules, column);
            values.put(name, carried.contains(column.name()) ? "s." + name : otherwise);
            if (column.origin() == Column.Origin.TOUCHED) {
                values.put(
                        name,
                        "(" + column.expression() + ")::"
                                + column.form(Side.TARGET).type());
            }
        }
        scratch.run("INSERT INTO " + f(rules) + " (" + String.join(", ", values.keySet()) + ") SELECT "
                + String.join(", ", values.values()) + " FROM " + Matches.m(rules) + " AS m JOIN "
                + Copies.of(Copies.SOURCE, rules.table()) + " AS s ON s._row = m._s LEFT JOIN "
                + Copies.of(Copies.TARGET, rules.table()) + " AS t ON t._row = m._t WHERE m._action = '" + action
                + "' AND NOT m._blocked");
    }

    /** What the target makes of a column that an INSERT does not give. */
    private static String made(Rules rules, Column column) {
        String type = column.form(Side.TARGET).type();
        return switch (column.origin()) {
            case DEFAULT -> "(" + column.expression() + ")::" + type;
            case RANDOM_UUID -> "gen_random_uuid()::" + type;
            case SERIAL, IDENTITY_ALWAYS, IDENTITY_BY_DEFAULT ->
                "(" + (type.equals("smallint") ? 30_000 : 1_000_000) + " + row_number() OVER ())::" + type;
            default -> "NULL";
        };
    }

    /**
     * References take what their parents have, until nothing changes: a parent may take it itself from its own. Two
     * references that share a column and do not agree would take turns for ever.
     */
    private void translate() {
        int changed = 1;
        for (int i = 0; changed > 0 && i <= contract.world().tables().size(); i++) {
            changed = 0;
            for (Rules rules : contract.written()) {
                for (ForeignKey reference : rules.insertedReferences()) {
                    changed += translate(rules, reference);
                }
            }
        }
    }

    private int translate(Rules rules, ForeignKey reference) {
        int changed = translate(rules, reference, reference.columns(), "i");
        return rules.comparedReferences().contains(reference)
                ? changed + translate(rules, reference, rules.updatable(reference), "u")
                : changed;
    }

    private int translate(Rules rules, ForeignKey reference, List<String> columns, String origin) {
        List<String> children = columns.stream().map(Identifier::quote).toList();
        List<String> parents = columns.stream()
                .map(column -> reference.parentColumns().get(reference.columns().indexOf(column)))
                .map(column -> "p." + Identifier.quote(column))
                .toList();
        return scratch.change("""
                UPDATE %1$s AS c SET (%2$s) = ROW(%3$s)
                FROM %4$s AS p
                WHERE c._kind%5$d = 'r' AND p._ent = c._ref%5$d AND c._origin = '%6$s'
                    AND ROW(%7$s) IS DISTINCT FROM ROW(%3$s)
                """.formatted(
                        f(rules),
                        String.join(", ", children),
                        String.join(", ", parents),
                        f(contract.rules(reference.parent())),
                        rules.number(reference),
                        origin,
                        children.stream().map(c -> "c." + c).collect(joining(", "))));
    }

    private void compute(Rules rules) {
        rules.table().columns(Side.TARGET).stream()
                .filter(column -> column.origin() == Column.Origin.COMPUTED)
                .forEach(column -> scratch.run("UPDATE " + f(rules) + " SET " + Identifier.quote(column.name()) + " = "
                        + column.expression() + " WHERE _origin <> 'k'"));
    }

    /** Where the rows to update are. */
    List<String> updatedPlaces() {
        return contract.written().stream()
                .flatMap(rules -> updatedPlaces(rules).stream())
                .toList();
    }

    List<String> updatedPlaces(Rules rules) {
        return rules.isWritten()
                ? scratch.column("SELECT _place FROM " + f(rules) + " WHERE _origin = 'u'")
                : List.of();
    }

    List<Row> writtenRows(Rules rules) {
        if (!rules.isWritten()) {
            return List.of();
        }
        List<String> columns = rules.table().columns(Side.TARGET).stream()
                .filter(column -> column.origin() != Column.Origin.COMPUTED)
                .map(Column::name)
                .toList();
        String values =
                columns.stream().map(c -> "exact(" + Identifier.quote(c) + ")").collect(joining(", "));
        return scratch.rows("SELECT " + values + " FROM " + f(rules) + " WHERE _origin <> 'k'").stream()
                .map(row -> {
                    Map<String, @Nullable String> byColumn = new LinkedHashMap<>();
                    columns.forEach(column -> byColumn.put(column, row.get(columns.indexOf(column))));
                    return new Row(rules.table().name(), byColumn);
                })
                .toList();
    }
}
