package io.github.dbops.migration.flyway;

import io.github.dbops.migration.History;
import io.github.dbops.migration.MavenCommand;
import io.github.dbops.migration.Migration;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.configuration.Configuration;

/** Why a deploy does not begin, told before Flyway says it in its own words. */
final class DeployRefusals {

    static final String UNCHANGED = "Nothing was changed.";

    private DeployRefusals() {}

    /** Refuses a history with failed migrations. */
    static void failed(HistoryReader.Reading reading, Configuration configuration) {
        boolean futureMayFail = List.of(configuration.getIgnoreMigrationPatterns()).stream()
                .anyMatch(
                        pattern -> pattern.matchesMigration(true, org.flywaydb.core.api.MigrationState.FUTURE_FAILED));
        List<Problem> problems = reading.known().stream()
                .filter(known -> known.migration().state() == MigrationState.FAILED)
                .filter(known ->
                        !futureMayFail || known.info().getState() != org.flywaydb.core.api.MigrationState.FUTURE_FAILED)
                .map(known -> failed(known.migration()))
                .toList();
        if (!problems.isEmpty()) {
            throw new ProblemException(problems, null);
        }
    }

    private static Problem failed(Migration migration) {
        return new Problem(
                Code.HISTORY_HAS_FAILED,
                "Migration " + migration.name() + " failed before, and nobody has said what became of it.",
                migration.file().orElse(null),
                "The history has it as failed"
                        + migration.at().map(at -> " since " + at).orElse("") + ". It did not run in a transaction,"
                        + " so a part of it may be in the database.",
                UNCHANGED,
                waysOut(migration.name()));
    }

    /** Both commands for a migration that failed. */
    static List<String> waysOut(String name) {
        return List.of(
                "Look at what the database has of it. When you have undone that: "
                        + MavenCommand.rolledBack(List.of(name)),
                "or, when you have completed it by hand: " + MavenCommand.applied(List.of(name)));
    }

    /** Refuses what Flyway's validation rejects. */
    static void rejected(List<HistoryReader.Objection> objections, History history) {
        if (objections.isEmpty()) {
            return;
        }
        List<String> why = new ArrayList<>();
        Set<String> next = new LinkedHashSet<>();
        for (HistoryReader.Objection objection : objections) {
            why.add(objection.name() + ": " + reason(objection));
            next.add(way(objection, history));
        }
        throw new Problem(
                        Code.MIGRATIONS_REJECTED,
                        objections.size() == 1
                                ? "Flyway's validation rejects migration "
                                        + objections.get(0).name() + "."
                                : "Flyway's validation rejects " + objections.size() + " migrations.",
                        null,
                        String.join("; ", why) + ".",
                        UNCHANGED,
                        List.copyOf(next))
                .exception();
    }

    private static String reason(HistoryReader.Objection objection) {
        if (objection.details().errorCode instanceof CoreErrorCode code) {
            switch (code) {
                case CHECKSUM_MISMATCH -> {
                    return "its file has changed since it was applied";
                }
                case APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED, APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED -> {
                    return "it was applied and is not on disk";
                }
                case RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED, RESOLVED_REPEATABLE_MIGRATION_NOT_APPLIED -> {
                    return "it is older than what is applied, and was not applied";
                }
                default -> {}
            }
        }
        String words = objection.details().errorMessage.lines().findFirst().orElse("Flyway gives no reason");
        return words.replaceAll("[.!]+$", "");
    }

    private static String way(HistoryReader.Objection objection, History history) {
        String file = history.find(objection.name())
                .flatMap(Migration::file)
                .map(path -> " " + path)
                .orElse("");
        if (objection.details().errorCode instanceof CoreErrorCode code) {
            switch (code) {
                case CHECKSUM_MISMATCH, TYPE_MISMATCH, DESCRIPTION_MISMATCH -> {
                    return "Restore the file" + file + " as it was, and put the change into a new migration.";
                }
                case APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED, APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED -> {
                    return "Restore the missing file, or deploy without it: "
                            + "mvn dbops:migrate-deploy '-Dflyway.ignoreMigrationPatterns=*:missing'";
                }
                case RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED, RESOLVED_REPEATABLE_MIGRATION_NOT_APPLIED -> {
                    return "Give" + (file.isEmpty() ? " it" : file)
                            + " a newer version, or run it now: mvn dbops:migrate-deploy -Dflyway.outOfOrder=true";
                }
                default -> {}
            }
        }
        return "Mend it, then look again: mvn dbops:migrate-status";
    }

    /** Refuses a database that has objects and no history, as Flyway's migrate would. */
    static void notEmpty(HistoryReader.Reading reading) {
        Configuration configuration = reading.flyway().getConfiguration();
        if (reading.exists()
                || reading.empty()
                || configuration.isBaselineOnMigrate()
                || configuration.isSkipExecutingMigrations()) {
            return;
        }
        throw new Problem(
                        Code.SCHEMA_NOT_EMPTY,
                        "The database has objects and no history of migrations.",
                        "schema " + reading.table().schema(),
                        "There is no table " + reading.table().display().orElseThrow()
                                + ", so that it cannot be told which migrations are in the database already.",
                        UNCHANGED,
                        List.of(
                                "If all migrations up to a version are in it, make that version the baseline: "
                                        + "mvn dbops:migrate-deploy -Dflyway.baselineOnMigrate=true -Dflyway.baselineVersion=VERSION",
                                "or record single ones: mvn dbops:resolve -Dapplied=VERSION"))
                .exception();
    }
}
