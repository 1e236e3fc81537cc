package io.github.dbops.migration.flyway;

import io.github.dbops.migration.EngineName;
import io.github.dbops.migration.EngineTarget;
import io.github.dbops.migration.History;
import io.github.dbops.migration.HistoryRow;
import io.github.dbops.migration.Migration;
import io.github.dbops.postgres.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ErrorDetails;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.api.pattern.ValidatePattern;

/**
 * Reads files and history through Flyway, and writes nothing: its connections cannot.
 *
 * @param target the database
 * @param settings what is set
 * @param asked where it was set
 */
record HistoryReader(EngineTarget target, EffectiveSettings settings, FlywaySettings asked) {

    History history() {
        return read().history();
    }

    Reading read() {
        try (FlywayTool tool = new FlywayTool(target, settings, asked.classPath());
                Session session = target.connector().open(target.url())) {
            EmptySchemas empty = new EmptySchemas();
            Flyway flyway = tool.reading(empty);
            List<MigrationInfo> infos = Arrays.asList(flyway.info().all());
            session.begin(Session.Transaction.READ_ONLY);
            HistoryTable table = HistoryTable.of(flyway.getConfiguration(), session);
            boolean exists = table.exists(session);
            Map<Integer, HistoryRow> rows = exists ? table.rows(session) : Map.of();
            Set<String> rolledBack = new ResolutionTable(session).rolledBack(table);
            session.rollback();

            MigrationNames names = new MigrationNames(infos);
            // A repeatable one that was run since is not rolled back when its file changes again.
            infos.stream()
                    .filter(info -> info.isApplied() && !info.getState().isFailed())
                    .map(names::of)
                    .forEach(rolledBack::remove);
            MigrationView view = new MigrationView(asked.project(), names, rows, rolledBack);
            List<Known> known =
                    infos.stream().map(info -> new Known(info, view.of(info))).toList();
            List<String> warnings = new ArrayList<>(settings.warnings());
            warnings.addAll(tool.warnings());
            return new Reading(
                    new History(
                            EngineName.FLYWAY,
                            exists ? table.display() : Optional.empty(),
                            known.stream().map(Known::migration).toList(),
                            new Decisive(settings, asked.project()).lines(),
                            warnings),
                    known,
                    table,
                    exists,
                    empty.isTrue(),
                    flyway);
        } catch (FlywayException refused) {
            throw FlywayRefusal.of(refused, target.url().display());
        }
    }

    /** What Flyway's validation has to say against a deploy; empty where validation is off. */
    List<Objection> objections() {
        try (FlywayTool tool = new FlywayTool(target, settings, asked.classPath())) {
            Flyway flyway = tool.reading(new EmptySchemas());
            if (!flyway.getConfiguration().isValidateOnMigrate()) {
                return List.of();
            }
            List<ValidatePattern> ignored =
                    new ArrayList<>(List.of(flyway.getConfiguration().getIgnoreMigrationPatterns()));
            ignored.add(ValidatePattern.fromPattern("*:pending"));
            Flyway lenient = Flyway.configure(flyway.getConfiguration().getClassLoader())
                    .configuration(flyway.getConfiguration())
                    .ignoreMigrationPatterns(ignored.toArray(ValidatePattern[]::new))
                    .load();
            return lenient.validateWithResult().invalidMigrations.stream()
                    .map(Objection::of)
                    .toList();
        } catch (FlywayException refused) {
            throw FlywayRefusal.of(refused, target.url().display());
        }
    }

    /**
     * One complaint of Flyway's validation.
     *
     * @param version empty for a repeatable
     * @param description the migration's
     * @param details Flyway's code and words
     */
    record Objection(String version, String description, ErrorDetails details) {
        static Objection of(ValidateOutput output) {
            return new Objection(
                    output.version == null ? "" : output.version,
                    output.description == null ? "" : output.description,
                    output.errorDetails);
        }

        String name() {
            return version.isEmpty() ? description : version;
        }
    }

    /**
     * What was read.
     *
     * @param known the history's migrations with what Flyway has of them
     * @param table where the history is, or would be
     * @param exists whether it is there
     * @param empty Flyway's schemas have no objects
     * @param flyway for its configuration; its class path is closed
     */
    record Reading(
            History history, List<Known> known, HistoryTable table, boolean exists, boolean empty, Flyway flyway) {}

    /** A migration and Flyway's view of it. */
    record Known(MigrationInfo info, Migration migration) {}
}
