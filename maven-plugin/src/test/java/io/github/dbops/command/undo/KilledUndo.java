package io.github.dbops.command.undo;

import io.github.dbops.command.Backup;
import io.github.dbops.command.Surroundings;
import io.github.dbops.command.SyncRequest;
import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An undo in a JVM of its own that says when it reaches a phase, and never goes on. */
final class KilledUndo {

    private final Process process;

    private KilledUndo(Process process) {
        this.process = process;
    }

    /** Starts an undo of a fixture's run; returns when it stands at the beginning of the phase. */
    static KilledUndo at(String phase, UndoFixture fixture, String run) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledUndo.class.getName(),
                        fixture.sync.folder.toString(),
                        phase,
                        run)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(fixture.sync.environment());
        Process process = builder.start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); !phase.equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IllegalStateException("the undo never came to its phase " + phase);
            }
        }
        return new KilledUndo(process);
    }

    /** As {@code kill -9}; returns when it is dead. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** What the process runs: folder, phase, run. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        new UndoCommand(new Surroundings(
                        System.getenv(), id -> Optional.empty(), version -> List.of(), new Halting(arguments[1])))
                .run(new UndoRequest(
                        folder,
                        Execution.APPLY,
                        Optional.of(arguments[2]),
                        new SyncRequest.OverwriteWords(false, Optional.empty()),
                        new DatabaseSettings(
                                DatabaseRole.TARGET,
                                Optional.empty(),
                                Optional.empty(),
                                ".env.production",
                                Optional.empty(),
                                folder),
                        new SyncRequest.Review(Optional.empty(), true, Duration.ofHours(1)),
                        new Backup(Optional.empty(), Duration.ofHours(24)),
                        ConnectionPolicy.DEFAULT,
                        List.of(),
                        folder.resolve("reports")));
    }

    /** Stands still at a phase for good. */
    private record Halting(String phase) implements Progress {

        @Override
        public void say(String line) {}

        @Override
        public void phase(String name) {
            if (name.equals(phase)) {
                try {
                    System.out.println(name);
                    throw new IllegalStateException("nobody may say to go on: " + System.in.read());
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
