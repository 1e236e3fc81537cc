package io.github.dbops.world;

import java.util.List;

/**
 * Two databases and a plan: everything that decides what a sync must do.
 *
 * @param seed that it was drawn by
 * @param source the source's schema and server
 * @param target the target's
 * @param types statements that make the types that columns use, each for both sides unless it names one
 * @param tables parents before children where that is possible
 * @param spelling how the plan and the operator write
 * @param sourceRows in the order of insertion
 * @param targetRows likewise
 */
record World(
        long seed,
        Place source,
        Place target,
        List<UserType> types,
        List<Table> tables,
        Spelling spelling,
        List<Row> sourceRows,
        List<Row> targetRows) {

    /** The table outside of every plan that triggers of audited tables write. */
    static final String AUDIT_LOG = "audit_log";

    /** Where extensions are; never in a search path of dbops. */
    static final String EXTENSIONS = "ext";

    World {
        types = List.copyOf(types);
        tables = List.copyOf(tables);
        sourceRows = List.copyOf(sourceRows);
        targetRows = List.copyOf(targetRows);
    }

    /** A schema, and the major version of the server that it is on. */
    record Place(String schema, int majorVersion) {}

    /** A statement that makes a type, as it is on each side. */
    record UserType(String source, String target) {}

    /**
     * How the plan and the operator write.
     *
     * @param names whether tables are named bare or with their schema
     * @param words whether the operator says the two words that allow protected tables to be overwritten
     * @param sideEffects whether the plan allows the audit log to be written
     * @param samples how much of rows reports may show
     * @param recording whether rows of tables with sensitive columns are recorded for an undo
     */
    record Spelling(Names names, Words words, SideEffects sideEffects, Samples samples, Recording recording) {}

    /** Whether the plan says {@code "undo": true} where columns are sensitive. */
    enum Recording {
        UNSAID,
        SAID
    }

    /** How much of rows reports may show. */
    enum Samples {
        UNSAID,
        VALUES
    }

    /** How the plan names tables. */
    enum Names {
        BARE,
        QUALIFIED
    }

    /** Whether protected tables may be overwritten. */
    enum Words {
        UNSAID,
        SAID
    }

    /** Whether triggers may write the audit log. */
    enum SideEffects {
        FORBIDDEN,
        ALLOWED
    }

    Place place(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    List<Row> rows(Side side) {
        return side == Side.SOURCE ? sourceRows : targetRows;
    }

    Table table(String name) {
        return tables.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    World withRows(List<Row> newSource, List<Row> newTarget) {
        return new World(seed, source, target, types, tables, spelling, newSource, newTarget);
    }

    World withTables(List<Table> newTables) {
        return new World(seed, source, target, types, newTables, spelling, sourceRows, targetRows);
    }
}
