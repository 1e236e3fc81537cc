package io.github.dbops.sync.plan;

import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.Position;
import io.github.dbops.sync.ProtectedPattern;
import io.github.dbops.sync.SampleDetail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link Json} → {@link Plan}, or every complaint about it. */
final class PlanBinder {

    private final String file;
    private final Complaints complaints = new Complaints();

    private PlanBinder(String file) {
        this.file = file;
    }

    static Plan bind(String file, Json root) {
        return new PlanBinder(file).bind(root);
    }

    private Plan bind(Json root) {
        if (!(root instanceof Json.Structure object)) {
            Position at =
                    new Position(file, "$", root.place().line(), root.place().column());
            complaints.add(
                    at,
                    "The plan is of the wrong type.",
                    "It is " + root.kind() + ", and should be an object.",
                    "Begin it with { \"tables\": [");
            complaints.throwIfAny();
            throw new IllegalStateException("a complaint was thrown");
        }
        Fields fields = new Fields(file, "$", object, PlanFields.PLAN, complaints);
        fields.text("$schema");
        checkVersion(fields);
        Defaults defaults = defaults(fields);
        List<String> ownPatterns = fields.texts("protectedTables").orElse(List.of());
        List<PlannedTable> tables = tables(fields, defaults);
        List<String> sideEffects = sideEffects(fields);
        Optional<SampleDetail> samples = fields.object("report", PlanFields.REPORT)
                .flatMap(report -> report.word("samples", SampleDetail.values(), SampleDetail::word));
        complaints.throwIfAny();

        List<ProtectedPattern> patterns = Stream.concat(
                        ProtectedPattern.BUILT_IN.stream(),
                        ownPatterns.stream().map(glob -> new ProtectedPattern(glob, false)))
                .toList();
        String hash = PlanHash.of(tables, patterns, sideEffects);
        return new Plan(file, hash, tables, patterns, sideEffects, samples);
    }

    private void checkVersion(Fields fields) {
        fields.value("version").ifPresent(value -> {
            boolean one =
                    value instanceof Json.Numeral number && number.literal().matches("1(\\.0+)?");
            if (!one) {
                complaints.add(
                        fields.at(fields.pathOf("version"), value.place()),
                        "The plan is of a version that is not known.",
                        "The only version there is is the number 1; this is "
                                + (value instanceof Json.Numeral number ? number.literal() : value.kind()) + ".",
                        "Write \"version\": 1, or use a newer dbops.");
            }
        });
    }

    private static Defaults defaults(Fields plan) {
        return plan.object("defaults", PlanFields.DEFAULTS)
                .map(fields -> new Defaults(
                        fields.word("mode", Mode.values(), Mode::word).orElse(Mode.SKIP),
                        fields.word("onConflict", OnConflict.values(), OnConflict::word)
                                .orElse(OnConflict.PROD_WINS),
                        fields.position("onConflict")))
                .orElse(Defaults.NONE);
    }

    private List<PlannedTable> tables(Fields plan, Defaults defaults) {
        if (!plan.has("tables")) {
            complaints.add(
                    plan.position(),
                    "The plan lists no tables.",
                    "Only tables that \"tables\" lists are read or written; without it a plan does nothing.",
                    "Add \"tables\": [ ], with one entry for each table.");
        }
        TableBinder binder = new TableBinder(defaults, complaints);
        Map<String, Position> seen = new HashMap<>();
        List<PlannedTable> tables = new ArrayList<>();
        for (Fields entry : plan.objects("tables", PlanFields.TABLE)) {
            binder.bind(entry).ifPresent(table -> {
                Position earlier = seen.putIfAbsent(table.name(), table.position());
                if (earlier != null) {
                    complaints.add(
                            table.position(),
                            "Table " + Fields.quoted(table.name()) + " is listed twice.",
                            "It is listed already at " + earlier + ".",
                            "Remove one of the two entries.");
                }
                tables.add(table);
            });
        }
        return tables;
    }

    private List<String> sideEffects(Fields plan) {
        List<String> names = plan.texts("allowSideEffects").orElse(List.of());
        for (String name : names) {
            TableName.flaw(name)
                    .or(() -> TableName.reservedFor(name))
                    .ifPresent(reason -> plan.position("allowSideEffects")
                            .ifPresent(at -> complaints.add(
                                    at,
                                    Fields.quoted(name) + " cannot be allowed as a side effect.",
                                    reason,
                                    "Remove it from \"allowSideEffects\".")));
        }
        return names;
    }

    /**
     * What holds for entries that do not say it themselves.
     *
     * @param onConflictPosition where the plan says it, if it does
     */
    record Defaults(Mode mode, OnConflict onConflict, Optional<Position> onConflictPosition) {

        static final Defaults NONE = new Defaults(Mode.SKIP, OnConflict.PROD_WINS, Optional.empty());
    }
}
