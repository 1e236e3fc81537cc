package io.github.dbops.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All entities that were drawn so far, by table. */
final class Population {

    private final Map<String, List<Entity>> byTable = new LinkedHashMap<>();

    void add(Entity entity) {
        byTable.computeIfAbsent(entity.table.name, name -> new ArrayList<>()).add(entity);
    }

    /** A table's entities. */
    List<Entity> of(String table) {
        return byTable.getOrDefault(table, List.of());
    }

    /** Those that a side has. */
    Stream<Entity> on(Side side, String table) {
        return of(table).stream().filter(entity -> entity.isOn(side));
    }

    /** Every entity that a side has, table after table. */
    Stream<Entity> on(Side side) {
        return byTable.keySet().stream().flatMap(table -> on(side, table));
    }
}
