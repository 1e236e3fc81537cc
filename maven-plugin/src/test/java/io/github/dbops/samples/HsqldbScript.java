package io.github.dbops.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code .script} file of an HSQLDB database, told in statements that PostgreSQL runs, foreign keys last. */
final class HsqldbScript {

    private static final Pattern TABLE = Pattern.compile("CREATE MEMORY TABLE (\\S+?)(\\(.*)");
    private static final Pattern FOREIGN_KEY =
            Pattern.compile(",(CONSTRAINT \\S+ FOREIGN KEY\\([^)]*\\) REFERENCES [^(]*\\([^)]*\\))");
    private static final Pattern ROW = Pattern.compile("INSERT INTO (\\S+) VALUES(\\(.*\\))");
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
    private static final int ROWS_A_STATEMENT = 1000;

    private final String schema;
    private final List<String> tables = new ArrayList<>();
    private final List<String> inserts = new ArrayList<>();
    private final List<String> foreignKeys = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private String filling = "";

    /**
     * Reads a script.
     *
     * @param lines the file's; HSQLDB writes a statement a line
     * @param schema the schema to take, quoted as in the script; the rest is HSQLDB's own
     */
    HsqldbScript(List<String> lines, String schema) {
        this.schema = schema;
        lines.forEach(this::read);
        endInsert();
    }

    /** In the order in which they are to be run. */
    List<String> statements() {
        List<String> all = new ArrayList<>();
        all.add("CREATE SCHEMA " + schema);
        all.addAll(tables);
        all.addAll(inserts);
        all.addAll(foreignKeys);
        return List.copyOf(all);
    }

    private void read(String line) {
        Matcher table = TABLE.matcher(line);
        Matcher row = ROW.matcher(line);
        if (table.matches() && isOurs(table.group(1))) {
            readTable(table.group(1), table.group(2));
        } else if (line.startsWith("ALTER TABLE " + schema + ".") && line.contains(" FOREIGN KEY")) {
            foreignKeys.add(line);
        } else if (row.matches() && isOurs(row.group(1))) {
            readRow(row.group(1), row.group(2));
        }
    }

    private boolean isOurs(String table) {
        return table.startsWith(schema + ".");
    }

    private void readTable(String table, String body) {
        FOREIGN_KEY
                .matcher(body)
                .results()
                .map(key -> "ALTER TABLE " + table + " ADD " + key.group(1))
                .forEach(foreignKeys::add);
        tables.add("CREATE TABLE " + table + FOREIGN_KEY.matcher(body).replaceAll(""));
    }

    private void readRow(String table, String values) {
        if (!table.equals(filling) || rows.size() == ROWS_A_STATEMENT) {
            endInsert();
            filling = table;
        }
        rows.add(ESCAPE.matcher(values).replaceAll(HsqldbScript::character));
    }

    private static String character(MatchResult escape) {
        return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16)));
    }

    private void endInsert() {
        if (!rows.isEmpty()) {
            inserts.add("INSERT INTO " + filling + " VALUES " + String.join(", ", rows));
            rows.clear();
        }
    }
}
