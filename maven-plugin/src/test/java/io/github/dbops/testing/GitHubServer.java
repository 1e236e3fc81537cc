package io.github.dbops.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * As much of GitHub's API as a run asks, over real HTTP: comments in pages of two, approvals, environments, the token's
 * login. Answers are shaped as GitHub's OpenAPI description has them.
 */
public final class GitHubServer implements AutoCloseable {

    /** The token that it takes. */
    public static final String TOKEN = "ghs_notARealTokenButLongEnough";

    private static final Pattern BODY = Pattern.compile("\\{\"body\":(\".*\")}", Pattern.DOTALL);
    private static final Pattern PAGE = Pattern.compile("page=(\\d+)$");
    private static final int PAGE_SIZE = 2;

    private final HttpServer server;
    private final String prefix;
    private final Map<Long, Comment> comments = new LinkedHashMap<>();
    private final List<String> approvals = new ArrayList<>();
    private final Map<String, String> environments = new LinkedHashMap<>();
    private final Map<String, Deque<Reply>> planned = new LinkedHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private long nextId = 100;

    /** GitHub's answer. */
    public record Reply(int status, String body, Map<String, String> headers) {

        /** What was asked for is done, and the connection breaks before the answer. */
        public static final Reply LOST = new Reply(-1, "", Map.of());

        /** The answer's body begins and never ends. */
        public static final Reply ENDLESS = new Reply(-2, "", Map.of());

        /** A refusal with GitHub's message. */
        public static Reply refusal(int status, String message) {
            return new Reply(status, "{\"message\":\"" + message + "\"}", Map.of());
        }

