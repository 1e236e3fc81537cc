package io.github.dbops.migration.prisma;

import io.github.dbops.migration.EngineName;
import io.github.dbops.migration.History;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.PrismaExecution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What each migration is to the database, told from its file and its rows. */
final class Verdicts {

    private final Situation situation;
    private final Optional<String> holder;
    private final Set<String> outOfOrder;
    private final Map<String, PrismaFile> files = new HashMap<>();
    private final Map<String, List<PrismaRow>> rows = new HashMap<>();

    /**
     * Verdicts.
     *
     * @param holder who holds the engine's lock now, for people; empty: nobody else
     */
    Verdicts(Situation situation, Optional<String> holder) {
        this.situation = situation;
        this.holder = holder;
        this.outOfOrder = outOfOrder(situation.rows());
        situation.files().forEach(file -> files.put(file.name(), file));
        situation
                .rows()
                .forEach(row -> rows.computeIfAbsent(row.name(), name -> new ArrayList<>())
                        .add(row));
    }

    History history(PrismaExecution execution, Collection<String> warnings) {
        Set<String> names = new TreeSet<>(new MigrationOrder());
        names.addAll(files.keySet());
        names.addAll(rows.keySet());
        List<String> settings = execution == PrismaExecution.AUTO
                ? List.of()
                : List.of("execution=" + execution.name().toLowerCase(Locale.ROOT));
        return new History(
                EngineName.PRISMA,
                situation.table().map(table -> table.name().toString()),
                names.stream().map(this::migration).toList(),
                settings,
                List.copyOf(warnings));
    }

    Migration migration(String name) {
        Optional<PrismaFile> file = Optional.ofNullable(files.get(name));
        List<PrismaRow> all = rows.getOrDefault(name, List.of());
        Optional<PrismaRow> decisive = decisive(all);
        List<Verdict> verdicts = verdicts(name, file, all, decisive);
        MigrationState state = verdicts.get(0).state();
        List<String> notes = new ArrayList<>(verdicts.stream()
                .map(Verdict::note)
                .filter(note -> !note.isEmpty())
                .toList());
        notes.addAll(remarks(file, all, decisive));
        return new Migration(
                name,
                Optional.empty(),
                "sql",
                state,
                file.isPresent() && (state == MigrationState.PENDING || state == MigrationState.ROLLED_BACK),
                file.filter(f -> f.script().isPresent()).map(PrismaFile::place),
                decisive.map(PrismaRow::checksum),
                file.flatMap(PrismaFile::script).map(MigrationScript::checksum),
                decisive.map(row -> row.finishedAt().orElse(row.startedAt())),
                decisive.flatMap(PrismaRow::took),
                Optional.empty(),
                notes,
                all.stream().map(PrismaRow::asItIs).toList());
    }

    /** What is true of a migration, and a sentence about it; the first of several is its state. */
    private record Verdict(MigrationState state, String note) {}

    // A failed row counts even where a newer one is finished: Prisma refuses to deploy then.
    private static Optional<PrismaRow> decisive(List<PrismaRow> rows) {
        return last(rows.stream().filter(PrismaRow::isFailed))
                .or(() -> last(rows.stream().filter(row -> !row.isRolledBack())))
                .or(() -> last(rows.stream()));
    }

    private static Optional<PrismaRow> last(Stream<PrismaRow> rows) {
        return rows.reduce((earlier, later) -> later);
    }

    private List<Verdict> verdicts(
            String name, Optional<PrismaFile> file, List<PrismaRow> all, Optional<PrismaRow> decisive) {
        List<Verdict> found = new ArrayList<>();
        Optional<MigrationScript> script = file.flatMap(PrismaFile::script);
        if (all.isEmpty()) {
            return List.of(new Verdict(MigrationState.PENDING, ""));
        }
        PrismaRow row = decisive.orElseThrow();
        if (row.isRolledBack()) {
            return List.of(new Verdict(MigrationState.ROLLED_BACK, ""));
        }
        if (row.isFailed()) {
            found.add(unfinished(row));
        }
        if (script.isEmpty()) {
            found.add(new Verdict(MigrationState.MISSING, row.isFailed() ? "It is no longer on disk." : ""));
        } else if (!script.get().has(row.checksum())) {
            found.add(new Verdict(MigrationState.MODIFIED, found.isEmpty() ? "" : "Its file has changed since."));
        }
        if (outOfOrder.contains(name)) {
            found.add(new Verdict(
                    MigrationState.OUT_OF_ORDER,
                    found.isEmpty() ? "" : "It was applied after one that comes later in order."));
        }
        found.add(new Verdict(MigrationState.APPLIED, ""));
        return found;
    }

    private Verdict unfinished(PrismaRow row) {
        if (row.logs().isPresent()) {
            return new Verdict(MigrationState.FAILED, "");
        }
        return holder.map(who -> new Verdict(MigrationState.RUNNING, "The lock is held by " + who + "."))
                .orElseGet(() -> new Verdict(
                        MigrationState.FAILED,
                        "It has no error recorded: its process died, or its connection was lost."));
    }

    private static List<String> remarks(Optional<PrismaFile> file, List<PrismaRow> all, Optional<PrismaRow> decisive) {
        List<String> remarks = new ArrayList<>();
        if (file.isPresent() && file.get().script().isEmpty()) {
            remarks.add("Its directory has no migration.sql.");
        }
        file.flatMap(PrismaFile::script)
                .filter(script -> script.encoding() == MigrationScript.Encoding.BROKEN)
                .ifPresent(script -> remarks.add("Its file is not UTF-8."));
        if (decisive.filter(row -> !row.isRolledBack() && row.isResolvedAsApplied())
                .isPresent()) {
            remarks.add("It was recorded as applied by resolve, not run.");
        }
        long before = all.stream().filter(PrismaRow::isRolledBack).count();
        boolean standsForItself = decisive.filter(PrismaRow::isRolledBack).isPresent();
        if (before > (standsForItself ? 1 : 0)) {
            remarks.add(before + (before == 1 ? " run of it was" : " runs of it were") + " rolled back.");
        }
        return remarks;
    }

    /** Those that ran after one that comes later; what resolve recorded did not run then. */
    private static Set<String> outOfOrder(List<PrismaRow> rows) {
        List<PrismaRow> done = rows.stream()
                .filter(row -> row.finishedAt().isPresent() && !row.isRolledBack())
                .sorted((one, other) -> new MigrationOrder().compare(other.name(), one.name()))
                .toList();
        Set<String> found = new HashSet<>();
        Instant earliestOfLater = Instant.MAX;
        for (PrismaRow row : done) {
            if (earliestOfLater.isBefore(row.startedAt()) && !row.isResolvedAsApplied()) {
                found.add(row.name());
            }
            earliestOfLater = earliestOfLater.isBefore(row.startedAt()) ? earliestOfLater : row.startedAt();
        }
        return found;
    }
}
