package io.github.dbops.github;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one comment that a pull request has for a goal, plan and target: written anew at first, then updated in place, and
 * left alone where it says the same already. Found by author and first line over all pages; what others wrote is never
 * touched.
 */
final class StickyComment {

    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel=\"next\"");
    private static final int MOST_PAGES = 1_000;

    private final GitHubClient github;
    private final String repository;
    private final PullRequest pullRequest;
    private final String author;
    private final Patience patience;

    StickyComment(GitHubClient github, String repository, PullRequest pullRequest, String author, Patience patience) {
        this.github = github;
        this.repository = repository;
        this.pullRequest = pullRequest;
        this.author = author;
        this.patience = patience;
    }

    /**
     * Brings the comment up to date.
     *
     * @throws ProblemException (GITHUB_UNREACHABLE, GITHUB_ACCESS_DENIED, GITHUB_ANSWER_MALFORMED)
     */
    Posted post(CommentIdentity identity, CommentText text) {
        for (int attempt = 1; ; attempt++) {
            Optional<Own> own = find(identity);
            if (own.isPresent()) {
                return update(own.get(), text);
            }
            try {
                Answer created = github.post(comments(), json(text.body(identity)));
                return posted(granted(created, "written"), Posted.Change.CREATED);
            } catch (ProblemException lost) {
                if (lost.first().code() != Code.GITHUB_UNREACHABLE) {
                    throw lost;
                }
                // It may be there: look before writing a second one.
                patience.beforeRetry(attempt, comments(), lost.first().why());
            }
        }
    }

    private Posted update(Own own, CommentText text) {
        String body = text.body(own.identity());
        if (CommentText.saysTheSame(own.body(), body)) {
            return new Posted(Posted.Change.UNCHANGED, own.page(), Optional.empty());
        }
        Answer updated = github.patch("/repos/" + repository + "/issues/comments/" + own.id(), json(body));
        return posted(granted(updated, "updated"), Posted.Change.UPDATED);
    }

    private Optional<Own> find(CommentIdentity wanted) {
        List<Own> ours = ours();
        Optional<Own> exact = newest(
                ours.stream().filter(own -> own.identity().equals(wanted)).toList());
        if (exact.isPresent()) {
            return exact;
        }
        // A run that failed before it knew its target, or the first one after it.
        List<Own> similar = ours.stream()
                .filter(own -> own.identity().merged(wanted).isPresent())
                .toList();
        boolean clear = similar.stream().map(Own::identity).distinct().count() == 1;
        return clear
                ? newest(similar)
                        .map(own -> own.as(own.identity().merged(wanted).orElse(wanted)))
                : Optional.empty();
    }

    private static Optional<Own> newest(List<Own> comments) {
        return comments.stream().reduce((older, newer) -> newer.id() > older.id() ? newer : older);
    }

    private List<Own> ours() {
        List<Own> ours = new ArrayList<>();
        Answer page = granted(github.get(comments() + "?per_page=100"), "read");
        for (int pages = 1; ; pages++) {
            ours.addAll(page.read(this::ours));
            Optional<URI> next = next(page);
            if (next.isEmpty()) {
                return ours;
            }
            if (pages >= MOST_PAGES) {
                throw Answer.malformed(page.question(), "Its pages have no end.");
            }
            page = granted(github.follow(next.get()), "read");
        }
    }

    private List<Own> ours(JsonValue page) {
        List<Own> ours = new ArrayList<>();
        for (JsonValue comment : page.elements()) {
            // The user is null where the account was deleted, and the body may be missing.
            String login = comment.optional("user")
                    .map(user -> user.field("login").text())
                    .orElse("");
            String body = comment.optional("body").map(JsonValue::text).orElse("");
            Optional<CommentIdentity> identity =
                    login.equalsIgnoreCase(author) ? CommentIdentity.in(body) : Optional.empty();
            identity.ifPresent(found -> ours.add(new Own(comment.field("id").number(), found, body, pageOf(comment))));
        }
        return ours;
    }

    private static Optional<URI> next(Answer page) {
        Matcher link = NEXT.matcher(page.header("link").orElse(""));
        if (!link.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(link.group(1)));
        } catch (IllegalArgumentException e) {
            throw Answer.malformed(page.question(), "Its link to the next page is no URL.");
        }
    }

    private Answer granted(Answer answer, String done) {
        if (answer.isSuccess()) {
            return answer;
        }
        throw Problem.of(
                        Code.GITHUB_ACCESS_DENIED,
                        "The comment on pull request " + pullRequest.number() + " cannot be " + done + ".",
                        "GitHub answered " + answer.words() + ".",
                        advice(answer))
                .at(answer.question())
                .exception();
    }

    private String advice(Answer answer) {
        if (pullRequest.origin() == PullRequest.Origin.FORK) {
            return "Nothing: a pull request from a fork gets a token that can only read. The job summary has the report.";
        }
        return switch (answer.status()) {
            case 401 -> "Give the step a token that is valid: env: GITHUB_TOKEN: ${{ github.token }}";
            case 403, 404 -> "Give the job the permission: permissions: pull-requests: write";
            default -> "Look at the pull request: it may be locked. Give the job permissions: pull-requests: write";
        };
    }

    private Posted posted(Answer answer, Posted.Change change) {
        return answer.read(comment -> new Posted(
                change,
                pageOf(comment),
                comment.optional("user")
                        .map(user -> user.field("login").text())
                        .filter(login -> !login.equalsIgnoreCase(author))));
    }

    private static String pageOf(JsonValue comment) {
        return comment.field("html_url").text();
    }

    private String comments() {
        return "/repos/" + repository + "/issues/" + pullRequest.number() + "/comments";
    }

    private static String json(String body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("body", body);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private record Own(long id, CommentIdentity identity, String body, String page) {

        Own as(CommentIdentity better) {
            return new Own(id, better, body, page);
        }
    }
}
