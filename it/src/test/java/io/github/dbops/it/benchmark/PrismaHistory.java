package io.github.dbops.it.benchmark;

import io.github.dbops.it.Folder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A repository's history of migrations as {@code prisma migrate dev} writes it: tables, columns, indexes, foreign keys and
 * enums, one to thirty statements each, few of them long. The same seed makes the same files.
 */
final class PrismaHistory {

    private static final int MOST_STATEMENTS = 30;
    private static final List<String> TYPES =
            List.of("TEXT", "INTEGER", "BIGINT", "BOOLEAN", "TIMESTAMP(3)", "DECIMAL(65,30)", "JSONB", "UUID");

    private final Random random;
    private final List<String> tables = new ArrayList<>();
    private int names;
    private int statements;

    private PrismaHistory(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Writes one.
     *
     * @param project gets a folder {@code prisma/migrations}
     * @return what was written
     */
    static Written write(Folder project, int migrations, long seed) {
        PrismaHistory history = new PrismaHistory(seed);
        project.write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
        List<Path> scripts = new ArrayList<>();
        for (int i = 0; i < migrations; i++) {
            String name = String.format(Locale.ROOT, "%d_change_%03d", 20_240_101_000_000L + i, i);
            String file = "prisma/migrations/" + name + "/migration.sql";
            project.write(file, history.migration());
            scripts.add(project.path().resolve(file));
        }
        return new Written(List.copyOf(scripts), history.statements);
    }

    /**
     * The files of a history.
     *
     * @param scripts in the order in which they run
     * @param statements how many all have together
     */
    record Written(List<Path> scripts, int statements) {}

    private String migration() {
        // The third power: most are short.
        int count = 1 + (int) (MOST_STATEMENTS * Math.pow(random.nextDouble(), 3));
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < count; i++) {
            sql.append(i == 0 ? "" : "\n").append(statement()).append('\n');
        }
        statements += count;
        return sql.toString();
    }

    private String statement() {
        if (tables.isEmpty() || random.nextInt(5) == 0) {
            return createTable();
        }
        String table = tables.get(random.nextInt(tables.size()));
        return switch (random.nextInt(6)) {
            case 0, 1 ->
                "-- AlterTable\nALTER TABLE \"" + table + "\" ADD COLUMN     \"" + fresh("column") + "\" " + type()
                        + ";";
            case 2, 3 ->
                "-- CreateIndex\nCREATE INDEX \"" + fresh(table + "_idx") + "\" ON \"" + table + "\"(\"createdAt\");";
            case 4 ->
                "-- AddForeignKey\nALTER TABLE \"" + table + "\" ADD CONSTRAINT \"" + fresh(table + "_fkey")
                        + "\" FOREIGN KEY (\"parentId\") REFERENCES \"" + tables.get(random.nextInt(tables.size()))
                        + "\"(\"id\") ON DELETE SET NULL ON UPDATE CASCADE;";
            default ->
                "-- CreateEnum\nCREATE TYPE \"" + fresh("Status") + "\" AS ENUM ('NEW', 'PAID', 'SENT', 'DONE');";
        };
    }

    private String createTable() {
        String table = fresh("Table");
        tables.add(table);
        StringBuilder columns = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            columns.append("    \"")
                    .append(fresh("column"))
                    .append("\" ")
                    .append(type())
                    .append(",\n");
        }
        return """
                -- CreateTable
                CREATE TABLE "%s" (
                    "id" TEXT NOT NULL,
                    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
                    "parentId" TEXT,
                %s
                    CONSTRAINT "%s_pkey" PRIMARY KEY ("id")
                );""".formatted(table, columns, table);
    }

    private String type() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    private String fresh(String kind) {
        return kind + "_" + names++;
    }
}
