package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.run.Progress;
import io.github.dbops.run.Progress.Rows;
import io.github.dbops.run.TableWork;
import io.github.dbops.run.TableWork.Telling;
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
    private final LoggedProgress logged = new LoggedProgress(log::add, () -> now);
    private final LiveProgress live = new LiveProgress(log::add, new PrintWriter(terminal), () -> now);

    @Test
    void logsAPhaseWhenItBeginsAndATableEveryTenSeconds() {
        logged.phase("compare");
        Rows product = logged.table(passing("Product", 1_000_000));
        passMillis(9_900);
        product.handled(99_000);
        logged.tick();
        passMillis(100);
        product.handled(100_000);
        logged.tick();
        passMillis(9_000);
        logged.tick();
        passMillis(1_000);
        product.handled(400_000);
        logged.tick();

        assertThat(log)
                .containsExactly(
                        "compare",
                        "compare Product: 100,000 of about 1,000,000 rows, 10,000 rows/s, about 1 min 30 s left",
                        "compare Product: 400,000 of about 1,000,000 rows, 20,000 rows/s, about 30 s left");
    }

    @Test
    void logsTheResultOfATableThatTookFiveSeconds() {
        logged.phase("compare");
        try (Rows product = logged.table(passing("Product", 1_000))) {
            passMillis(5_000);
            product.handled(1_200);
        }
        try (Rows order = logged.table(passing("Order", 1_000))) {
            passMillis(4_999);
            order.handled(1_200);
        }

        assertThat(log).containsExactly("compare", "compare Product: 1,200 rows in 5 s, 240 rows/s");
    }

    @Test
    void saysNothingOfATableThatFailedBeforeItsFirstRow() {
        logged.phase("compare");
        try (Rows product = logged.table(passing("Product", 1_000))) {
            passMillis(60_000);
            product.handled(0);
        }

        assertThat(log).containsExactly("compare");
    }

    @Test
    void saysNothingOfWhatIsLeftWhereTheEstimateWasTooLowOrThereIsNone() {
        logged.phase("compare");
        Rows product = logged.table(passing("Product", 1_000));
        Rows order = logged.table(passing("Order", -1));
        passMillis(10_000);
        product.handled(1_001);
        order.handled(500);
        logged.tick();

        assertThat(log)
                .containsExactly(
                        "compare", "compare Product: 1,001 rows, 100 rows/s", "compare Order: 500 rows, 50 rows/s");
    }

    @Test
    void countedRowsAreNoEstimate() {
        logged.phase("apply");
        Rows product = logged.table(TableWork.counted("Product", Telling.AS_THEY_PASS, 1_000));
        passMillis(10_000);
        product.handled(250);
        logged.tick();

        assertThat(log.get(1)).isEqualTo("apply Product: 250 of 1,000 rows, 25 rows/s, about 30 s left");
    }

    @Test
    void estimatesAStatementThatSaysNothingByThoseBeforeIt() {
        logged.phase("compare");
        Rows first = logged.table(atTheEnd("First", 1_000));
        passMillis(10_000);
        logged.tick();
        first.handled(2_000);
        first.close();
        Rows second = logged.table(atTheEnd("Second", 6_000));
        passMillis(10_000);
        logged.tick();
        passMillis(60_000);
        logged.tick();
        second.close();
        logged.phase("apply");
        Rows other = logged.table(atTheEnd("Other", 6_000));
        passMillis(10_000);
        logged.tick();
        other.close();

        assertThat(log)
                .containsExactly(
                        "compare",
                        "compare First: running for 10 s, about 1,000 rows",
                        "compare First: 2,000 rows in 10 s, 200 rows/s",
                        "compare Second: running for 10 s, about 6,000 rows, about 20 s left",
                        "compare Second: running for 1 min 10 s, about 6,000 rows",
                        "apply",
                        "apply Other: running for 10 s, about 6,000 rows");
    }

    @Test
    void drawsOneLineOverAndOverOnATerminal() {
        live.phase("compare");
        Rows product = live.table(passing("Product", -1));
        passMillis(250);
        product.handled(500);
        live.tick();
        live.say("5 tables differ");
        product.close();
        live.tick();

        assertThat(drawn()).containsExactly("", "compare", "compare Product: 500 rows, 2,000 rows/s", "");
        assertThat(log).containsExactly("5 tables differ");
    }

    @Test
    void drawsTheEldestOfSeveralTablesOnATerminalAndLogsTheirResults() {
        live.phase("compare");
        Rows product = live.table(passing("Product", -1));
        Rows order = live.table(passing("Order", -1));
        passMillis(10_000);
        product.handled(500);
        order.handled(700);
        live.tick();
        product.close();
        live.tick();

        assertThat(drawn())
                .containsExactly(
                        "",
                        "compare",
                        "compare Product: 500 rows, 50 rows/s (and 1 more)",
                        "",
                        "compare Order: 700 rows, 70 rows/s");
        assertThat(log).containsExactly("compare Product: 500 rows in 10 s, 50 rows/s");
    }

    @Test
    void spansOfTimeAreAsExactAsTheyAreShort() {
        Progress progress = logged;
        progress.phase("compare");
        Rows product = progress.table(atTheEnd("Product", -1));
        passMillis(3_900_000);
        logged.tick();
        product.close();

        assertThat(log.get(1)).isEqualTo("compare Product: running for 1 h 5 min");
    }

    private String[] drawn() {
        return terminal.toString().split("\r\u001b\\[K", -1);
    }

    private static TableWork passing(String table, long rows) {
        return TableWork.estimated(table, Telling.AS_THEY_PASS, rows);
    }

    private static TableWork atTheEnd(String table, long rows) {
        return TableWork.estimated(table, Telling.AT_THE_END, rows);
    }

    private void passMillis(long millis) {
        now = now.plusMillis(millis);
    }
}
