package io.github.dbops.it.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The page of measurements. What a benchmark writes stands between two comments that name it; the rest is a person's.
 *
 * @param file the page
 */
record BenchmarkPage(Path file) {

    /** Puts new measurements in the place of the old. */
    void replace(String benchmark, String measurements) throws IOException {
        String begin = "<!-- measured: " + benchmark + " -->\n";
        String end = "<!-- end: " + benchmark + " -->";
        String page = Files.readString(file);
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException(file + " has no place for " + benchmark);
        }
        Files.writeString(
                file,
                page.substring(0, from + begin.length()) + "\n" + measurements.strip() + "\n\n" + page.substring(to));
    }
}
