package io.github.dbops.sync;

import java.util.List;
import java.util.Optional;

/**
 * A valid sync plan: default deny, so a table that is not among {@link #tables} does not exist for a sync. Complete in
 * itself; whether the databases fit it is the comparison's question.
 *
 * @param file the plan's path as the operator gave it
 * @param hash SHA-256 over the plan's meaning (not its spelling: white space, comments, order of fields), hexadecimal
 * @param tables in the plan's order, the skipped ones included
 * @param protectedPatterns the built-in patterns first, then the plan's own
 * @param allowSideEffects names of tables that triggers may write, as the plan spells them
 * @param samples what the plan says of samples; empty: each report's default
 */
public record Plan(
        String file,
        String hash,
        List<PlannedTable> tables,
        List<ProtectedPattern> protectedPatterns,
        List<String> allowSideEffects,
        Optional<SampleDetail> samples) {

    public Plan {
        tables = List.copyOf(tables);
        protectedPatterns = List.copyOf(protectedPatterns);
        allowSideEffects = List.copyOf(allowSideEffects);
    }

    /** The tables that may be written, in the plan's order. */
    public List<PlannedTable> active() {
        return tables.stream().filter(t -> t.mode() != Mode.SKIP).toList();
    }

    /** The first pattern that protects a table, asked by both its names. */
    public Optional<ProtectedPattern> protecting(String schema, String name) {
        return protectedPatterns.stream().filter(p -> p.matches(schema, name)).findFirst();
    }

    /**
     * The first pattern that protects a planned table as far as its entry tells: by its bare name and, where the entry
     * has a schema, by its qualified one. Once the schema is known, {@link #protecting(String, String)} tells more.
     */
    public Optional<ProtectedPattern> protecting(PlannedTable table) {
        return protectedPatterns.stream()
                .filter(p -> p.matches(table.bareName()) || p.matches(table.name()))
                .findFirst();
    }
}
