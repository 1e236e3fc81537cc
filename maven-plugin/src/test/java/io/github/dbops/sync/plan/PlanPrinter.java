package io.github.dbops.sync.plan;

import io.github.dbops.sync.Plan;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.ProtectedPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Writes a plan as JSON in one of the many ways in which people and editors write it. */
final class PlanPrinter {

    private static final List<String> SPACES = List.of("", " ", "\n", "\r\n", "\t", " // why {\n", "/* \"x\": [ */");

    private final Random random;

    PlanPrinter(Random random) {
        this.random = random;
    }

    String print(Plan plan) {
        List<String> fields = new ArrayList<>();
        fields.add(field("tables", array(plan.tables().stream().map(this::table).toList())));
        List<String> own = plan.protectedPatterns().stream()
                .filter(pattern -> !pattern.builtIn())
                .map(ProtectedPattern::glob)
                .toList();
        addNames(fields, "protectedTables", own);
        addNames(fields, "allowSideEffects", plan.allowSideEffects());
        plan.samples()
                .ifPresent(detail ->
                        fields.add(field("report", object(List.of(field("samples", text(detail.word())))))));
        if (random.nextBoolean()) {
            fields.add(field("version", "1"));
        }
        if (random.nextBoolean()) {
            fields.add(field("$schema", text("sync-plan.schema.json")));
        }
        return space() + object(fields) + space();
    }

    private String table(PlannedTable table) {
        List<String> fields = new ArrayList<>();
        fields.add(field("name", text(table.name())));
        fields.add(field("mode", text(table.mode().word())));
        fields.add(field("onConflict", text(table.onConflict().word())));
        addNames(fields, "key", table.key());
        table.columns().ifPresent(columns -> fields.add(field("columns", names(columns))));
        table.where().ifPresent(where -> fields.add(field("where", text(where))));
        addNames(fields, "exclude", table.exclude());
        addNames(fields, "ignore", table.ignore());
        addNames(fields, "sensitive", table.sensitive());
        table.ids().ifPresent(ids -> fields.add(field("ids", text(ids.word()))));
        addNames(fields, "rawReferences", table.rawReferences());
        if (table.undo() != table.sensitive().isEmpty() || random.nextBoolean()) {
            fields.add(field("undo", Boolean.toString(table.undo())));
        }
        return object(fields);
    }

    private void addNames(List<String> fields, String name, List<String> names) {
        if (!names.isEmpty() || random.nextInt(4) == 0) {
            fields.add(field(name, names(names)));
        }
    }

    private String names(List<String> names) {
        return array(names.stream().map(this::text).toList());
    }

    private String field(String name, String value) {
        return text(name) + space() + ":" + space() + value;
    }

    private String object(List<String> fields) {
        List<String> shuffled = new ArrayList<>(fields);
        Collections.shuffle(shuffled, random);
        return "{" + joined(shuffled) + "}";
    }

    private String array(List<String> elements) {
        return "[" + joined(elements) + "]";
    }

    private String joined(List<String> parts) {
        String trailing = !parts.isEmpty() && random.nextInt(4) == 0 ? "," : "";
        return parts.stream().map(part -> space() + part + space()).collect(Collectors.joining(","))
                + trailing
                + space();
    }

    private String text(String value) {
        StringBuilder literal = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c < ' ' || random.nextInt(10) == 0) {
                Character.toString(c).chars().forEach(unit -> literal.append(String.format("\\u%04x", unit)));
            } else if (c == '"' || c == '\\') {
                literal.append('\\').appendCodePoint(c);
            } else {
                literal.appendCodePoint(c);
            }
        });
        return literal.append('"').toString();
    }

    private String space() {
        return SPACES.get(random.nextInt(SPACES.size()));
    }
}
