package io.github.dbops.it.benchmark;

import io.github.dbops.it.Folder;
import io.github.dbops.it.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code dbops:sync} as its users run it: a Maven process of its own in a folder without a POM.
 *
 * @param project that folder, with the plan
 * @param maven Maven, but for goals
 * @param mavenOptions added to the environment's MAVEN_OPTS
 */
record SyncGoal(Folder project, List<String> maven, String mavenOptions) {

    private static final String REPORT = "dbops-reports/sync-report.json";

    /** A folder for a plan. */
    static SyncGoal of(Workplace workplace, Settings settings, SyncMethods.Plan plan) {
        Folder project = new Folder(workplace.scratch().path().resolve("projects/" + plan.name()));
        project.write("sync-plan.json", plan.json());
        project.write(".mvn/maven.config", "");
        return new SyncGoal(project, workplace.maven(), settings.mavenOptions());
    }

    /**
     * Runs it.
     *
     * @param route by which the databases are reached
     * @param source the source's database
     * @param target the target's database
     * @param arguments the goal and its options
     * @return what its report says; it has succeeded, or has been refused
     * @throws IllegalStateException where it failed without a report
     */
    SyncReport run(Route route, String source, String target, List<String> arguments) {
        forgetReport();
        int exit = Processes.exitCode(process(route, source, target, arguments));
        if (!Files.exists(project.path().resolve(REPORT))) {
            throw new IllegalStateException("no report, see " + log());
        }
        SyncReport report = SyncReport.in(project.text(REPORT));
        if ((exit == 0) == report.problem().isPresent()) {
            throw new IllegalStateException("exit code " + exit + " and " + report + ", see " + log());
        }
        return report;
    }

    /** Runs whatever goal, of which nothing but success is wanted. */
    void mustSucceed(Route route, String source, String target, List<String> arguments) {
        Processes.mustSucceed(process(route, source, target, arguments));
    }

    private ProcessBuilder process(Route route, String source, String target, List<String> arguments) {
        List<String> command = new ArrayList<>(maven);
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(project.path().toFile())
                .redirectOutput(log().toFile())
                .redirectErrorStream(true);
        process.environment().put("DBOPS_FROM_URL", Route.url(route.source(), source));
        process.environment().put("DBOPS_TO_URL", Route.url(route.target(), target));
        process.environment().merge("MAVEN_OPTS", mavenOptions, (surrounding, more) -> surrounding + " " + more);
        return process;
    }

    private Path log() {
        return project.path().resolve("maven.log");
    }

    private void forgetReport() {
        try {
            Files.deleteIfExists(project.path().resolve(REPORT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
