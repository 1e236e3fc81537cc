package io.github.dbops.sync.plan;

import io.github.dbops.problem.Code;
import io.github.dbops.sync.Ids;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.Position;
import java.util.List;
import java.util.Optional;

/** One entry of {@code tables} → {@link PlannedTable}. */
final class TableBinder {

    private final PlanBinder.Defaults defaults;
    private final Complaints complaints;

    TableBinder(PlanBinder.Defaults defaults, Complaints complaints) {
        this.defaults = defaults;
        this.complaints = complaints;
    }

    /** The entry; empty where it has no usable name. Complained of or not, the rest of the entry is looked at. */
    Optional<PlannedTable> bind(Fields entry) {
        Optional<String> name = entry.text("name").map(Json.Text::value);
        if (!entry.has("name")) {
            complaints.add(
                    entry.position(),
                    "A table has no name.",
                    "Every entry of \"tables\" needs \"name\".",
                    "Add \"name\": \"table\" or \"name\": \"schema.table\".");
        }
        List<String> sensitive = entry.texts("sensitive").orElse(List.of());
        // A mode that is there but wrong was complained of; taking it as skip avoids complaints that follow from it.
        Mode mode =
                entry.word("mode", Mode.values(), Mode::word).orElse(entry.has("mode") ? Mode.SKIP : defaults.mode());
        OnConflict onConflict =
                entry.word("onConflict", OnConflict.values(), OnConflict::word).orElse(defaults.onConflict());
        PlannedTable table = new PlannedTable(
                name.orElse("?"),
                entry.texts("key").orElse(List.of()),
                mode,
                onConflict,
                entry.texts("columns").filter(columns -> mode != Mode.SKIP || !columns.isEmpty()),
                where(entry),
                entry.texts("exclude").orElse(List.of()),
                entry.texts("ignore").orElse(List.of()),
                sensitive,
                entry.word("ids", Ids.values(), Ids::word),
                entry.texts("rawReferences").orElse(List.of()),
                entry.truth("undo").orElse(sensitive.isEmpty()),
                entry.position(),
                onConflictPosition(entry));
        name.ifPresent(said -> checkName(entry, said, mode));
        checkKey(entry, table);
        checkColumns(entry, table);
        return name.map(said -> table);
    }

    private Position onConflictPosition(Fields entry) {
        return entry.position("onConflict").or(defaults::onConflictPosition).orElse(entry.position());
    }

    private Optional<String> where(Fields entry) {
        Optional<Json.Text> where = entry.text("where");
        where.ifPresent(text -> SqlCondition.flaw(text.value())
                .ifPresent(flaw -> complaints.add(
                        Code.WHERE_INVALID,
                        entry.at(entry.pathOf("where"), text.placeOf(flaw.index())),
                        "\"where\" is not one SQL condition.",
                        "At character " + (flaw.index() + 1) + ": " + flaw.reason(),
                        flaw.next())));
        return where.map(Json.Text::value);
    }

    private void checkName(Fields entry, String name, Mode mode) {
        Position at = entry.position("name").orElse(entry.position());
        TableName.flaw(name)
                .ifPresent(reason -> complaints.add(
                        at,
                        Fields.quoted(name) + " is no table name.",
                        reason,
                        "Write \"table\" or \"schema.table\", case as in the database."));
        if (mode != Mode.SKIP) {
            TableName.reservedFor(name)
                    .ifPresent(reason -> complaints.add(
                            at,
                            "Table " + Fields.quoted(name) + " can never be planned.",
                            reason,
                            "Remove its entry, or set \"mode\": \"skip\"."));
        }
    }

    private void checkKey(Fields entry, PlannedTable table) {
        boolean empty = entry.value("key")
                .map(value ->
                        value instanceof Json.Sequence list && list.elements().isEmpty())
                .orElse(true);
        if (table.mode() != Mode.SKIP && empty) {
            complaints.add(
                    entry.position("key").orElse(entry.position()),
                    "Table " + Fields.quoted(table.name()) + " has no key.",
                    "Mode " + table.mode().word() + " finds a row in the other database by its natural key.",
                    "Add \"key\": [ ] with the columns that identify a row in both databases, or set \"mode\": \"skip\".");
        }
    }

    private void checkColumns(Fields entry, PlannedTable table) {
        List<String> columns = table.columns().orElse(List.of());
        boolean emptyList = table.columns().isPresent()
                && entry.value("columns")
                        .filter(value -> value instanceof Json.Sequence list
                                && list.elements().isEmpty())
                        .isPresent();
        if (emptyList) {
            complaints.add(
                    entry.position("columns").orElse(entry.position()),
                    "Table " + Fields.quoted(table.name()) + " lists no columns.",
                    "An empty list could mean none or all.",
                    "Remove \"columns\" for all columns, or set \"mode\": \"skip\".");
        }
        refuseCommon(entry, "key", table.key(), "exclude", table.exclude(), "a key is always compared and written");
        refuseCommon(entry, "key", table.key(), "ignore", table.ignore(), "a key is always compared");
        refuseCommon(entry, "exclude", table.exclude(), "ignore", table.ignore(), "one is never written, the other is");
        refuseCommon(entry, "exclude", table.exclude(), "columns", columns, "one is never written, the other is");
    }

    private void refuseCommon(
            Fields entry, String first, List<String> some, String second, List<String> others, String because) {
        List<String> common = some.stream().filter(others::contains).toList();
        if (!common.isEmpty()) {
            complaints.add(
                    entry.position(second).orElse(entry.position()),
                    Fields.listed(common) + " cannot be in both \"" + first + "\" and \"" + second + "\".",
                    "They contradict each other: " + because + ".",
                    "Remove it from one of the two.");
        }
    }
}
