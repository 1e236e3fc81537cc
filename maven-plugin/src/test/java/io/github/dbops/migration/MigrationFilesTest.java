package io.github.dbops.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationFilesTest {

    @TempDir
    Path project;

    @Test
    void prismaIsKnownByItsLockFile() throws IOException {
        write("prisma/migrations/migration_lock.toml");

        assertThat(find(null, null))
                .isEqualTo(new MigrationFiles(
                        EngineName.PRISMA, project.resolve("prisma/migrations"), "prisma/migrations"));
    }

    @Test
    void prismaWithoutLockFileMustBeNamed() throws IOException {
        write("prisma/migrations/20260101000000_init/migration.sql");

        assertThatThrownBy(() -> find(null, null)).satisfies(is(Code.MIGRATIONS_NOT_FOUND));
        assertThat(find(EngineName.PRISMA, null).directory()).isEqualTo(project.resolve("prisma/migrations"));
    }

    @Test
    void flywayIsFoundInBothUsualPlaces() throws IOException {
        write("src/main/resources/db/migration/V1__init.sql");
        assertThat(find(null, null).display()).isEqualTo("src/main/resources/db/migration");

        write("db/migration/V1__init.sql");
        assertThat(find(null, null).display()).isEqualTo("db/migration");
    }

    @Test
    void bothEnginesAreRefusedUntilOneIsNamed() throws IOException {
        write("prisma/migrations/migration_lock.toml");
        write("db/migration/V1__init.sql");

        assertThatThrownBy(() -> find(null, null))
                .satisfies(is(Code.ENGINE_AMBIGUOUS))
                .hasMessageContaining("Both");
        assertThat(find(EngineName.FLYWAY, null).engine()).isEqualTo(EngineName.FLYWAY);
        assertThat(find(EngineName.PRISMA, null).engine()).isEqualTo(EngineName.PRISMA);
    }

    @Test
    void namedFolderIsTakenForWhatItHolds() throws IOException {
        write("database/a/migration_lock.toml");
        write("database/b/V1__init.sql");

        assertThat(find(null, "database/a").engine()).isEqualTo(EngineName.PRISMA);
        assertThat(find(null, "database/b").engine()).isEqualTo(EngineName.FLYWAY);
        assertThat(find(EngineName.PRISMA, "database/b").engine()).isEqualTo(EngineName.PRISMA);
    }

    @Test
    void folderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> find(null, "database"))
                .satisfies(is(Code.MIGRATIONS_NOT_FOUND))
                .hasMessageContaining("There is no folder database.");
        assertThatThrownBy(() -> find(EngineName.FLYWAY, null)).satisfies(is(Code.MIGRATIONS_NOT_FOUND));
    }

    private MigrationFiles find(@Nullable EngineName engine, @Nullable String named) {
        return MigrationFiles.find(project, Optional.ofNullable(engine), Optional.ofNullable(named));
    }

    private void write(String file) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.writeString(path, "");
    }

    private static Consumer<Throwable> is(Code code) {
        return failure ->
                assertThat(((ProblemException) failure).first().code()).isEqualTo(code);
    }
}
