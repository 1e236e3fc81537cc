package io.github.dbops.migration.prisma;

import io.github.dbops.migration.prisma.RecordedScenario.Command;
import io.github.dbops.migration.prisma.RecordedScenario.DropDatabase;
import io.github.dbops.migration.prisma.RecordedScenario.Lock;
import io.github.dbops.migration.prisma.RecordedScenario.MakeDirectory;
import io.github.dbops.migration.prisma.RecordedScenario.Remove;
import io.github.dbops.migration.prisma.RecordedScenario.Run;
import io.github.dbops.migration.prisma.RecordedScenario.Seen;
import io.github.dbops.migration.prisma.RecordedScenario.Sql;
import io.github.dbops.migration.prisma.RecordedScenario.Step;
import io.github.dbops.migration.prisma.RecordedScenario.Unlock;
import io.github.dbops.migration.prisma.RecordedScenario.Verdict;
import io.github.dbops.migration.prisma.RecordedScenario.Write;
import io.github.dbops.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes a recorded scenario's steps with dbops in the CLI's place, and notes where the two differ. */
final class Replay implements AutoCloseable {

    private final RecordedScenario scenario;
    private final TestDatabase database;
    private final Path project;
    private final DbopsCommands dbops;
    private final Map<Long, Connection> locks = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private int runs;

    Replay(RecordedScenario scenario, TestDatabase database, Path folder) throws IOException {
        this.scenario = scenario;
        this.database = database;
        this.project = Files.createDirectory(folder.resolve("project"));
        this.dbops = new DbopsCommands(project, folder.resolve("reports"));
    }

    /**
     * What is not as the CLI did it.
     *
     * @param place {@code 2 deploy exit 1}: which of the scenario's commands, counted from 1, and what of it, a short
     *     value of dbops' included
     * @param prisma what the CLI did
     * @param dbops what dbops did
     */
    record Difference(String place, String prisma, String dbops) {}

    /**
     * Takes the steps.
     *
     * @param commands how many commands to run; what comes after them is not replayed
     */
    List<Difference> run(int commands) throws IOException, SQLException {
        for (Step step : scenario.steps()) {
            if (step instanceof Run run) {
                runs++;
                if (runs > commands) {
                    break;
                }
                compare(run);
            } else {
                prepare(step);
            }
        }
        return List.copyOf(differences);
    }

    private void prepare(Step step) throws IOException, SQLException {
        if (step instanceof Write write) {
            for (Map.Entry<String, byte[]> file : write.files().entrySet()) {
                Path path = project.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
        } else if (step instanceof MakeDirectory directory) {
            Files.createDirectories(project.resolve(directory.path()));
        } else if (step instanceof Remove remove) {
            delete(project.resolve(remove.path()));
        } else if (step instanceof Sql sql) {
            database.execute(sql.text());
        } else if (step instanceof Lock lock) {
            Connection holder = database.connection();
            locks.put(lock.key(), holder);
            try (Statement statement = holder.createStatement()) {
                statement.execute("SELECT pg_advisory_lock(" + lock.key() + ")");
            }
        } else if (step instanceof Unlock unlock) {
            Objects.requireNonNull(locks.remove(unlock.key())).close();
        } else if (step instanceof DropDatabase) {
            database.close();
        }
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> below = Files.walk(path)) {
            for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private void compare(Run run) {
        List<Verdict> verdicts = verdicts(run.commands());
        Seen seen = ReplayDatabase.look(database);
        String words = run.commands().get(0).word();
        note(words + " exit " + exits(verdicts), exits(run.verdicts()), exits(verdicts));
        note(words + " code " + codes(verdicts), codes(run.verdicts()), codes(verdicts));
        note(words + " database", run.seen().databaseExists(), seen.databaseExists());
        note(words + " schemas", run.seen().schemas(), seen.schemas());
        note(words + " history", run.seen().histories(), seen.histories());
        note(words + " relations", run.seen().relations(), seen.relations());
        note(words + " table", run.seen().tables(), seen.tables());
    }

    private List<Verdict> verdicts(List<Command> commands) {
        DbopsCommands.Wait wait = locks.isEmpty() ? DbopsCommands.Wait.FOR_OTHERS : DbopsCommands.Wait.BRIEFLY;
        List<CompletableFuture<Verdict>> running = commands.stream()
                .map(command -> CompletableFuture.supplyAsync(() -> dbops.run(command, url(command), wait)))
                .toList();
        return running.stream().map(CompletableFuture::join).toList();
    }

    private String url(Command command) {
        return DbopsCommands.url(database, scenario.urlParameters(), command.unreachable());
    }

    private static String exits(List<Verdict> verdicts) {
        return verdicts.stream().map(v -> "" + v.exit()).sorted().collect(Collectors.joining(","));
    }

    private static String codes(List<Verdict> verdicts) {
        return verdicts.stream()
                .map(v -> Objects.requireNonNullElse(v.code(), "none"))
                .sorted()
                .collect(Collectors.joining(","));
    }

    private void note(String place, Object prisma, Object own) {
        if (!prisma.equals(own)) {
            differences.add(new Difference(runs + " " + place, prisma.toString(), own.toString()));
        }
    }

    /** Lets go of locks that the scenario left. */
    @Override
    public void close() throws SQLException {
        for (Connection holder : locks.values()) {
            holder.close();
        }
    }
}
