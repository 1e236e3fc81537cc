package io.github.dbops.command.github;

import io.github.dbops.github.ActionsEnvironment;
import io.github.dbops.github.Patience;
import io.github.dbops.testing.GitHubServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A step of run 42 on pull request 7 of acme/shop, as a runner sets it up; waits are written down, not waited. */
final class ActionsRun {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    final List<Duration> waits = new ArrayList<>();
    final Map<String, String> environment = new HashMap<>();
    private final Path folder;

    ActionsRun(GitHubServer github, Path folder) {
        this.folder = folder;
        environment.putAll(Map.of(
                "GITHUB_TOKEN", GitHubServer.TOKEN,
                "GITHUB_REPOSITORY", "acme/shop",
                "GITHUB_API_URL", github.url(),
                "GITHUB_SERVER_URL", "https://github.com",
                "GITHUB_RUN_ID", "42",
                "GITHUB_RUN_ATTEMPT", "1",
                "GITHUB_REF", "refs/pull/7/merge",
                "GITHUB_OUTPUT", folder.resolve("output").toString(),
                "GITHUB_STEP_SUMMARY", folder.resolve("summary").toString()));
        event("acme/shop");
    }

    /** The pull request's branch is in this repository. */
    void event(String head) {
        Path event = write("event.json", """
                {"action":"synchronize","number":7,"repository":{"full_name":"acme/shop"},
                 "pull_request":{"number":7,"head":{"ref":"topic","repo":{"full_name":"%s"}}}}
                """.formatted(head));
        environment.put("GITHUB_EVENT_PATH", event.toString());
    }

    ActionsEnvironment actions() {
        return new ActionsEnvironment(environment);
    }

    Patience patience() {
        return new Patience(waits::add, () -> NOW, Duration.ofSeconds(20));
    }

    Path folder() {
        return folder;
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** GITHUB_OUTPUT as the runner reads it. */
    Map<String, String> outputs() {
        Map<String, String> outputs = new LinkedHashMap<>();
        List<String> lines = read("output").lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String[] start = lines.get(i).split("<<", 2);
            int end = lines.subList(i + 1, lines.size()).indexOf(start[1]) + i + 1;
            outputs.put(start[0], String.join("\n", lines.subList(i + 1, end)));
            i = end;
        }
        return outputs;
    }
}