        /** The same with a header. */
        public Reply with(String header, String value) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put(header, value);
            return new Reply(status, body, all);
        }
    }

    private record Comment(long id, String login, String jsonBody) {

        String json() {
            return "{\"id\":" + id + ",\"html_url\":\"https://github.com/acme/shop/pull/7#issuecomment-" + id
                    + "\",\"user\":{\"login\":\"" + login + "\",\"id\":1},\"body\":" + jsonBody + "}";
        }
    }

    private GitHubServer(String prefix) throws IOException {
        this.prefix = prefix;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** As api.github.com has it, or with the path of an Enterprise server before all others. */
    public static GitHubServer start(String prefix) {
        try {
            return new GitHubServer(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What GITHUB_API_URL would be. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + prefix;
    }

    /** Somebody writes a comment; returns its number. */
    public synchronized long comment(String login, String body) {
        comments.put(nextId, new Comment(nextId, login, quoted(body)));
        return nextId++;
    }

    /** Someone deletes a comment. */
    public synchronized void forget(long id) {
        comments.remove(id);
    }

    /** The texts of a login's comments, oldest first. */
    public synchronized List<String> commentsOf(String login) {
        return comments.values().stream()
                .filter(comment -> comment.login().equals(login))
                .map(comment -> unquoted(comment.jsonBody()))
                .toList();
    }

    /** A comment's text. */
    public synchronized String text(long id) {
        return unquoted(found(id).jsonBody());
    }

    /** An environment with protection rules, as JSON. */
    public synchronized void environment(String name, String rules) {
        environments.put(
                name.toLowerCase(Locale.ROOT),
                "{\"id\":1,\"name\":" + quoted(name) + ",\"can_admins_bypass\":true,\"protection_rules\":" + rules
                        + "}");
    }

    /** An environment that requires reviewers. */
    public void guardedEnvironment(String name) {
        environment(name, """
                [{"id":1,"type":"wait_timer","wait_timer":30},
                 {"id":2,"type":"required_reviewers","prevent_self_review":false,
                  "reviewers":[{"type":"User","reviewer":{"login":"octocat"}}]}]""");
    }

    /** A review of the run. */
    public synchronized void review(String state, String environment, String comment) {
        approvals.add("{\"environments\":[{\"id\":1,\"name\":" + quoted(environment) + "}],\"state\":\"" + state
                + "\",\"user\":{\"login\":\"octocat\"},\"comment\":" + quoted(comment) + "}");
    }

    /** The next answer to a question ({@code GET /repos/…}, without the query) is another one. */
    public synchronized void answerOnce(String question, Reply reply) {
        planned.computeIfAbsent(question, key -> new ArrayDeque<>()).add(reply);
    }

    /** The questions so far: method, path and query, without the prefix. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** The different values of Authorization headers so far. */
    public synchronized List<String> tokens() {
        return tokens.stream().distinct().toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Headers headers = exchange.getRequestHeaders();
        tokens.add(String.valueOf(headers.getFirst("Authorization")));
        String path = uri.getRawPath().startsWith(prefix) ? uri.getRawPath().substring(prefix.length()) : "?";
        String question = exchange.getRequestMethod() + " " + path;
        requests.add(question + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
        Reply other = planned.getOrDefault(question, new ArrayDeque<>()).poll();
        if (other == Reply.ENDLESS) {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().flush();
        } else if (other == Reply.LOST) {
            reply(headers, question, uri, body);
            exchange.close();
        } else {
            send(exchange, other == null ? reply(headers, question, uri, body) : other);
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private Reply reply(Headers headers, String question, URI uri, String body) {
        if (!"dbops".equals(headers.getFirst("User-Agent"))
                || !"application/vnd.github+json".equals(headers.getFirst("Accept"))
                || !"2022-11-28".equals(headers.getFirst("X-GitHub-Api-Version"))) {
            return Reply.refusal(403, "Request forbidden by administrative rules.");
        }
        if (!("Bearer " + TOKEN).equals(headers.getFirst("Authorization"))) {
            return Reply.refusal(401, "Bad credentials");
        }
        if (question.equals("POST /graphql")) {
            return ok("{\"data\":{\"viewer\":{\"login\":\"github-actions[bot]\"}}}");
        }
        if (question.equals("GET /repos/acme/shop/issues/7/comments")) {
            return page(uri);
        }
        if (question.equals("POST /repos/acme/shop/issues/7/comments")) {
            long id = comment("github-actions[bot]", unquoted(bodyOf(body)));
            return new Reply(201, found(id).json(), Map.of());
        }
        if (question.startsWith("PATCH /repos/acme/shop/issues/comments/")) {
            long id = Long.parseLong(question.substring(question.lastIndexOf('/') + 1));
            comments.replace(id, new Comment(id, found(id).login(), bodyOf(body)));
            return ok(found(id).json());
        }
        if (question.equals("GET /repos/acme/shop/actions/runs/42/approvals")) {
            return ok("[" + String.join(",", approvals) + "]");
        }
        if (question.startsWith("GET /repos/acme/shop/environments/")) {
            String name = URI.create(question.substring(question.lastIndexOf('/') + 1))
                    .getPath();
            String found = environments.get(name.toLowerCase(Locale.ROOT));
            return found == null ? Reply.refusal(404, "Not Found") : ok(found);
        }
        return Reply.refusal(404, "Not Found");
    }

    private Reply page(URI uri) {
        Matcher asked = PAGE.matcher(String.valueOf(uri.getRawQuery()).replace("per_page=100", ""));
        int page = asked.find() ? Integer.parseInt(asked.group(1)) : 1;
        String list = comments.values().stream()
                .skip((long) (page - 1) * PAGE_SIZE)
                .limit(PAGE_SIZE)
                .map(Comment::json)
                .collect(Collectors.joining(",", "[", "]"));
        Reply reply = ok(list);
        String base = url() + "/repos/acme/shop/issues/7/comments?per_page=100&page=";
        return page * PAGE_SIZE >= comments.size()
                ? reply
                : reply.with("Link", "<" + base + "1>; rel=\"prev\", <" + base + (page + 1) + ">; rel=\"next\"");
    }

    private Comment found(long id) {
        return Objects.requireNonNull(comments.get(id));
    }

    private static Reply ok(String json) {
        return new Reply(200, json, Map.of("Content-Type", "application/json; charset=utf-8"));
    }

    private static String bodyOf(String request) {
        Matcher body = BODY.matcher(request);
        if (!body.matches()) {
            throw new IllegalArgumentException("not a comment: " + request);
        }
        return body.group(1);
    }

    private static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r") + "\"";
    }

    private static String unquoted(String json) {
        return json.substring(1, json.length() - 1)
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\\"", "\"")
                .replace("\\\\", "\\");
    }
}
