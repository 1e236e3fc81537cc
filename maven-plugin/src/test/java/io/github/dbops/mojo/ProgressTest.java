package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.run.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final List<String> log = new ArrayList<>();
    private final StringWriter terminal = new StringWriter();
    private Instant now = Instant.EPOCH;

    @Test
    void logsALineWhenAPhaseBeginsAndEveryFiveSecondsForRows() {
        Progress progress = new LoggedProgress(log::add, () -> now);

        progress.phase("compare");
        progress.rows("Product", 0);
        passMillis(4000);
        progress.rows("Product", 8_000);
        passMillis(2000);
        progress.rows("Product", 12_000);
        passMillis(1000);
        progress.rows("Product", 14_000);
        progress.phase("apply");

        assertThat(log).containsExactly("compare", "compare  Product: 12,000 rows, 2,000 rows/s", "apply");
    }

    @Test
    void countsTheRateOfATableFromItsFirstRow() {
        Progress progress = new LoggedProgress(log::add, () -> now);

        progress.phase("compare");
        progress.rows("Category", 10);
        passMillis(4000);
        progress.rows("Product", 0);
        passMillis(2000);
        progress.rows("Product", 1_000);

        assertThat(log).containsExactly("compare", "compare  Product: 1,000 rows, 500 rows/s");
    }

    @Test
    void countsTheSecondsFromThePhaseThatRuns() {
        Progress progress = new LoggedProgress(log::add, () -> now);

        progress.phase("connect");
        passMillis(9000);
        progress.phase("compare");
        progress.rows("Category", 4);

        assertThat(log).containsExactly("connect", "compare");
    }

    @Test
    void drawsOneLineOverAndOverOnATerminal() {
        Progress progress = new LiveProgress(log::add, new PrintWriter(terminal), () -> now);

        progress.phase("compare");
        progress.rows("Product", 1);
        passMillis(250);
        progress.rows("Product", 500);
        progress.say("5 tables differ");

        assertThat(terminal.toString().split("\r\u001b\\[K", -1))
                .containsExactly("", "compare", "compare  Product: 500 rows, 2,000 rows/s", "");
        assertThat(log).containsExactly("5 tables differ");
    }

    private void passMillis(long millis) {
        now = now.plusMillis(millis);
    }
}
