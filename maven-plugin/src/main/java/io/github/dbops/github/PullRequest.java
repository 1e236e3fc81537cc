package io.github.dbops.github;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pull request that a run is for.
 *
 * @param number its number
 * @param origin where its branch lives
 */
record PullRequest(long number, Origin origin) {

    private static final Pattern REF = Pattern.compile("refs/pull/([0-9]{1,15})/(?:merge|head)");

    /** Where a pull request's branch lives. */
    enum Origin {
        SAME_REPOSITORY,
        /** GitHub gives such a run a token that can only read. */
        FORK
    }

    /** The pull request of the run's event; empty where the event is about none. */
    static Optional<PullRequest> of(ActionsEnvironment environment) {
        return environment
                .event()
                .flatMap(PullRequest::read)
                .or(() -> environment
                        .ref()
                        .map(REF::matcher)
                        .filter(Matcher::matches)
                        .map(ref -> new PullRequest(Long.parseLong(ref.group(1)), Origin.SAME_REPOSITORY)));
    }

    private static Optional<PullRequest> read(Path event) {
        try {
            JsonValue payload = JsonValue.of(Files.readString(event));
            Optional<JsonValue> pull = payload.optional("pull_request");
            if (pull.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new PullRequest(pull.get().field("number").number(), origin(payload, pull.get())));
        } catch (IOException | IllegalArgumentException e) {
            // GITHUB_REF tells the number as well.
            return Optional.empty();
        }
    }

    private static Origin origin(JsonValue payload, JsonValue pull) {
        Optional<String> base = payload.optional("repository")
                .flatMap(repository -> repository.optional("full_name"))
                .map(JsonValue::text);
        // A fork that was deleted is null.
        Optional<String> head = pull.optional("head")
                .flatMap(branch -> branch.optional("repo"))
                .flatMap(repository -> repository.optional("full_name"))
                .map(JsonValue::text);
        return base.isEmpty() || base.equals(head) ? Origin.SAME_REPOSITORY : Origin.FORK;
    }
}
