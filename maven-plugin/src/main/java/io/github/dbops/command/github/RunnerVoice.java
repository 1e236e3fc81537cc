package io.github.dbops.command.github;

import io.github.dbops.github.ActionsEnvironment;
import io.github.dbops.github.Annotations;
import io.github.dbops.github.RunnerFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the runner what a goal has found. What cannot be told is a warning: it changes nothing about the finding. */
final class RunnerVoice {

    private final ActionsEnvironment environment;
    private final Consumer<String> warnings;

    /**
     * Says nothing yet.
     *
     * @param warnings takes a sentence for what could not be told
     */
    RunnerVoice(ActionsEnvironment environment, Consumer<String> warnings) {
        this.environment = environment;
        this.warnings = warnings;
    }

    void outputs(Map<String, String> values) {
        tell("outputs were", environment.output(), file -> file.outputs(values));
    }

    void summary(String markdown) {
        tell("job summary was", environment.summary(), file -> {
            if (!file.summary(markdown)) {
                warnings.accept("The job summary has no room for the report: a step may write 1 MiB.");
            }
        });
    }

    void annotations(Annotations annotations, Path folder) {
        try {
            annotations.write(folder);
        } catch (IOException e) {
            warnings.accept("The annotations were not written: " + words(e));
        }
    }

    private void tell(String what, Optional<Path> path, Telling telling) {
        if (path.isEmpty()) {
            return;
        }
        try {
            telling.to(new RunnerFile(path.get()));
        } catch (IOException e) {
            warnings.accept("The " + what + " not written: " + words(e));
        }
    }

    private static String words(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private interface Telling {
        void to(RunnerFile file) throws IOException;
    }
}
