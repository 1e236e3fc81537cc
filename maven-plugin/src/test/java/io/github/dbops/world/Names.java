package io.github.dbops.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names that databases have: usual, reserved, quoted, long, and of other alphabets. Each is given once for a table. */
final class Names {

    private static final List<String> TABLES = List.of(
            "Category",
            "Product",
            "Order",
            "order_item",
            "User",
            "select",
            "größe",
            "Line Item",
            "таблица",
            "quo\"te",
            "O'Brien",
            "UPPER",
            "lower_snake",
            "tag",
            "t",
            "s",
            "A_table_with_a_name_as_long_as_PostgreSQL_lets_a_name_be_at_all");

    private static final List<String> COLUMNS = List.of(
            "slug",
            "name",
            "Name",
            "title",
            "from",
            "sku",
            "Ключ",
            "we\"ird",
            "back\\slash",
            "select",
            "{x}",
            "CamelCase",
            "with space",
            "a,b",
            "new",
            "old",
            "key",
            "row",
            "s",
            "t",
            "_key",
            "hash",
            "k0",
            "c1",
            "value",
            "user",
            "count",
            "a.b",
            "o'clock",
            "größe",
            "A_column_with_a_name_as_long_as_PostgreSQL_lets_a_name_be_at_al");

    private static final List<String> IDS = List.of("id", "id", "ID", "uuid");

    private final Dice dice;
    private final List<String> tables;
    private final Map<String, List<String>> left = new HashMap<>();

    Names(Dice dice) {
        this.dice = dice;
        this.tables = new ArrayList<>(dice.shuffled(TABLES));
    }

    String table() {
        return tables.remove(0);
    }

    String id() {
        return dice.pick(IDS);
    }

    String column(TableDraft table) {
        return left.computeIfAbsent(table.name, t -> new ArrayList<>(dice.shuffled(COLUMNS)))
                .remove(0);
    }

    /** A name for a column that references a table; as people make them. */
    String reference(TableDraft child, TableDraft parent, String parentColumn) {
        String stem = parent.name.length() > 20 ? "parent" : parent.name;
        List<String> choices = List.of(stem + "_" + parentColumn, stem + "Id", parentColumn + " of " + stem);
        String chosen = dice.pick(choices);
        if (chosen.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 60) {
            chosen = "ref";
        }
        String name = chosen;
        for (int i = 2; child.has(name); i++) {
            name = chosen + i;
        }
        return name;
    }
}
