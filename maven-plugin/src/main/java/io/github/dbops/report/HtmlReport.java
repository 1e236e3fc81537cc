package io.github.dbops.report;

import io.github.dbops.sync.SyncOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A sync's outcome as one page for a browser: no other file and no network belong to it. Verdict, problems and counts
 * are plain HTML; the rows, as many as the outcome holds, are data that the page's script lists. Keys of rows are in it
 * unless the plan says otherwise.
 *
 * @param outcome the outcome
 */
public record HtmlReport(SyncOutcome outcome) {

    private static final List<String> SCRIPTS =
            List.of("visible.js", "difference.js", "filter.js", "row.js", "list.js", "found.js", "page.js");

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    /** The whole page. */
    public String text() {
        String style = "\n" + PageResource.text("page.css");
        String script = SCRIPTS.stream().map(PageResource::text).collect(Collectors.joining("\n", "\n", ""));
        Map<String, Markup> parts = new HashMap<>(sections());
        parts.put("policy", new PagePolicy(style, script).markup());
        parts.put("style", new Markup(style));
        parts.put("script", new Markup(script));
        // In one pass: what data says is no place to fill.
        return PLACE.matcher(PageResource.text("page.html"))
                .replaceAll(place ->
                        Matcher.quoteReplacement(Objects.requireNonNull(parts.get(place.group(1)), place.group())
                                .html()));
    }

    private Map<String, Markup> sections() {
        HtmlSections sections = new HtmlSections(outcome);
        HtmlCounts counts = new HtmlCounts(outcome);
        HtmlRows rows = new HtmlRows(outcome);
        return Map.ofEntries(
                Map.entry("title", sections.title()),
                Map.entry("mode", Markup.text(outcome.execution().word())),
                Map.entry("outcome", Markup.text(outcome.result().word())),
                Map.entry("started", Markup.text(Moment.of(outcome.startedAt()))),
                Map.entry("verdict", Markup.text(new Verdict(outcome).sentence())),
                Map.entry("totals", counts.totals()),
                Map.entry("problems", sections.problems()),
                Map.entry("databases", sections.databases()),
                Map.entry("next", sections.next()),
                Map.entry("attention", sections.attention()),
                Map.entry("tables", counts.table()),
                Map.entry("run", sections.run()),
                Map.entry("extent", rows.extent()),
                Map.entry("data", rows.data()));
    }
}
