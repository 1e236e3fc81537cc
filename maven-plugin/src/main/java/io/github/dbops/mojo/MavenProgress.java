package io.github.dbops.mojo;

import io.github.dbops.run.Progress;
import java.io.Console;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how progress is shown: one live line on a terminal, log lines in a pipe or in CI, nothing with {@code -q}.
 */
final class MavenProgress {

    private MavenProgress() {}

    /** The progress that suits this build. */
    static Progress of(MavenSession session, Log log) {
        if (!log.isInfoEnabled()) {
            return Progress.SILENT;
        }
        Console console = terminal(session);
        if (console == null) {
            LoggedProgress lines = new LoggedProgress(log::info, InstantSource.system());
            return new Ticking(lines, lines::tick, Duration.ofSeconds(1));
        }
        LiveProgress line = new LiveProgress(log::info, console.writer(), InstantSource.system());
        return new Ticking(line, line::tick, Duration.ofMillis(250));
    }

    private static @Nullable Console terminal(MavenSession session) {
        Console console = System.console();
        // Maven 4 captures the output stream and prints it line by line, so that a line cannot be drawn over.
        String version = session.getSystemProperties().getProperty("maven.version", "");
        boolean live = session.getRequest().isInteractiveMode() && version.startsWith("3.");
        return live && console != null && isTerminal(console) ? console : null;
    }

    /** Since Java 22 there is a console in a pipe as well, and a method that tells; before, a console is a terminal. */
    private static boolean isTerminal(Console console) {
        try {
            Method asks = Console.class.getMethod("isTerminal");
            return Boolean.TRUE.equals(asks.invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
