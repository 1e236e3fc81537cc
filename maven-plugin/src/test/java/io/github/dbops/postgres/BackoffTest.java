package io.github.dbops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(3, Duration.ofMillis(1));
    private final List<Integer> told = new ArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void runsAgainWhileTheResultMayBeAnotherOne() {
        int last = backoff.run(runs::incrementAndGet, result -> result < 2, told::add);

        assertThat(last).isEqualTo(2);
        assertThat(told).containsExactly(2);
    }

    @Test
    void returnsTheLastResultWhenItsAttemptsAreUsedUp() {
        assertThat(backoff.run(runs::incrementAndGet, result -> true, told::add))
                .isEqualTo(3);
    }

    @Test
    void runsNothingAgainThatThrew() {
        assertThatThrownBy(() -> backoff.run(this::failing, result -> true, told::add))
                .hasMessage("run 1");
        assertThat(told).isEmpty();
    }

    private String failing() {
        throw new IllegalStateException("run " + runs.incrementAndGet());
    }
}
