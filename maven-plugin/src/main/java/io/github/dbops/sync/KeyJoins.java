package io.github.dbops.sync;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.catalog.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds rows of the target by natural keys that stand as values in another relation: each key becomes a LEFT JOIN, with
 * those of its parents before it. Where no row has the key the joined columns are NULL.
 */
public final class KeyJoins {

    private final String prefix;
    private final List<String> joins = new ArrayList<>();
    private final Map<List<Object>, String> rows = new HashMap<>();

    /** Joins whose aliases begin so; what they join to stands before {@link #sql}. */
    public KeyJoins(String prefix) {
        this.prefix = prefix;
    }

    /**
     * Joins the row that has a key, if it is not joined yet.
     *
     * @param values SQL of the key's values, in the order of its leaves, in their types
     * @return the alias of the row
     */
    public String row(NaturalKey key, List<String> values) {
        List<Object> asked = List.of(key.name(), values);
        String known = rows.get(asked);
        if (known != null) {
            return known;
        }
        String alias = prefix + rows.size();
        rows.put(asked, alias);
        String condition = matches(key, alias, values);
        joins.add("LEFT JOIN " + key.target().sql() + " AS " + alias + " ON " + condition);
        return alias;
    }

    /**
     * The condition that a row has the key, its references looked up by joins.
     *
     * @param alias of the row
     * @param values as above
     */
    public String matches(NaturalKey key, String alias, List<String> values) {
        Iterator<String> left = values.iterator();
        return key.fields().stream().map(field -> condition(field, alias, left)).collect(Collectors.joining(" AND "));
    }

    private String condition(Field field, String alias, Iterator<String> values) {
        if (field instanceof ReferenceField through) {
            List<String> own =
                    through.leaves().stream().map(leaf -> values.next()).toList();
            Reference reference = through.reference();
            String parent = row(reference.parent(), own);
            return through.columns().stream()
                    .map(name -> equal(reference, alias, name, parent))
                    .collect(Collectors.joining(" AND "));
        }
        ShapedColumn column = ((ColumnField) field).column();
        return column.type().equality().between(column(alias, column.name()), values.next());
    }

    private static String equal(Reference reference, String alias, String name, String parent) {
        String there = reference.foreignKey().parentColumn(name);
        Column column = reference.parent().target().column(there).orElseThrow();
        return column.type().equality().between(column(parent, there), column(alias, name));
    }

    private static String column(String alias, String name) {
        return alias + "." + Identifier.quote(name);
    }

    /** All joins, the ones that others need first. */
    public String sql() {
        return joins.stream().map(join -> "\n" + join).collect(Collectors.joining());
    }
}
