package io.github.dbops.report;

import io.github.dbops.run.Execution;
import io.github.dbops.sync.draft.Draft;
import io.github.dbops.sync.draft.DraftedTable;
import io.github.dbops.sync.draft.InitOutcome;
import io.github.dbops.sync.draft.InitOutcome.Result;
import io.github.dbops.sync.draft.LeftOut;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an outcome of {@code dbops:init} comes to, in words that every report shares.
 *
 * @param outcome the outcome
 */
record InitVerdict(InitOutcome outcome) {

    /** The report's heading. */
    String title() {
        return "dbops init"
                + (outcome.execution() == Execution.DRY_RUN && !outcome.draft().isEmpty() ? ", dry-run" : "");
    }

    /** One sentence. */
    String sentence() {
        return switch (outcome.result()) {
            case WRITTEN -> counts() + "; the plan was written.";
            case SHOWN -> counts() + "; nothing was written.";
            case REFUSED -> "Refused; nothing was written.";
            case FAILED -> "Failed; no plan was written.";
        };
    }

    /** What to do next, a line each; empty where the problems say it. */
    List<String> next() {
        if (outcome.result() == Result.SHOWN) {
            return List.of("Write it: " + outcome.syncCommand().replace("dbops:sync", "dbops:init"));
        }
        return outcome.result() == Result.WRITTEN
                ? List.of(
                        "Read " + outcome.planFile() + ", and set \"mode\" for the tables that may travel.",
                        "Then look what would happen: " + outcome.syncCommand())
                : List.of();
    }

    /** Tables with columns that are proposed as sensitive, and these columns. */
    List<String> sensitive() {
        return tables().stream()
                .filter(t -> !t.columns().sensitive().isEmpty())
                .map(t -> t.planName() + ": "
                        + String.join(", ", t.columns().sensitive().keySet()))
                .toList();
    }

    /** How many relations got no entry, by reason. */
    List<String> leftOut() {
        Map<LeftOut.Why, Long> counts = outcome.draft().map(Draft::leftOut).orElse(List.of()).stream()
                .collect(Collectors.groupingBy(LeftOut::why, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(e -> e.getKey().title() + ": " + Amount.of(e.getValue()))
                .toList();
    }

    List<DraftedTable> tables() {
        return outcome.draft().map(Draft::tables).orElse(List.of());
    }

    private String counts() {
        long withKey = outcome.draft().map(Draft::withKey).orElse(0L);
        return Amount.of(tables().size(), "table") + ", "
                + (withKey == tables().size() ? "each" : Amount.of(withKey) + " of them") + " with a key";
    }
}
