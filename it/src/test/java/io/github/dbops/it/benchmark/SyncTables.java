package io.github.dbops.it.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measurements as Markdown, and what they miss. */
final class SyncTables {

    private final String title;
    private final Map<Case, Results> results;

    SyncTables(String title, Map<Case, Results> results) {
        this.title = title;
        this.results = new LinkedHashMap<>(results);
    }

    /** All of it. */
    String text() {
        return String.join("\n\n", title, limits(), times());
    }

    /** The limits that were missed, one sentence each. */
    List<String> missed() {
        List<String> missed = new ArrayList<>();
        results.forEach((each, result) -> each.limits().forEach(limit -> {
            double value = Seconds.median(values(each, result, limit));
            if (value > limit.most()) {
                missed.add(each.title() + ": " + limit.measure().text(value) + " against " + limit.against()
                        + ", at most " + limit.measure().text(limit.most()));
            }
        }));
        return missed;
    }

    private String limits() {
        List<String> lines = new ArrayList<>();
        results.forEach((each, result) -> each.limits().forEach(limit -> lines.add(limit(each, result, limit))));
        return """
                | case | against | at most | measured | lowest | highest | met |
                |---|---|--:|--:|--:|--:|---|
                """ + String.join("\n", lines);
    }

    private static String limit(Case each, Results result, Limit limit) {
        String beginning = "| " + each.title() + " | " + limit.against() + " | "
                + limit.measure().text(limit.most()) + " | ";
        List<Double> values = values(each, result, limit);
        if (values.isEmpty()) {
            return beginning + absent(result.of(each.judged().title())) + " | | | |";
        }
        double value = Seconds.median(values);
        return beginning
                + String.join(
                        " | ",
                        limit.measure().text(value),
                        limit.measure().text(values.get(0)),
                        limit.measure().text(values.get(values.size() - 1)),
                        value <= limit.most() ? "yes" : "**no**")
                + " |";
    }

    private static String absent(List<Results.Entry> entries) {
        return entries.stream()
                .map(Results.Entry::measured)
                .filter(Measured.Refused.class::isInstance)
                .map(refused -> "refused, " + ((Measured.Refused) refused).code())
                .findFirst()
                .orElse("not measured");
    }

    /** One value a round, sorted: what ran one after the other had the same machine. */
    private static List<Double> values(Case each, Results result, Limit limit) {
        List<Double> judged = result.seconds(each.judged().title());
        List<Double> baseline = result.seconds(limit.against());
        return IntStream.range(0, Math.min(judged.size(), baseline.size()))
                .mapToObj(i -> limit.measure().of(judged.get(i), baseline.get(i)))
                .sorted()
                .toList();
    }

    private String times() {
        StringBuilder lines = new StringBuilder("""
                | case | what | seconds | lowest | highest | load | of which |
                |---|---|--:|--:|--:|--:|---|
                """);
        results.forEach((each, result) -> {
            String title = each.title();
            for (String method : result.methods()) {
                lines.append(times(title, method, result));
                title = "";
            }
        });
        return lines.toString().strip();
    }

    private static String times(String title, String method, Results result) {
        List<Double> sorted = result.seconds(method).stream().sorted().toList();
        if (sorted.isEmpty()) {
            return "| " + title + " | " + method + " | " + absent(result.of(method)) + " | | | | |\n";
        }
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f | %.2f | %.1f | %s |%n",
                title,
                method,
                Seconds.median(sorted),
                sorted.get(0),
                sorted.get(sorted.size() - 1),
                Seconds.median(
                        result.of(method).stream().map(Results.Entry::load).toList()),
                phases(result.of(method)));
    }

    private static String phases(List<Results.Entry> entries) {
        List<Map<String, Duration>> all = entries.stream()
                .map(Results.Entry::measured)
                .filter(Measured.Took.class::isInstance)
                .map(measured -> ((Measured.Took) measured).phases())
                .toList();
        Set<String> names = new LinkedHashSet<>();
        all.forEach(phases -> names.addAll(phases.keySet()));
        return names.stream()
                .map(name -> String.format(
                        Locale.ROOT,
                        "%s %.2f",
                        name,
                        Seconds.median(all.stream()
                                .map(phases -> Seconds.of(phases.getOrDefault(name, Duration.ZERO)))
                                .toList())))
                .collect(Collectors.joining(", "));
    }
}
