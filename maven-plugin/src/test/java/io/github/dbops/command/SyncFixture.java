package io.github.dbops.command;

import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.problem.Problem;
import io.github.dbops.report.ReviewFile;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;
import io.github.dbops.sync.Comparing;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import io.github.dbops.sync.plan.OverwriteGuard;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Two databases, a folder and a plan: a user's situation, and the runs that the user makes in it. */
public final class SyncFixture implements AutoCloseable {

    public final TestDatabase source;
    public final TestDatabase target;
    public final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    public final List<String> said = new CopyOnWriteArrayList<>();
    private boolean audit = true;
    private Comparing comparing = Comparing.HASH;
    private int jobs = 2;
    private SyncRequest.OverwriteWords words = new SyncRequest.OverwriteWords(false, Optional.empty());
    private Optional<Digest> expected = Optional.empty();
    private boolean reviewSkipped;
    private Duration reviewMaxAge = Duration.ofHours(1);
    private Duration lockTimeout = Duration.ofSeconds(5);
    private Duration within = Duration.ofSeconds(60);
    private int attempts = 5;

    public SyncFixture(TestServer source, TestServer target, String... schema) {
        this(source.createDatabase(schema), target.createDatabase(schema));
    }

    /** Another operator at the same databases, with a folder of their own; only one of the two is to be closed. */
    public SyncFixture(SyncFixture other) {
        this(other.source, other.target);
    }

