package io.github.dbops.it.benchmark;

import io.github.dbops.it.Folder;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** How long {@code dbops:sync} needs, and how long people would need without it. */
final class SyncBenchmark {

    private SyncBenchmark() {}

    /** Measures and publishes. */
    static void run(Workplace workplace, Settings settings) throws IOException {
        try (Servers servers = Servers.start(workplace, settings)) {
            DataSets data = new DataSets(servers, workplace.scripts(), settings.rows());
            BulkClient client = BulkClient.find(settings.client());
            SyncMethods methods = new SyncMethods(workplace, settings, data, client);
            List<Case> cases = new SyncCases(workplace, data, methods).some(settings.cases());
            Rounds rounds = new Rounds(servers, cases).warmUp();
            Map<Case, Results> results = rounds.run(settings.runs());
            Folder statements = new Folder(workplace.scratch().path().resolve("statements"));
            String title = "**%s**, the baselines by %s; %,d rows; medians of %d rounds:%n%n```sh%n%s%n```"
                    .formatted(
                            servers.title(),
                            client.title(),
                            settings.rows(),
                            settings.runs(),
                            settings.command("sync"));
            SyncTables tables = new SyncTables(title, results);
            Publication publication = new Publication(workplace, settings, "sync");
            publication.write(tables.text() + "\n\n" + rounds.work(statements).text());
            publication.judge(tables.missed());
        }
    }
}
