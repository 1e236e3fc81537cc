package io.github.dbops.it.benchmark;

import io.github.dbops.it.Database;
import io.github.dbops.it.Folder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The states in which source and target are compared, built when first asked for. */
final class DataSets {

    private static final int TABLES = 20;
    private static final int TINY_TABLES = 5;

    private final Servers servers;
    private final Folder scripts;
    private final int rows;
    private final Map<String, String> fingerprints = new HashMap<>();

    /**
     * Data sets of a size.
     *
     * @param servers where they are built
     * @param scripts what builds them
     * @param rows rows of the large table, and of all the smaller ones together
     */
    DataSets(Servers servers, Folder scripts, int rows) {
        this.servers = servers;
        this.scripts = scripts;
        this.rows = rows;
    }

    /** The large table, the target's empty but for its indexes. */
    DataSet empty() {
        return product("empty", script("product.sql"), "VACUUM ANALYZE");
    }

    /** The large table, the same on both sides. */
    DataSet identical() {
        return product("identical", script("product.sql"), script("product-rows.sql"), "VACUUM ANALYZE");
    }

    /** The large table: 1 % changed, 1 % missing, 1 % extra. */
    DataSet diff1() {
        return product(
                "diff1",
                script("product.sql"),
                script("product-rows.sql"),
                script("product-diff1.sql"),
                "VACUUM ANALYZE");
    }

    private DataSet product(String state, String... target) {
        return new DataSet(
                new DataSet.Side(
                        "product_" + rows,
                        List.of(script("product.sql"), script("product-rows.sql"), "VACUUM ANALYZE")),
                new DataSet.Side("product_" + rows + "_" + state, List.of(target)));
    }

    /** The large table as {@link #diff1}, with foreign keys to two parents whose ids differ between the sides. */
    DataSet references() {
        List<String> source = List.of(
                script("product.sql"),
                script("product-rows.sql"),
                script("parents.sql").replace(":order", "ASC"),
                script("parents-references.sql"),
                "VACUUM ANALYZE");
        List<String> target = List.of(
                script("product.sql"),
                script("product-rows.sql"),
                script("product-diff1.sql"),
                script("parents.sql").replace(":order", "DESC"),
                script("parents-references.sql"),
                "VACUUM ANALYZE");
        return new DataSet(
                new DataSet.Side("references_" + rows, source), new DataSet.Side("references_" + rows, target));
    }

    /** Names of the tables of {@link #tables}. */
    static List<String> tableNames() {
        return IntStream.rangeClosed(1, TABLES).mapToObj(i -> "Product" + i).toList();
    }

    /** As many rows in many tables, the same on both sides. */
    DataSet tables() {
        List<String> setup = new ArrayList<>();
        for (String name : tableNames()) {
            for (String script : List.of("product.sql", "product-rows.sql")) {
                setup.add(scripts.text(script)
                        .replace(":rows", "" + rows / TABLES)
                        .replace("\"Product\"", "\"" + name + "\""));
            }
        }
        setup.add("VACUUM ANALYZE");
        DataSet.Side side = new DataSet.Side("tables_" + rows, setup);
        return new DataSet(side, side);
    }

    /** Names of the tables of {@link #tiny}. */
    static List<String> tinyNames() {
        return IntStream.rangeClosed(1, TINY_TABLES).mapToObj(i -> "Tiny" + i).toList();
    }

    /** A few tables of ten rows, of which one differs and one is missing. */
    DataSet tiny() {
        List<String> source = new ArrayList<>();
        List<String> target = new ArrayList<>();
        for (String name : tinyNames()) {
            source.add("""
                    CREATE TABLE "%1$s" ("slug" text PRIMARY KEY, "title" text NOT NULL, "price" numeric(12, 2));
                    INSERT INTO "%1$s" SELECT 'row-' || i, 'Row ' || i, i FROM generate_series(1, 10) AS i
                    """.formatted(name));
            target.add(source.get(source.size() - 1));
            target.add("UPDATE \"%1$s\" SET \"price\" = 0 WHERE \"slug\" = 'row-5'".formatted(name));
            target.add("DELETE FROM \"%1$s\" WHERE \"slug\" = 'row-7'".formatted(name));
        }
        source.add("VACUUM ANALYZE");
        target.add("VACUUM ANALYZE");
        return new DataSet(new DataSet.Side("tiny", source), new DataSet.Side("tiny", target));
    }

