package io.github.dbops.sync.compare;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.sync.Casts;
import io.github.dbops.sync.Hashing;
import io.github.dbops.sync.Leaf;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.ShapedColumn;
import io.github.dbops.sync.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One side's table, here called {@code t}, with the rows joined to which its references lead, as far as they are asked for. */
final class Joins {

    /** The alias of the table itself. */
    static final String TABLE = "t";

    private final Side side;
    private final Map<List<Reference>, String> aliases = new LinkedHashMap<>();
    private final List<String> joins = new ArrayList<>();

    Joins(Side side) {
        this.side = side;
        aliases.put(List.of(), TABLE);
    }

    /** A value in the target's type. */
    String value(Leaf leaf) {
        String raw = raw(leaf);
        ShapedColumn column = leaf.column();
        return side == Side.SOURCE && column.isCast() ? Casts.toTarget(raw, column) : raw;
    }

    /** What a value's hash is over, for less where the value cannot be NULL. */
    Hashing.Item item(Leaf leaf, Hashing.Item item) {
        // A row that is joined may be missing, and a cast of somebody's own may make NULL of a value.
        boolean own =
                leaf.path().isEmpty() && !(side == Side.SOURCE && leaf.column().isCast());
        return own ? item.of(side.column(leaf.column())) : item;
    }

    /** A value as the side has it. */
    String raw(Leaf leaf) {
        return column(alias(leaf.path()), leaf.column().name());
    }

    /** The condition that a reference is there at all. */
    String isPresent(List<Reference> path) {
        Reference last = path.get(path.size() - 1);
        String child = alias(path.subList(0, path.size() - 1));
        return last.foreignKey().columns().stream()
                .map(name -> column(child, name) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    /** The condition that none of some values is NULL. */
    String areThere(List<Leaf> leaves) {
        return leaves.stream().map(leaf -> raw(leaf) + " IS NOT NULL").collect(Collectors.joining(" AND "));
    }

    /** The alias of the row to which references lead. */
    String alias(List<Reference> path) {
        String known = aliases.get(path);
        if (known != null) {
            return known;
        }
        String child = alias(path.subList(0, path.size() - 1));
        String alias = "r" + aliases.size();
        aliases.put(List.copyOf(path), alias);
        joins.add(join(path.get(path.size() - 1), child, alias));
        return alias;
    }

    private String join(Reference reference, String child, String alias) {
        Table parent = side.table(reference.parent());
        List<String> conditions = new ArrayList<>();
        for (String name : reference.foreignKey().columns()) {
            String there = reference.foreignKey().parentColumn(name);
            Column column = parent.column(there).orElseThrow();
            conditions.add(column.type().equality().between(column(alias, there), column(child, name)));
        }
        return "LEFT JOIN " + parent.sql() + " AS " + alias + " ON " + String.join(" AND ", conditions);
    }

    static String column(String alias, String name) {
        return alias + "." + Identifier.quote(name);
    }

    /** All joins, in the order in which they need each other. */
    String sql() {
        return joins.stream().map(join -> "\n" + join).collect(Collectors.joining());
    }
}
