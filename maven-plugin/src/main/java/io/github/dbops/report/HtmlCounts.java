package io.github.dbops.report;

import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The page's numbers, as plain HTML.
 *
 * @param outcome the outcome
 */
record HtmlCounts(SyncOutcome outcome) {

    /** The few sums that a reader looks for first; nothing where no table was read. */
    Markup totals() {
        if (read().isEmpty()) {
            return Markup.NONE;
        }
        Counts totals = outcome.totals();
        RowTally rows = RowTally.of(outcome.tables());
        boolean applied = outcome.result() == SyncOutcome.Result.APPLIED;
        List<Markup> sums = new ArrayList<>();
        sums.add(sum(
                "insert", applied ? totals.appliedInserts() : totals.toInsert(), applied ? "inserted" : "to insert"));
        sums.add(sum(
                "update", applied ? totals.appliedUpdates() : totals.toUpdate(), applied ? "updated" : "to update"));
        sums.add(sum("conflict", rows.found(Sample.Kind.CONFLICT), "differ and stay"));
        if (totals.blocked() > 0) {
            sums.add(sum("blocked", totals.blocked(), "blocked"));
        }
        if (totals.duplicateSourceKeyGroups() > 0) {
            sums.add(sum("duplicate", totals.duplicateSourceKeyGroups(), "duplicate keys"));
        }
        sums.add(sum("plain", totals.identical(), "identical"));
        sums.add(sum("plain", totals.onlyInTarget(), "only in target"));
        return Markup.element("ul class=\"totals\"", Markup.lines(sums));
    }

    /** A row per table, their sum, and the skipped ones; nothing where there is no table. */
    Markup table() {
        if (outcome.tables().isEmpty()) {
            return Markup.NONE;
        }
        return Markup.element(
                "section class=\"tables\"",
                Markup.element("h2 id=\"tables\"", Markup.text("Tables")),
                read().isEmpty() ? Markup.NONE : counts(),
                skipped());
    }

    private Markup counts() {
        List<CountColumn> columns = CountColumn.of(outcome);
        List<Markup> titles = new ArrayList<>();
        List.of("Table", "Mode", "Policy").forEach(title -> titles.add(title("th scope=\"col\"", title)));
        columns.forEach(column -> titles.add(title("th scope=\"col\" class=\"number\"", column.title())));
        List<Markup> rows = new ArrayList<>();
        read().forEach(table -> rows.addAll(rows(table, columns)));
        Markup total = Markup.join(List.of(
                Markup.element("th scope=\"row\" colspan=\"3\"", Markup.text("Total")),
                numbers(columns, outcome.totals())));
        return Markup.element(
                "div class=\"wide\" role=\"region\" aria-labelledby=\"tables\" tabindex=\"0\"",
                Markup.element(
                        "table class=\"counts\"",
                        Markup.element("thead", Markup.element("tr", Markup.join(titles))),
                        Markup.element("tbody", Markup.lines(rows)),
                        Markup.element("tfoot", Markup.element("tr", total))));
    }

    private static Markup title(String tag, String words) {
        return Markup.element(tag, Markup.text(words));
    }

    private List<Markup> rows(TableOutcome table, List<CountColumn> columns) {
        List<Markup> rows = new ArrayList<>();
        rows.add(Markup.element(
                "tr",
                Markup.element("th scope=\"row\"", name(table), shield(table)),
                Markup.element("td", Markup.text(table.mode().word())),
                Markup.element(
                        "td",
                        Markup.text(
                                table.mode() == Mode.UPSERT ? table.onConflict().word() : "-")),
                numbers(columns, table.counts())));
        if (!table.remarks().isEmpty()) {
            List<Markup> notes = table.remarks().stream()
                    .map(note -> Markup.element("li", Markup.prose(note)))
                    .toList();
            rows.add(Markup.element(
                    "tr class=\"notes\"",
                    Markup.element(
                            "td colspan=\"" + (columns.size() + 3) + "\"", Markup.element("ul", Markup.lines(notes)))));
        }
        return rows;
    }

    // Leads to the table's rows: the page's script reads its filter from the address.
    private Markup name(TableOutcome table) {
        Markup name = Markup.code(table.table());
        boolean listed = !table.samples().isEmpty() && outcome.samples().orElse(SampleDetail.KEYS) != SampleDetail.NONE;
        String address = "#table=" + URLEncoder.encode(table.table(), StandardCharsets.UTF_8);
        return listed ? Markup.element("a", "href", address, name) : name;
    }

    private static Markup shield(TableOutcome table) {
        return table.protectedBy() == null
                ? Markup.NONE
                : Markup.join(List.of(
                        new Markup(" "),
                        Markup.element(
                                "span class=\"shield\"",
                                Markup.text("protected by "),
                                Markup.code(table.protectedBy()))));
    }

    private static Markup numbers(List<CountColumn> columns, Counts counts) {
        return Markup.join(
                columns.stream().map(column -> number(column, counts)).toList());
    }

    private static Markup number(CountColumn column, Counts counts) {
        long value = column.value().applyAsLong(counts);
        String look = value == 0 ? " zero" : column.weight() == CountColumn.Weight.STRONG ? " strong" : "";
        return Markup.element("td class=\"number" + look + "\"", Markup.text(column.text(counts)));
    }

    private static Markup sum(String look, long number, String words) {
        return Markup.element(
                "li class=\"" + (number == 0 ? "zero" : look) + "\"",
                Markup.element("b", Markup.text(Amount.of(number))),
                new Markup(" "),
                Markup.text(words));
    }

    private Markup skipped() {
        List<Markup> items = outcome.tables().stream()
                .filter(TableOutcome::skipped)
                .map(table -> Markup.element(
                        "li",
                        Markup.code(table.table()),
                        Markup.text(table.reason() == null ? "" : ": " + table.reason())))
                .toList();
        return items.isEmpty()
                ? Markup.NONE
                : Markup.element(
                        "details",
                        Markup.element("summary", Markup.text("Skipped: " + Amount.of(items.size(), "table"))),
                        Markup.element("ul", Markup.lines(items)));
    }

    private List<TableOutcome> read() {
        return outcome.tables().stream().filter(table -> !table.skipped()).toList();
    }
}
