package io.github.dbops.command;

import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.sync.Comparing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An apply in a JVM of its own that says when it reaches a phase, and goes on only when it is told to. */
final class KilledApply {

    private final Process process;

    private KilledApply(Process process) {
        this.process = process;
    }

    /** Starts an apply of a fixture's situation; returns when it stands at the beginning of the phase. */
    static KilledApply at(String phase, SyncFixture fixture) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledApply.class.getName(),
                        fixture.folder.toString(),
                        phase)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(fixture.environment());
        Process process = builder.start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); !phase.equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IllegalStateException("the apply never came to its phase " + phase);
            }
        }
        return new KilledApply(process);
    }

    /** As {@code kill -9}; returns when it is dead. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Lets it go on; returns when it has ended. */
    void goOn() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        process.onExit().join();
    }

    /** What the process runs: folder, phase. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        new SyncCommand(new Surroundings(
                        System.getenv(), id -> Optional.empty(), version -> List.of(), new Halting(arguments[1])))
                .run(new SyncRequest(
                        folder,
                        Execution.APPLY,
                        Optional.empty(),
                        new SyncRequest.OverwriteWords(false, Optional.empty()),
                        settings(DatabaseRole.SOURCE, ".env", folder),
                        settings(DatabaseRole.TARGET, ".env.production", folder),
                        new SyncRequest.Review(Optional.empty(), true, Duration.ofHours(1)),
                        new Backup(Optional.empty(), Duration.ofHours(24)),
                        ConnectionPolicy.DEFAULT,
                        Comparing.HASH,
                        2,
                        true,
                        folder.resolve("reports")));
    }

    private static DatabaseSettings settings(DatabaseRole role, String file, Path folder) {
        return new DatabaseSettings(role, Optional.empty(), Optional.empty(), file, Optional.empty(), folder);
    }

    /** Stands still at a phase until a line is read. */
    private record Halting(String phase) implements Progress {

        @Override
        public void say(String line) {}

        @Override
        public void phase(String name) {
            if (name.equals(phase)) {
                try {
                    System.out.println(name);
                    if (System.in.read() < 0) {
                        throw new IllegalStateException("nobody says to go on");
                    }
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        }

        @Override
        public Rows table(TableWork work) {
            return Rows.UNSEEN;
        }
    }
}
