package io.github.dbops.sync.shape;

import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.CanonicalKey;
import io.github.dbops.sync.Casts;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.ShapedColumn;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What single columns must fulfil: key types, assignable types, every required column provided. */
final class ColumnChecks {

    private static final Set<String> STRINGS = Set.of("text", "varchar", "bpchar");

    // Assignment casts among PostgreSQL's own types that keep a value or fail, or that the exactness check watches:
    // https://www.postgresql.org/docs/current/catalog-pg-cast.html
    private static final List<Set<String>> FAMILIES = List.of(
            Set.of("int2", "int4", "int8", "numeric", "float4", "float8"),
            Set.of("text", "varchar", "bpchar", "name"),
            Set.of("date", "timestamp", "timestamptz"),
            Set.of("json", "jsonb"),
            Set.of("inet", "cidr"),
            Set.of("bit", "varbit"));

    private final PlannedTable planned;
    private final Table target;
    private final List<Problem> problems;

    ColumnChecks(PlannedTable planned, Table target, List<Problem> problems) {
        this.planned = planned;
        this.target = target;
        this.problems = problems;
    }

    void check(ShapedColumn column) {
        Type here = column.source().type();
        Type there = column.target().type();
        if (there.is("oid") || here.is("oid")) {
            add(
                    Code.COLUMN_UNSUPPORTED,
                    column.name(),
                    "cannot be carried",
                    "An oid names an object of one database; in another it is something else.",
                    "Add \"" + column.name() + "\" to \"exclude\".");
            return;
        }
        if (!isAssignable(here, there)) {
            add(
                    Code.TYPE_MISMATCH,
                    column.name(),
                    "has types that do not fit",
                    "It is " + here.declared() + " in the source and " + there.declared()
                            + " in the target, and PostgreSQL does not assign the one to the other.",
                    "Bring both schemas to the same migrations, or add \"" + column.name() + "\" to \"exclude\".");
        }
        if (column.part() == ShapedColumn.Part.KEY) {
            checkKey(column);
        }
    }

    private void checkKey(ShapedColumn column) {
        Type type = column.target().type();
        if (column.target().generated()) {
            add(
                    Code.KEY_TYPE_UNSUPPORTED,
                    column.name(),
                    "cannot be a key column",
                    "The target computes it (GENERATED ALWAYS AS), so it cannot be inserted.",
                    "Choose a key of columns that are written.");
        } else if (!CanonicalKey.supports(type)) {
            add(
                    Code.KEY_TYPE_UNSUPPORTED,
                    column.name(),
                    "cannot be a key column",
                    "Its type is " + type.declared()
                            + (type.deterministic() ? "" : " with a nondeterministic collation") + "; keys may be "
                            + CanonicalKey.SUPPORTED + ".",
                    "Choose a key of other columns.");
        }
    }

    /** Every required column of the target has a value in inserted rows. */
    void checkProvided(List<ShapedColumn> columns) {
        Set<String> provided = columns.stream().map(ShapedColumn::name).collect(Collectors.toSet());
        target.columns().stream()
                .filter(c -> c.notNull() && !c.hasDefault() && !c.generated() && !provided.contains(c.name()))
                .forEach(c -> add(
                        Code.COLUMN_NOT_PROVIDED,
                        c.name(),
                        "would be left empty in inserted rows",
                        "It is NOT NULL and has no default in the target, and the plan does not carry it.",
                        "Add \"" + c.name() + "\" to \"columns\", or to \"ignore\" if it is written on insert only"
                                + " (as updatedAt is)."));
    }

    private static boolean isAssignable(Type source, Type target) {
        if (!Casts.isNeeded(source, target)) {
            return true;
        }
        String from = source.base().name();
        String to = target.base().name();
        if (from.equals(to) && source.kind() == target.kind()) {
            return true;
        }
        boolean toString = target.kind() == Type.Kind.BASE && target.isBuiltIn() && STRINGS.contains(to);
        boolean plain = source.kind() == Type.Kind.BASE && target.kind() == Type.Kind.BASE;
        return toString || (plain && FAMILIES.stream().anyMatch(f -> f.contains(from) && f.contains(to)));
    }

    private void add(Code code, String column, String what, String why, String next) {
        problems.add(Problem.of(code, "Column \"" + column + "\" of " + target.name() + " " + what + ".", why, next)
                .at(planned.position() + ", table " + target.name() + ", column \"" + column + "\""));
    }
}