    private String script(String name) {
        return scripts.text(name).replace(":rows", "" + rows);
    }

    /** Builds what is not there yet of both databases. */
    DataSet built(DataSet data) {
        build(servers.source(), data.source());
        build(servers.target(), data.target());
        return data;
    }

    private static void build(Server server, DataSet.Side side) {
        if (!server.database("postgres")
                .rows("SELECT 1 FROM pg_database WHERE datname = '" + side.database() + "'")
                .isEmpty()) {
            return;
        }
        System.out.println("Building database " + side.database());
        // Renamed when it is complete, so that a benchmark that is killed meanwhile leaves no half of it.
        String unfinished = side.database() + "_unfinished";
        Database postgres = server.database("postgres");
        postgres.execute("DROP DATABASE IF EXISTS " + unfinished + " WITH (FORCE)");
        postgres.execute("CREATE DATABASE " + unfinished + " TEMPLATE template0");
        side.setup().forEach(server.database(unfinished)::execute);
        postgres.execute("ALTER DATABASE " + unfinished + " RENAME TO " + side.database());
        postgres.execute("CHECKPOINT");
    }

    /** Makes the target's working copy anew, and leaves both servers as warm as a reading leaves them. */
    void reset(DataSet data) {
        Database postgres = servers.target().database("postgres");
        postgres.execute("DROP DATABASE IF EXISTS " + data.workingCopy() + " WITH (FORCE)");
        // Before 15 there is only this way, and no word for it.
        String strategy = servers.target().majorVersion() >= 15 ? " STRATEGY FILE_COPY" : "";
        postgres.execute("CREATE DATABASE " + data.workingCopy() + " TEMPLATE "
                + data.target().database() + strategy);
        postgres.execute("CHECKPOINT");
        servers.source().database("postgres").execute("CHECKPOINT");
        warm(servers.source(), data.source().database());
        warm(servers.target(), data.workingCopy());
    }

    private static void warm(Server server, String database) {
        server.value(database, "SELECT sum(length(t::text)) FROM \"Product\" AS t");
    }

    /** Drops a working copy, which is as large as what it was copied from. */
    void forget(DataSet data) {
        servers.target()
                .database("postgres")
                .execute("DROP DATABASE IF EXISTS " + data.workingCopy() + " WITH (FORCE)");
    }

    /**
     * Fails unless a working copy holds exactly the source's rows, and the extra ones untouched.
     *
     * @throws IllegalStateException with what is there
     */
    void checkApplied(DataSet data) {
        String wanted = fingerprints.computeIfAbsent(
                data.source().database(), name -> servers.source().value(name, fingerprint("NOT")));
        String extrasBefore = fingerprints.computeIfAbsent(
                data.target().database(), name -> servers.target().value(name, fingerprint("")));
        String found = servers.target().value(data.workingCopy(), fingerprint("NOT"));
        String extras = servers.target().value(data.workingCopy(), fingerprint(""));
        if (!wanted.equals(found) || !extrasBefore.equals(extras)) {
            throw new IllegalStateException("the target holds " + found + " and extra " + extras + " instead of "
                    + wanted + " and extra " + extrasBefore);
        }
    }

    private String fingerprint(String not) {
        return scripts.text("fingerprint.sql").replace(":extras", not);
    }

    /** How many rows of {@link #diff1} were changed. */
    int changed() {
        return counted(7);
    }

    /** How many rows of {@link #diff1} are missing. */
    int missing() {
        return counted(13);
    }

    private int counted(int remainder) {
        return Integer.parseInt(servers.source()
                .value(
                        "product_" + rows,
                        "SELECT count(*) FROM \"Product\" WHERE abs(hashtext(\"id\")) % 100 = " + remainder));
    }

    int rows() {
        return rows;
    }
}
