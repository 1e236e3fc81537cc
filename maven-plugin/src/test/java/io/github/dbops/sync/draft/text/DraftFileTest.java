package io.github.dbops.sync.draft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftFileTest {

    @TempDir
    private Path folder;

    private DraftFile named(String name) {
        return DraftFile.locate(folder, Optional.of(name));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileThatAppearsWhileThePlanIsDraftedIsNotOverwritten() throws IOException {
        DraftFile file = named("sync-plan.json");
        file.refuseIfThere();
        Files.writeString(folder.resolve("sync-plan.json"), "mine");

        assertThatThrownBy(() -> file.create("drafted"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.first().code()).isEqualTo(Code.PLAN_EXISTS));
        assertThat(folder.resolve("sync-plan.json")).hasContent("mine");
        assertThat(files()).containsExactly("sync-plan.json", "sync-plan.schema.json");
    }

    @Test
    void nothingButPlanAndSchemaIsLeft() throws IOException {
        named("sync-plan.json").create("first");
        named("sync-plan.json").replace("second");
        assertThat(folder.resolve("sync-plan.json")).hasContent("second");
        assertThat(files()).containsExactly("sync-plan.json", "sync-plan.schema.json");
    }

    @Test
    void theCommandNamesThePlanWhereASyncWouldNotFindIt() {
        assertThat(named("sync-plan.json").command()).isEqualTo("mvn dbops:sync");
        assertThat(named("scripts/db/sync-plan.json").command()).isEqualTo("mvn dbops:sync");
        assertThat(named("plans/shop.json").command()).isEqualTo("mvn dbops:sync -Dplan=plans/shop.json");
        assertThat(named("it's one.json").command()).isEqualTo("mvn dbops:sync -Dplan='it'\\''s one.json'");
        assertThat(named("plans/shop.json").schemaName()).isEqualTo("plans/sync-plan.schema.json");
    }
}
