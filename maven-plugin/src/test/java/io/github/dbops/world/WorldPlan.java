package io.github.dbops.world;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A world's plan as {@code sync-plan.json}. */
final class WorldPlan {

    private WorldPlan() {}

    static String of(World world) {
        String tables = world.tables().stream()
                .filter(table -> table.entry() != null)
                .map(table -> entry(world, table))
                .collect(joining(",\n    ", "[\n    ", "\n  ]"));
        String sideEffects = world.spelling().sideEffects() == World.SideEffects.ALLOWED
                ? "\n  \"allowSideEffects\": [" + text(name(world, World.AUDIT_LOG)) + "],"
                : "";
        String samples = world.spelling().samples() == World.Samples.VALUES
                ? "\n  \"report\": { \"samples\": \"values\" },"
                : "";
        return "{" + sideEffects + samples + "\n  \"tables\": " + tables + "\n}\n";
    }

    private static String entry(World world, Table table) {
        Entry entry = table.planned().orElseThrow();
        List<String> fields = new ArrayList<>();
        fields.add(field("name", text(name(world, table.name()))));
        list(fields, "key", entry.key());
        fields.add(field("mode", text(entry.mode().word())));
        fields.add(field("onConflict", text(entry.onConflict().word())));
        if (entry.columns() != null) {
            fields.add(field("columns", array(entry.columns())));
        }
        if (entry.where() != null) {
            fields.add(field("where", text(entry.where())));
        }
        list(fields, "exclude", entry.exclude());
        list(fields, "ignore", entry.ignore());
        list(fields, "sensitive", entry.sensitive());
        if (!entry.sensitive().isEmpty() && world.spelling().recording() == World.Recording.SAID) {
            fields.add(field("undo", "true"));
        }
        if (entry.ids() != null) {
            fields.add(field("ids", text(entry.ids().word())));
        }
        list(fields, "rawReferences", entry.rawReferences());
        return fields.stream().collect(joining(", ", "{ ", " }"));
    }

    private static String name(World world, String table) {
        return world.spelling().names() == World.Names.BARE
                ? table
                : world.target().schema() + "." + table;
    }

    private static void list(List<String> fields, String name, List<String> values) {
        if (!values.isEmpty()) {
            fields.add(field(name, array(values)));
        }
    }

    private static String field(String name, String json) {
        return text(name) + ": " + json;
    }

    private static String array(List<String> values) {
        return values.stream().map(WorldPlan::text).collect(joining(", ", "[", "]"));
    }

    private static String text(@Nullable String value) {
        return Stream.of(String.valueOf(value))
                .map(v -> v.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t"))
                .collect(joining("", "\"", "\""));
    }
}
