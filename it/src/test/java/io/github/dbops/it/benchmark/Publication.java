package io.github.dbops.it.benchmark;

import java.io.IOException;
import java.util.List;

/**
 * Where a benchmark's results go.
 *
 * @param workplace with the page and the scratch folder
 * @param settings what a missed limit does
 * @param benchmark its name
 */
record Publication(Workplace workplace, Settings settings, String benchmark) {

    /** Prints and writes them; the page only gets what was asked for whole, at the page's size. */
    void write(String markdown) throws IOException {
        System.out.println(markdown);
        workplace.scratch().write(benchmark + ".md", markdown);
        if (settings.isWhole()) {
            workplace.page().replace(benchmark, markdown);
        }
    }

    /**
     * Says which limits are missed.
     *
     * @throws IllegalStateException where there are such and that is to fail
     */
    void judge(List<String> missed) {
        missed.forEach(limit -> System.out.println("Missed: " + limit));
        if (settings.onMiss() == Settings.OnMiss.FAIL && !missed.isEmpty()) {
            throw new IllegalStateException("limits are missed: " + missed);
        }
    }
}
