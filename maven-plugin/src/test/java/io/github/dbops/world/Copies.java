package io.github.dbops.world;

import static java.util.stream.Collectors.joining;

import io.github.dbops.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rows of both databases, in schemas of a third one, without any constraint.
 *
 * <p>{@code s} has the source's rows in the target's types (and {@code raw} in the source's, where these differ); {@code t} has the target's rows
 * before the run, {@code a} after it. Each row has its number, its place, whether {@code where} lets it through, its
 * natural key's number, and for each foreign key the number of the key of the row that it points at and a kind:
 * {@code r} it points at a row with a key, {@code u} at one without, {@code n} it points nowhere.
 */
final class Copies {

    static final String SOURCE = "s";
    static final String TARGET = "t";
    static final String AFTER = "a";

    private final Contract contract;
    private final Scratch source;
    private final Scratch target;
    private final Scratch scratch;

    Copies(Contract contract, Scratch source, Scratch target, Scratch scratch) {
        this.contract = contract;
        this.source = source;
        this.target = target;
        this.scratch = scratch;
    }

    /** A table's copy. */
    static String of(String copy, Table table) {
        return copy + "." + Identifier.quote(table.name());
    }

    /** Makes {@code raw}, {@code s} and {@code t}. */
    void make() {
        World world = contract.world();
        scratch.run(WorldScript.typesOf(world));
        scratch.pinWithExtensions(world.target().schema());
        source.pin(world.source().schema());
        target.pin(world.target().schema());
        scratch.run("""
                CREATE SCHEMA raw; CREATE SCHEMA s; CREATE SCHEMA t; CREATE SCHEMA a;
                CREATE SCHEMA e; CREATE SCHEMA m; CREATE SCHEMA f;
                -- The whole value: concat() calls the type's output function, where ::text would trim a char(n).
                CREATE FUNCTION exact(value anyelement) RETURNS text LANGUAGE sql STABLE AS
                    $$ SELECT CASE WHEN num_nulls(value) = 1 THEN NULL ELSE concat(value) END COLLATE "C" $$;
                """);
        StringBuilder declarations = new StringBuilder();
        for (Table table : world.tables()) {
            declarations.append(declaration(TARGET, table));
            if (contract.rules(table.name()).isIdentified()) {
                declarations.append(declaration(SOURCE, table)).append(rawDeclaration(table));
            }
        }
        scratch.run(declarations.toString());
        for (Table table : world.tables()) {
            read(TARGET, table);
            if (contract.rules(table.name()).isIdentified()) {
                readSource(table);
            }
        }
    }

    /** Makes {@code a} from the target as it is now. */
    void makeAfter() {
        List<Table> tables = contract.world().tables();
        scratch.run(tables.stream().map(table -> declaration(AFTER, table)).collect(joining()));
        tables.forEach(table -> read(AFTER, table));
    }

    private static String declaration(String copy, Table table) {
        String references = IntStream.range(0, table.foreignKeys().size())
                .mapToObj(i -> ", _ref" + i + " int, _kind" + i + " \"char\" DEFAULT 'n'")
                .collect(joining());
        String columns = table.columns(Side.TARGET).stream()
                .map(c -> ", " + Identifier.quote(c.name()) + " "
                        + c.form(Side.TARGET).type())
                .collect(joining());
        return "CREATE TABLE " + of(copy, table) + " (_row int, _place text, _in bool, _ent int" + references + columns
                + ");\n";
    }

    private void read(String copy, Table table) {
        List<String> names =
                table.columns(Side.TARGET).stream().map(Column::name).toList();
        scratch.copyIn(
                of(copy, table) + " (_row, _place, _in, " + Identifier.list(names) + ")",
                target.copyOut(rows(table, Side.TARGET, names, "true")));
    }

    private static String rows(Table table, Side side, List<String> columns, String where) {
        String from = (table.storage().isPartitioned(side) ? "" : "ONLY ") + Identifier.quote(table.name());
        return "SELECT row_number() OVER (ORDER BY tableoid, ctid), tableoid::regclass::text || ' ' || ctid::text, ("
                + where + ") IS TRUE, " + Identifier.list(columns) + " FROM " + from;
    }

    private static List<Column> shared(Table table) {
        return table.columns(Side.SOURCE).stream().filter(Column::isShared).toList();
    }

    /** Columns whose values may have to change on their way. */
    private static List<Column> converted(Table table) {
        return shared(table).stream().filter(Copies::isConverted).toList();
    }

    private static boolean isConverted(Column column) {
        String type = column.form(Side.SOURCE).type();
        return isEnum(type) || !type.equals(column.form(Side.TARGET).type());
    }

    private static String rawDeclaration(Table table) {
        List<Column> converted = converted(table);
        return converted.isEmpty()
                ? ""
                : "CREATE TABLE " + of("raw", table) + " (_row int, _place text, _in bool"
                        + shared(table).stream()
                                .map(c -> ", " + Identifier.quote(c.name()) + " " + rawType(c))
                                .collect(joining())
                        + ");\n";
    }

    private void readSource(Table table) {
        List<String> names = shared(table).stream().map(Column::name).toList();
        String columns = " (_row, _place, _in, " + Identifier.list(names) + ")";
        String where = contract.rules(table.name()).entry().where();
        boolean direct = converted(table).isEmpty();
        scratch.copyIn(
                of(direct ? SOURCE : "raw", table) + columns,
                source.copyOut(rows(table, Side.SOURCE, names, where == null ? "true" : where)));
        if (!direct) {
            scratch.run("INSERT INTO " + of(SOURCE, table) + columns + " SELECT _row, _place, _in, "
                    + shared(table).stream().map(Copies::converted).collect(joining(", ")) + " FROM "
                    + of("raw", table));
        }
    }

    /** The type in which the source's values are kept as they are: an enum may have labels that the target lacks. */
    private static String rawType(Column column) {
        String type = column.form(Side.SOURCE).type();
        return isEnum(type) ? "text" : type;
    }

    private static boolean isEnum(String type) {
        return type.equals(Alphabet.ENUM);
    }

    private static String converted(Column column) {
        String name = Identifier.quote(column.name());
        String type = column.form(Side.TARGET).type();
        if (!isConverted(column)) {
            return name;
        }
        if (pair(column).isMismatch()) {
            return "NULL";
        }
        return "CASE WHEN NOT (" + inexact(column) + ") THEN " + name + "::" + type + " END";
    }

    private static TypePair pair(Column column) {
        return TypePair.of(
                column.form(Side.SOURCE).type(), column.form(Side.TARGET).type());
    }

    /** A condition on {@code raw}: the target's type cannot hold the value; never NULL. */
    private static String inexact(Column column) {
        String name = Identifier.quote(column.name());
        if (isEnum(column.form(Side.SOURCE).type())
                && isEnum(column.form(Side.TARGET).type())) {
            return "coalesce(" + name + " <> ALL (enum_range(NULL::" + Alphabet.ENUM + ")::text[]), false)";
        }
        String condition = pair(column).inexact();
        return condition == null ? "false" : "coalesce(" + condition.formatted(name) + ", false)";
    }

    /** Whether a row that {@code where} lets through has a value, in a column that takes part, that the target's column cannot hold. */
    boolean holdsInexactValue(Rules rules) {
        List<String> takingPart = new ArrayList<>(rules.key());
        takingPart.addAll(rules.compared());
        takingPart.addAll(rules.entry().ignore());
        String raw = of(converted(rules.table()).isEmpty() ? SOURCE : "raw", rules.table());
        return takingPart.stream()
                .map(rules.table()::column)
                .flatMap(Copies::unfit)
                .anyMatch(unfit -> scratch.finds("SELECT FROM " + raw + " WHERE _in AND " + unfit));
    }

    private static Stream<String> unfit(Column column) {
        boolean mayBeNull = column.form(Side.SOURCE).presence() == Column.Presence.NULLABLE
                && column.form(Side.TARGET).presence() == Column.Presence.NOT_NULL;
        return Stream.of(
                isConverted(column) ? inexact(column) : "false",
                // Not IS NULL, which is true of a row of NULLs too.
                mayBeNull ? "num_nulls(" + Identifier.quote(column.name()) + ") = 1" : "false");
    }
}
