package io.github.dbops.command;

import io.github.dbops.run.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds out where a run comes from, for the records that it leaves. */
public final class Provenance {

    private Provenance() {}

    /** As far as the environment and the checkout tell. */
    public static Origin of(Map<String, String> environment, Path directory) {
        String user = environment.getOrDefault("GITHUB_ACTOR", System.getProperty("user.name", "unknown"));
        String host = environment.getOrDefault(
                "RUNNER_NAME", environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", "")));
        return new Origin(
                host.isEmpty() ? user : user + "@" + host,
                Optional.ofNullable(environment.get("GITHUB_SHA")).or(() -> head(directory)),
                Optional.ofNullable(environment.get("GITHUB_RUN_ID"))
                        .map(id -> environment.getOrDefault("GITHUB_SERVER_URL", "") + "/"
                                + environment.getOrDefault("GITHUB_REPOSITORY", "") + "/actions/runs/" + id));
    }

    // https://git-scm.com/docs/gitrepository-layout: HEAD names a commit or a ref, which is a file or a packed line.
    private static Optional<String> head(Path directory) {
        for (Path at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.isDirectory(git)) {
                return commit(git);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> commit(Path git) {
        try {
            String head = Files.readString(git.resolve("HEAD")).strip();
            if (!head.startsWith("ref: ")) {
                return Optional.of(head);
            }
            String ref = head.substring("ref: ".length());
            Path loose = git.resolve(ref);
            if (Files.isRegularFile(loose)) {
                return Optional.of(Files.readString(loose).strip());
            }
            return Files.readAllLines(git.resolve("packed-refs")).stream()
                    .filter(line -> line.endsWith(" " + ref))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
