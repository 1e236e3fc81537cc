package io.github.dbops.sync.plan;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A plan's file.
 *
 * @param path where it is
 * @param name how messages and reports call it: as the operator gave it
 */
public record PlanFile(Path path, String name) {

    /** Where a plan is looked for when none is named; spec section 2. */
    static final List<String> DEFAULT_PLACES = List.of("sync-plan.json", "scripts/db/sync-plan.json");

    private static final String COMMAND = "mvn dbops:sync -Dplan=path/to/sync-plan.json";

    /**
     * The plan that an operator means.
     *
     * @param directory the execution root; relative paths start here
     * @param explicit the file as given; empty: the first of the default places where there is one
     * @throws ProblemException {@link Code#PLAN_MISSING} that names the places looked at
     */
    public static PlanFile locate(Path directory, Optional<String> explicit) {
        List<String> places = explicit.map(List::of).orElse(DEFAULT_PLACES);
        return places.stream()
                .map(place -> new PlanFile(resolve(directory, place), place))
                .filter(file -> Files.isRegularFile(file.path()))
                .findFirst()
                .orElseThrow(() -> missing(directory, explicit, places));
    }

    private static Path resolve(Path directory, String place) {
        try {
            return directory.resolve(place);
        } catch (InvalidPathException e) {
            throw Problem.of(Code.PLAN_MISSING, "The plan's path is no path.", e.getReason() + ".", COMMAND)
                    .withState(Complaints.STATE)
                    .exception(e);
        }
    }

    private static ProblemException missing(Path directory, Optional<String> explicit, List<String> places) {
        String looked = places.stream()
                .map(place -> place + (Files.isDirectory(directory.resolve(place)) ? " (is a directory)" : ""))
                .collect(Collectors.joining(", then "));
        Problem problem = explicit.isPresent()
                ? Problem.of(
                        Code.PLAN_MISSING,
                        "There is no sync plan " + explicit.get() + ".",
                        "Looked for " + looked + " in " + directory + ".",
                        "Name the file that you mean: " + COMMAND)
                : Problem.of(
                        Code.PLAN_MISSING,
                        "There is no sync plan.",
                        "Looked for " + looked + " in " + directory + ".",
                        "Have a first one written from the database: mvn dbops:init",
                        "Or name another file: " + COMMAND);
        return problem.withState(Complaints.STATE).exception();
    }
}
