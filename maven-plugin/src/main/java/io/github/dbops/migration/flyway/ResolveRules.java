package io.github.dbops.migration.flyway;

import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.migration.Resolution;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Nearest;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.resolver.ResolvedMigration;

/**
 * Prisma's preconditions of resolve, for Flyway's history.
 *
 * @param reading files and history
 */
record ResolveRules(HistoryReader.Reading reading) {

    private static final Set<MigrationState> OPEN = EnumSet.of(
            MigrationState.PENDING,
            MigrationState.ROLLED_BACK,
            MigrationState.FAILED,
            MigrationState.ABOVE_TARGET,
            MigrationState.IGNORED);

    /** What is to be done for each name; all that is in the way is told together. */
    List<Correction> check(Resolution.Action action, List<String> names) {
        List<Correction> corrections = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String name : names) {
            try {
                corrections.add(action == Resolution.Action.APPLIED ? applied(name) : rolledBack(name));
            } catch (ProblemException refused) {
                problems.addAll(refused.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems, null);
        }
        return corrections;
    }

    private Correction applied(String name) {
        List<HistoryReader.Known> known = known(name);
        if (known.isEmpty()) {
            throw unknown(name, "Neither the files nor the history know it.");
        }
        HistoryReader.Known open = known.stream()
                .filter(one -> OPEN.contains(one.migration().state()))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> alreadyApplied(known.get(known.size() - 1).migration()));
        if (OnDisk.of(open.info()).isEmpty()) {
            throw unknown(open.migration().name(), "The history has it as failed, and its file is not on disk.");
        }
        return new Correction(open.migration().name(), Optional.of(open), failedRank(open));
    }

    private Correction rolledBack(String name) {
        List<HistoryReader.Known> known = known(name);
        Optional<HistoryReader.Known> failed = known.stream()
                .filter(one -> one.migration().state() == MigrationState.FAILED)
                .findFirst();
        if (failed.isPresent()) {
            return new Correction(failed.get().migration().name(), failed, failedRank(failed.get()));
        }
        Optional<HistoryReader.Known> before = known.stream()
                .filter(one -> one.migration().state() == MigrationState.ROLLED_BACK)
                .findFirst();
        if (before.isPresent()) {
            return new Correction(before.get().migration().name(), before, Optional.empty());
        }
        Optional<Migration> recorded = known.stream()
                .map(HistoryReader.Known::migration)
                .filter(migration -> !migration.rows().isEmpty())
                .reduce((earlier, later) -> later);
        throw recorded.map(ResolveRules::notFailed).orElseGet(() -> neverApplied(name));
    }

    private static Optional<Integer> failedRank(HistoryReader.Known known) {
        return Optional.ofNullable(known.info().getInstalledRank())
                .filter(rank -> known.migration().state() == MigrationState.FAILED);
    }

    private List<HistoryReader.Known> known(String name) {
        List<HistoryReader.Known> exact = reading.known().stream()
                .filter(one -> one.migration().name().equals(name)
                        || one.info().getScript().equals(name))
                .toList();
        return exact.isEmpty()
                ? reading.known().stream()
                        .filter(one -> sameVersion(one.info(), name))
                        .toList()
                : exact;
    }

    // 1.0 and 1 are one version to Flyway.
    private static boolean sameVersion(MigrationInfo info, String name) {
        try {
            return info.getVersion() != null && info.getVersion().equals(MigrationVersion.fromVersion(name));
        } catch (FlywayException notAVersion) {
            return false;
        }
    }

    private ProblemException unknown(String name, String why) {
        List<String> names = reading.history().migrations().stream()
                .map(Migration::name)
                .distinct()
                .toList();
        List<String> next = new ArrayList<>();
        Nearest.to(name, names)
                .filter(near -> !near.equals(name))
                .ifPresent(near -> next.add("Did you mean " + near + "?"));
        next.add("See what there is: mvn dbops:migrate-status");
        return new Problem(
                        Code.MIGRATION_UNKNOWN,
                        "There is no migration " + name + ".",
                        null,
                        why,
                        DeployRefusals.UNCHANGED,
                        next)
                .exception();
    }

    private static ProblemException alreadyApplied(Migration migration) {
        String why = migration.state() == MigrationState.BELOW_BASELINE
                ? "It is older than the baseline, which stands for it."
                : "The history has it as " + migration.state().word()
                        + migration.at().map(at -> " since " + at).orElse("") + ".";
        return new Problem(
                        Code.ALREADY_APPLIED,
                        "Migration " + migration.name() + " is recorded as applied already.",
                        migration.file().orElse(null),
                        why,
                        DeployRefusals.UNCHANGED,
                        List.of("There is nothing to resolve. See the others: mvn dbops:migrate-status"))
                .exception();
    }

    private ProblemException neverApplied(String name) {
        List<String> next = new ArrayList<>();
        Nearest.to(
                        name,
                        reading.history().in(MigrationState.FAILED).stream()
                                .map(Migration::name)
                                .toList())
                .filter(near -> !near.equals(name))
                .ifPresent(near -> next.add("Did you mean " + near + "?"));
        next.add("See what there is: mvn dbops:migrate-status");
        return new Problem(
                        Code.NEVER_APPLIED,
                        "Migration " + name + " cannot be rolled back: it was never applied.",
                        null,
                        "The history has no row of it. One that failed in its transaction leaves none, and is simply"
                                + " run again by the next deploy.",
                        DeployRefusals.UNCHANGED,
                        next)
                .exception();
    }

    private static ProblemException notFailed(Migration migration) {
        return new Problem(
                        Code.NOT_FAILED,
                        "Migration " + migration.name() + " cannot be rolled back: it did not fail.",
                        migration.file().orElse(null),
                        "The history has it as " + migration.state().word() + ".",
                        DeployRefusals.UNCHANGED,
                        List.of("To change what it did, write a new migration."))
                .exception();
    }

    /**
     * What is done for one name.
     *
     * @param name the migration's own name
     * @param known what is known of it
     * @param failedRank the row that goes
     */
    record Correction(String name, Optional<HistoryReader.Known> known, Optional<Integer> failedRank) {

        Optional<MigrationInfo> info() {
            return known.map(HistoryReader.Known::info);
        }

        boolean deletes() {
            return failedRank.isPresent();
        }

        /** A migration that was rolled back before is not rolled back again. */
        boolean changes(Resolution.Action action) {
            return action == Resolution.Action.APPLIED
                    || deletes()
                    || known.filter(one -> one.migration().state() != MigrationState.ROLLED_BACK)
                            .isPresent();
        }

        /** How it will look afterwards. */
        Resolution expected(Resolution.Action action) {
            Migration before = known.orElseThrow().migration();
            boolean applied = action == Resolution.Action.APPLIED;
            return new Resolution(
                    name,
                    action,
                    Optional.of(before),
                    new Migration(
                            before.name(),
                            before.title(),
                            before.type(),
                            applied ? MigrationState.APPLIED : MigrationState.ROLLED_BACK,
                            !applied && info().flatMap(OnDisk::of).isPresent(),
                            before.file(),
                            applied ? checksum() : Optional.empty(),
                            before.fileChecksum(),
                            applied ? before.at() : Optional.empty(),
                            Optional.empty(),
                            before.by(),
                            List.of(),
                            List.of()));
        }

        private Optional<String> checksum() {
            return info().flatMap(OnDisk::of)
                    .map(ResolvedMigration::getChecksum)
                    .map(String::valueOf);
        }
    }
}
