package io.github.dbops.it.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the counted rounds of a case came to: of each method, one entry a round. */
final class Results {

    private final Map<String, List<Entry>> entries = new LinkedHashMap<>();

    /**
     * One run.
     *
     * @param measured what came of it
     * @param load the machine's load average when it began; negative where there is none
     */
    record Entry(Measured measured, double load) {}

    void add(String method, Entry entry) {
        entries.computeIfAbsent(method, m -> new ArrayList<>()).add(entry);
    }

    /** The times of a method, in the order of the rounds; empty where it was refused or not measured. */
    List<Double> seconds(String method) {
        return of(method).stream()
                .map(Entry::measured)
                .filter(Measured.Took.class::isInstance)
                .map(measured -> ((Measured.Took) measured).seconds())
                .toList();
    }

    /** All that is known of a method. */
    List<Entry> of(String method) {
        return entries.getOrDefault(method, List.of());
    }

    /** The methods that were measured. */
    List<String> methods() {
        return List.copyOf(entries.keySet());
    }
}
