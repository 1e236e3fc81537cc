package io.github.dbops.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {

    @TempDir
    Path directory;

    @Test
    void theDefaultPlaceInTheRootBeatsTheOneUnderScripts() throws IOException {
        write("scripts/db/sync-plan.json");
        assertThat(PlanFile.locate(directory, Optional.empty()).name()).isEqualTo("scripts/db/sync-plan.json");

        write("sync-plan.json");
        assertThat(PlanFile.locate(directory, Optional.empty()))
                .isEqualTo(new PlanFile(directory.resolve("sync-plan.json"), "sync-plan.json"));
    }

    @Test
    void anExplicitPlanIsTheOnlyPlaceLookedAt() throws IOException {
        write("sync-plan.json");
        write("other.json");

        assertThat(PlanFile.locate(directory, Optional.of("other.json")).path())
                .isEqualTo(directory.resolve("other.json"));
        assertMissing(
                Optional.of("no.json"), "There is no sync plan no.json.", "Looked for no.json in " + directory + ".");
    }

    @Test
    void anAbsolutePathStandsForItself() throws IOException {
        Path plan = write("elsewhere/plan.json");

        assertThat(PlanFile.locate(Path.of("."), Optional.of(plan.toString())).path())
                .isEqualTo(plan);
    }

    @Test
    void namesBothDefaultPlacesWhereNeitherHasAPlan() {
        assertMissing(
                Optional.empty(),
                "There is no sync plan.",
                "Looked for sync-plan.json, then scripts/db/sync-plan.json in " + directory + ".");
    }

    @Test
    void aDirectoryIsNoPlan() throws IOException {
        Files.createDirectories(directory.resolve("plans"));

        assertMissing(
                Optional.of("plans"),
                "There is no sync plan plans.",
                "Looked for plans (is a directory) in " + directory + ".");
    }

    @Test
    void aPathThatIsNoneIsAProblemToo() {
        assertMissing(Optional.of("a\0b"), "The plan's path is no path.", "Nul character not allowed.");
    }

    private Path write(String place) throws IOException {
        Path file = directory.resolve(place);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "{ \"tables\": [] }");
    }

    private void assertMissing(Optional<String> explicit, String what, String why) {
        assertThatThrownBy(() -> PlanFile.locate(directory, explicit))
                .isInstanceOfSatisfying(ProblemException.class, missing -> {
                    assertThat(missing.first().code()).isEqualTo(Code.PLAN_MISSING);
                    assertThat(missing.first().what()).isEqualTo(what);
                    assertThat(missing.first().why()).isEqualTo(why);
                    assertThat(missing.first().next()).last().asString().contains("mvn dbops:sync -Dplan=");
                    assertThat(missing.first().next().get(0).endsWith("mvn dbops:init"))
                            .isEqualTo(what.equals("There is no sync plan."));
                });
    }
}
