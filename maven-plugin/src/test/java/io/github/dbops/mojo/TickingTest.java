package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.run.Progress;
import io.github.dbops.run.Progress.Rows;
import io.github.dbops.run.TableWork;
import io.github.dbops.run.TableWork.Telling;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TickingTest {

    private final CountDownLatch twice = new CountDownLatch(2);
    private final AtomicReference<Thread> clockwork = new AtomicReference<>();
    private final Ticking ticking = new Ticking(Progress.SILENT, this::tick, Duration.ofMillis(1));

    @Test
    void ticksUntilTheLastTableHasEnded() throws InterruptedException {
        Rows first = ticking.table(TableWork.estimated("first", Telling.AT_THE_END, 1));
        Rows second = ticking.table(TableWork.estimated("second", Telling.AT_THE_END, 1));
        first.close();
        twice.await();
        Thread thread = Objects.requireNonNull(clockwork.get());
        assertThat(thread.isDaemon()).isTrue();
        second.close();
        thread.join();
    }

    private void tick() {
        clockwork.set(Thread.currentThread());
        twice.countDown();
    }
}
