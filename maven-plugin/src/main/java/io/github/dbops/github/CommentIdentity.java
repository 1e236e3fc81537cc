package io.github.dbops.github;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of our comments a comment is: one per goal, plan and target, or per goal and key. It stands in the comment's
 * first line, where readers do not see it.
 *
 * @param goal the goal's name
 * @param scope {@code plan=… target=…}, each sixteen digits of a hash or a hyphen where it is not known; or
 *     {@code key=…}
 */
record CommentIdentity(String goal, String scope) {

    private static final Pattern MARKER = Pattern.compile(
            "<!-- dbops:comment goal=([a-z-]+) (plan=(?:[0-9a-f]{16}|-) target=(?:[0-9a-f]{16}|-)|key=[A-Za-z0-9._-]{1,64}) -->");
    private static final Pattern SCOPE = Pattern.compile("plan=(\\S+) target=(\\S+)");

    /** The comment of a goal's run with a plan on a target; a run that failed early does not know its target. */
    static CommentIdentity of(String goal, Findings findings) {
        return new CommentIdentity(goal, "plan=" + hash(findings.plan()) + " target=" + hash(findings.target()));
    }

    /** The comment of a goal with a key of the workflow's own choice. */
    static CommentIdentity of(String goal, String key) {
        return new CommentIdentity(goal, "key=" + key);
    }

    /** The identity in a comment's first line; empty where it is none of ours. */
    static Optional<CommentIdentity> in(String body) {
        Matcher marker = MARKER.matcher(body.lines().findFirst().orElse("").stripTrailing());
        return marker.matches() ? Optional.of(new CommentIdentity(marker.group(1), marker.group(2))) : Optional.empty();
    }

    /** The comment's first line. */
    String marker() {
        return "<!-- dbops:comment goal=" + goal + " " + scope + " -->";
    }

    /**
     * The one identity of two that may be the same, because what differs is not known in one of them; empty where they
     * are of different things.
     */
    Optional<CommentIdentity> merged(CommentIdentity other) {
        if (equals(other)) {
            return Optional.of(this);
        }
        Matcher mine = SCOPE.matcher(scope);
        Matcher theirs = SCOPE.matcher(other.scope);
        if (!goal.equals(other.goal) || !mine.matches() || !theirs.matches()) {
            return Optional.empty();
        }
        Optional<String> plan = either(mine.group(1), theirs.group(1));
        Optional<String> target = either(mine.group(2), theirs.group(2));
        return plan.flatMap(p -> target.map(t -> new CommentIdentity(goal, "plan=" + p + " target=" + t)));
    }

    private static Optional<String> either(String mine, String theirs) {
        if (mine.equals(theirs) || theirs.equals("-")) {
            return Optional.of(mine);
        }
        return mine.equals("-") ? Optional.of(theirs) : Optional.empty();
    }

    // A name in clear could end the marker, and says more of the database than a public pull request needs.
    private static String hash(Optional<String> name) {
        return name.map(CommentIdentity::sha256)
                .map(hex -> hex.substring(0, 16))
                .orElse("-");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
