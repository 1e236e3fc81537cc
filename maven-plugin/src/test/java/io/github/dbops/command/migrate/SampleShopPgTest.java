package io.github.dbops.command.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sample shop's dumps are what its migrations and their record say. */
class SampleShopPgTest {

    private static final Path DEMO = Path.of("..", "it", "demo");

    private static final String SHAPE = """
            SELECT 'column', table_name, column_name, data_type, udt_name, is_nullable, column_default, is_identity,
                   numeric_precision::text, numeric_scale::text, datetime_precision::text, ordinal_position::text
            FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
            UNION ALL
            SELECT 'index', tablename, indexname, indexdef, '', '', '', '', '', '', '', ''
            FROM pg_indexes
            WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
            UNION ALL
            SELECT 'reference', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', '', '', '', '', '', ''
            FROM pg_constraint
            WHERE contype = 'f'
            ORDER BY 1, 2, 3
            """;

    @Test
    void theHistoryHasThePresentChecksumsOfTheFirstTwoMigrations() throws Exception {
        String history = read(DEMO.resolve("db/history.sql"));
        for (Path migration : migrations().subList(0, 2)) {
            byte[] file = Files.readAllBytes(migration.resolve("migration.sql"));
            assertThat(history)
                    .contains("'" + migration.getFileName() + "'")
                    .contains("'"
                            + HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-256").digest(file)) + "'");
        }
        for (Path pending : migrations().subList(2, 4)) {
            assertThat(history).doesNotContain(pending.getFileName().toString());
        }
    }

    @PostgresTest
    void theFirstTwoMigrationsBuildTheDumpedSchema(TestServer server) throws IOException {
        try (TestDatabase dumped = server.createDatabase(read(DEMO.resolve("db/schema.sql")));
                TestDatabase migrated = server.createDatabase()) {
            migrations().subList(0, 2).forEach(migration -> migrated.execute(read(migration.resolve("migration.sql"))));

            assertThat(migrated.query(SHAPE)).isEqualTo(dumped.query(SHAPE)).hasSizeGreaterThan(30);
        }
    }

    private static List<Path> migrations() throws IOException {
        try (Stream<Path> entries = Files.list(DEMO.resolve("prisma/migrations"))) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
