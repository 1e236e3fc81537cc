package io.github.dbops.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.ProblemException;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderLockTest {

    @TempDir
    private Path project;

    @Test
    void secondProcessIsToldWhoHoldsTheLock() throws Exception {
        Process holder = startHolder();
        try {
            assertThatThrownBy(() -> FolderLock.acquire(folder(project), Duration.ZERO, line -> {}))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.first().code()).isEqualTo(Code.EMBEDDED_UNAVAILABLE);
                        assertThat(e.first().why()).isEqualTo("Process " + holder.pid() + " uses it.");
                    });
        } finally {
            holder.destroyForcibly().waitFor();
        }
        FolderLock.acquire(folder(project), Duration.ZERO, line -> {}).release();
    }

    @Test
    void secondProcessWaitsUntilTheFirstIsDone() throws Exception {
        Process holder = startHolder();
        List<String> told = new ArrayList<>();
        FolderLock.acquire(folder(project), Duration.ofSeconds(50), line -> {
                    told.add(line);
                    holder.destroyForcibly();
                })
                .release();
        assertThat(told).singleElement().asString().contains("which process " + holder.pid() + " uses");
    }

    @Test
    void lockIsFreeAfterReleaseEvenTwice() {
        FolderLock lock = FolderLock.acquire(folder(project), Duration.ZERO, line -> {});
        assertThatThrownBy(() -> FolderLock.acquire(folder(project), Duration.ofSeconds(50), line -> {}))
                .isInstanceOf(ProblemException.class);
        lock.release();
        lock.release();
        FolderLock.acquire(folder(project), Duration.ZERO, line -> {}).release();
    }

    private Process startHolder() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FolderLockTest.class.getName(),
                        project.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        assertThat(output.readLine()).isEqualTo("held");
        return process;
    }

    private static DataFolder folder(Path project) {
        return DataFolder.of(project, new DatabaseUrl.Embedded("local", Optional.empty(), List.of(), null));
    }

    /** Holds a folder's lock until it is killed, or its parent is gone. */
    public static void main(String[] arguments) throws Exception {
        FolderLock lock = FolderLock.acquire(folder(Path.of(arguments[0])), Duration.ZERO, line -> {});
        System.out.println("held");
        while (System.in.read() >= 0) {
            // Nothing is ever written; the end of input is the end of the parent.
        }
        lock.release();
    }
}