    /** Two databases that are there already; they are closed with the fixture. */
    public SyncFixture(TestDatabase source, TestDatabase target) {
        this.source = source;
        this.target = target;
        try {
            this.folder = Files.createTempDirectory("dbops-test-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        from(this.source.url());
        to(this.target.url());
    }

    public SyncFixture from(DatabaseUrl.Server url) {
        environment.put("DBOPS_FROM_URL", text(url));
        return this;
    }

    /** The same database with another default schema. */
    public static DatabaseUrl.Server inSchema(DatabaseUrl.Server url, String schema) {
        return new DatabaseUrl.Server(
                url.hosts(), url.database(), url.user(), url.password(), schema, Map.of(), false, List.of());
    }

    /** The target as its user writes it. */
    public SyncFixture toUrl(String url) {
        environment.put("DBOPS_TO_URL", url);
        return this;
    }

    public SyncFixture to(DatabaseUrl.Server url) {
        environment.put("DBOPS_TO_URL", text(url));
        return this;
    }

    /** No URL in the process environment, so that the env files are read. */
    public SyncFixture withoutUrls() {
        environment.clear();
        return this;
    }

    public static String text(DatabaseUrl.Server url) {
        return "postgresql://"
                + URLEncoder.encode(String.valueOf(url.user()), StandardCharsets.UTF_8)
                        .replace("+", "%20")
                + (url.password() == null ? "" : ":" + url.password().reveal()) + "@"
                + url.hosts().get(0) + "/" + url.database() + "?sslmode="
                + url.properties().getOrDefault("sslmode", "prefer")
                + (url.schema() == null ? "" : "&schema=" + url.schema());
    }

    public SyncFixture plan(String json) {
        return file("sync-plan.json", json);
    }

    public SyncFixture file(String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    public SyncFixture words(boolean allowed, Optional<String> confirmation) {
        words = new SyncRequest.OverwriteWords(allowed, confirmation);
        return this;
    }

    public SyncFixture words() {
        words = new SyncRequest.OverwriteWords(true, Optional.of(OverwriteGuard.CONFIRMATION));
        return this;
    }

    public SyncFixture withoutAudit() {
        audit = false;
        return this;
    }

    public SyncFixture withAudit() {
        audit = true;
        return this;
    }

    public SyncFixture exact() {
        comparing = Comparing.EXACT;
        return this;
    }

    public SyncFixture jobs(int count) {
        jobs = count;
        return this;
    }

    public SyncFixture expecting(Digest digest) {
        expected = Optional.of(digest);
        return this;
    }

    public SyncFixture withoutReview() {
        reviewSkipped = true;
        return this;
    }

    public SyncFixture reviewMaxAge(Duration age) {
        reviewMaxAge = age;
        return this;
    }

    public SyncFixture within(Duration duration) {
        within = duration;
        return this;
    }

    public SyncFixture lockTimeout(Duration timeout, int tries) {
        lockTimeout = timeout;
        attempts = tries;
        return this;
    }

    public SyncOutcome dryRun() {
        return run(Execution.DRY_RUN);
    }

    public SyncOutcome apply() {
        return run(Execution.APPLY);
    }

    public SyncOutcome run(Execution execution) {
        return run(execution, phase -> {}, line -> {});
    }

    /** Runs; what it says is in {@link #said}. */
    public SyncOutcome run(Execution execution, Consumer<String> atPhase, Consumer<String> atLine) {
        return run(execution, new Progress() {
            @Override
            public void say(String line) {
                synchronized (said) {
                    said.add(line);
                }
                atLine.accept(line);
            }

            @Override
            public void phase(String name) {
                atPhase.accept(name);
            }

            @Override
            public Rows table(TableWork work) {
                return Rows.UNSEEN;
            }
        });
    }

    /** What was said so far that begins so. */
    public List<String> said(String beginning) {
        synchronized (said) {
            return said.stream().filter(line -> line.startsWith(beginning)).toList();
        }
    }

    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    public SyncOutcome run(Execution execution, Progress progress) {
        SyncCommand command =
                new SyncCommand(new Surroundings(environment, id -> Optional.empty(), version -> List.of(), progress));
        return command.run(request(execution));
    }

    private SyncRequest request(Execution execution) {
        return new SyncRequest(
                folder,
                execution,
                Optional.empty(),
                words,
                settings(DatabaseRole.SOURCE, ".env"),
                settings(DatabaseRole.TARGET, ".env.production"),
                new SyncRequest.Review(expected, reviewSkipped, reviewMaxAge),
                new Backup(Optional.empty(), Duration.ofHours(24)),
                new ConnectionPolicy(lockTimeout, attempts, within, ConnectionPolicy.Pooler.DETECT),
                comparing,
                jobs,
                audit,
                folder.resolve("reports"));
    }

    private DatabaseSettings settings(DatabaseRole role, String file) {
        return new DatabaseSettings(role, Optional.empty(), Optional.empty(), file, Optional.empty(), folder);
    }

    /** What the last dry-run left for an apply. */
    public ReviewFile review() {
        return ReviewFile.in(folder.resolve("reports"));
    }

    /** The counts of a table that has the outcome's only entry of that bare name. */
    public static Counts counts(SyncOutcome outcome, String table) {
        return outcome.tables().stream()
                .filter(t -> t.table().equals("public." + table))
                .map(TableOutcome::counts)
                .findFirst()
                .orElseThrow();
    }

    /** The codes of the outcome's problems, {@code DBOPS-412}. */
    public static List<String> codes(SyncOutcome outcome) {
        return outcome.problems().stream().map(Problem::code).map(c -> c.id()).toList();
    }

    /** Everything that the target holds, dbops' own record aside: every table's rows and every sequence. */
    public List<String> snapshot() {
        List<String> all = new ArrayList<>();
        for (List<String> table : target.query("""
                SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'dbops') ORDER BY 1
                """)) {
            String name = table.get(0);
            target.query("SELECT t.ctid::text || t.xmin::text || t::text FROM " + name + " AS t ORDER BY 1")
                    .forEach(row -> all.add(name + " " + row.get(0)));
        }
        target.query("SELECT schemaname, sequencename, last_value::text FROM pg_sequences ORDER BY 1, 2")
                .forEach(row -> all.add(String.join(" ", row.subList(0, 2)) + " " + row.get(2)));
        return all;
    }

    @Override
    public void close() {
        source.close();
        target.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
