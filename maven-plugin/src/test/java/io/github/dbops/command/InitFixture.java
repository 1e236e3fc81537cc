package io.github.dbops.command;

import io.github.dbops.env.DatabaseRole;
import io.github.dbops.env.DatabaseSettings;
import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.draft.DraftedTable;
import io.github.dbops.sync.draft.InitOutcome;
import io.github.dbops.sync.draft.KeyCandidate;
import io.github.dbops.sync.plan.PlanFile;
import io.github.dbops.sync.plan.PlanReader;
import io.github.dbops.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two databases and a folder, in which a user lets a first plan be written, and then syncs by it. */
final class InitFixture implements AutoCloseable {

    final SyncFixture databases;
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Execution execution = Execution.APPLY;
    private InitRequest.Existing existing = InitRequest.Existing.KEEP;
    private InitRequest.Consulting consulting = InitRequest.Consulting.AUTO;
    private Optional<String> plan = Optional.empty();
    private Optional<String> toEnv = Optional.empty();
    private long mostRows = 200_000;

    InitFixture(TestServer source, TestServer target, String... schema) {
        this.databases = new SyncFixture(source, target, schema);
        this.folder = databases.folder;
        environment.putAll(databases.environment());
    }

    /** At databases that stay, with a folder of its own; it is not to be closed. */
    InitFixture(SyncFixture databases, Path folder) {
        this.databases = databases;
        this.folder = folder;
        environment.putAll(databases.environment());
    }

    InitFixture file(String name, String content) {
        try {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    InitFixture from(DatabaseUrl.Server url) {
        environment.put("DBOPS_FROM_URL", SyncFixture.text(url));
        return this;
    }

    InitFixture from(String url) {
        environment.put("DBOPS_FROM_URL", url);
        return this;
    }

    InitFixture withoutTarget() {
        environment.remove("DBOPS_TO_URL");
        return this;
    }

    InitFixture to(String url) {
        environment.put("DBOPS_TO_URL", url);
        return this;
    }

    InitFixture dryRun() {
        execution = Execution.DRY_RUN;
        return this;
    }

    InitFixture replacing() {
        existing = InitRequest.Existing.REPLACE;
        return this;
    }

    InitFixture neverConsulting() {
        consulting = InitRequest.Consulting.NEVER;
        return this;
    }

    InitFixture plan(String file) {
        plan = Optional.of(file);
        return this;
    }

    InitFixture toEnv(String file) {
        toEnv = Optional.of(file);
        return this;
    }

    InitFixture mostRows(long rows) {
        mostRows = rows;
        return this;
    }

    InitOutcome run() {
        InitCommand command = new InitCommand(
                new Surroundings(environment, id -> Optional.empty(), version -> List.of(), Progress.SILENT));
        return command.run(new InitRequest(
                folder(),
                execution,
                plan,
                existing,
                settings(DatabaseRole.SOURCE, Optional.empty(), ".env"),
                settings(DatabaseRole.TARGET, toEnv, ".env.production"),
                consulting,
                mostRows,
                new ConnectionPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(5), ConnectionPolicy.Pooler.DETECT),
                folder().resolve("reports")));
    }

    private DatabaseSettings settings(DatabaseRole role, Optional<String> file, String fallback) {
        return new DatabaseSettings(role, Optional.empty(), file, fallback, Optional.empty(), folder());
    }

    Path folder() {
        return folder;
    }

    boolean has(String file) {
        return Files.exists(folder().resolve(file));
    }

    String text(String file) {
        try {
            return Files.readString(folder().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plan as a sync reads it. */
    Plan read() {
        return PlanReader.read(PlanFile.locate(folder(), plan));
    }

    static DraftedTable table(InitOutcome outcome, String name) {
        return outcome.draft().orElseThrow().tables().stream()
                .filter(t -> t.planName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no entry for " + name));
    }

    /** The key that a table got, its grade behind it: {@code slug (unique)}; the reason where it got none. */
    static String key(InitOutcome outcome, String name) {
        DraftedTable table = table(outcome, name);
        return table.key().map(InitFixture::words).or(table::keyReason).orElseThrow();
    }

    static String words(KeyCandidate key) {
        return String.join(", ", key.columns()) + " (" + key.grade().word() + ")";
    }

    static List<String> codes(InitOutcome outcome) {
        return outcome.problems().stream().map(p -> p.code().id()).toList();
    }

    @Override
    public void close() {
        databases.close();
    }
}
