package io.github.dbops.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeployDigestTest {

    private static final Migration INIT = applied("1_init", "aa");
    private static final Migration SHOES = pending("2_shoes", "bb");
    private static final Migration HATS = pending("3_hats", "cc");
    private static final History HISTORY = history(INIT, SHOES, HATS);

    @Test
    void equalHistoriesHaveOneDigest() {
        assertThat(DeployDigest.of(history(INIT, SHOES, HATS))).isEqualTo(DeployDigest.of(HISTORY));
    }

    @Test
    void whatDecidesWhatADeployDoesChangesIt() {
        List<History> others = List.of(
                history(INIT, HATS, SHOES),
                history(INIT, SHOES),
                history(INIT, SHOES, pending("3_hats", "cd")),
                history(INIT, SHOES, pending("3_caps", "cc")),
                history(applied("1_init", "ab"), SHOES, HATS),
                history(SHOES, HATS),
                new History(EngineName.FLYWAY, HISTORY.table(), HISTORY.migrations(), HISTORY.settings(), List.of()),
                new History(EngineName.PRISMA, HISTORY.table(), HISTORY.migrations(), List.of("a=b"), List.of()));

        assertThat(Stream.concat(Stream.of(HISTORY), others.stream()).map(DeployDigest::of))
                .doesNotHaveDuplicates();
    }

    @Test
    void namesThatJoinToTheSameTextDiffer() {
        assertThat(DeployDigest.of(history(pending("a", "1"), pending("b", "2"))))
                .isNotEqualTo(DeployDigest.of(history(pending("a1", ""), pending("b", "2"))));
    }

    @Test
    void whenAndWhereItIsReadDoesNotMatter() {
        History elsewhere = new History(
                EngineName.PRISMA,
                Optional.of("other._prisma_migrations"),
                HISTORY.migrations(),
                HISTORY.settings(),
                List.of("a warning"));

        assertThat(DeployDigest.of(elsewhere)).isEqualTo(DeployDigest.of(HISTORY));
    }

    private static History history(Migration... migrations) {
        return new History(
                EngineName.PRISMA, Optional.of("public._prisma_migrations"), List.of(migrations), List.of(), List.of());
    }

    private static Migration applied(String name, String checksum) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("migration_name", name);
        return migration(name, MigrationState.APPLIED, Optional.of(checksum), List.of(new HistoryRow(row)));
    }

    private static Migration pending(String name, String checksum) {
        return migration(name, MigrationState.PENDING, Optional.of(checksum), List.of());
    }

    private static Migration migration(
            String name, MigrationState state, Optional<String> checksum, List<HistoryRow> rows) {
        return new Migration(
                name,
                Optional.empty(),
                "sql",
                state,
                state == MigrationState.PENDING,
                Optional.of("prisma/migrations/" + name),
                rows.isEmpty() ? Optional.empty() : checksum,
                checksum,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                rows);
    }
}
