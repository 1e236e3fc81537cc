package io.github.dbops.sync.compare;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.sync.CanonicalKey;
import io.github.dbops.sync.NaturalKey;
import io.github.dbops.sync.Reference;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.Sides;
import io.github.dbops.sync.TableShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables that only translate references must have each key once: nothing else compares them, so nothing else would tell. */
final class LookupChecks {

    private final Sides sides;
    private final Findings findings;

    LookupChecks(Sides sides, Findings findings) {
        this.sides = sides;
        this.findings = findings;
    }

    void check(List<TableShape> shapes) {
        Map<QualifiedName, NaturalKey> lookups = new LinkedHashMap<>();
        shapes.stream()
                .flatMap(shape -> shape.references().stream())
                .map(Reference::parent)
                .forEach(parent -> gather(parent, lookups));
        for (NaturalKey key : lookups.values()) {
            for (Side side : Side.values()) {
                if (!key.isUnique(side)) {
                    check(key, side);
                }
            }
        }
    }

    private static void gather(NaturalKey key, Map<QualifiedName, NaturalKey> lookups) {
        if (!key.isCarried()) {
            lookups.put(key.name(), key);
        }
        key.leaves().stream()
                .flatMap(leaf -> leaf.path().stream())
                .map(Reference::parent)
                .filter(parent -> !parent.isCarried())
                .forEach(parent -> lookups.put(parent.name(), parent));
    }

    private void check(NaturalKey key, Side side) {
        Table table = side.table(key);
        Joins joins = new Joins(side);
        List<String> values = key.leaves().stream().map(joins::value).toList();
        // As the target tells keys apart, whatever the side's own types and collations do.
        String keys = key.leaves().stream()
                .map(leaf -> CanonicalKey.text(joins.value(leaf), leaf.column().type()) + " COLLATE \"C\"")
                .collect(Collectors.joining(", "));
        long twice = sides.session(side)
                .one(
                        """
                        SELECT count(*) FROM (
                            SELECT FROM %s AS t%s
                            WHERE %s
                            GROUP BY %s HAVING count(*) > 1) AS twice""".formatted(
                                        table.sql(),
                                        joins.sql(),
                                        values.stream()
                                                .map(value -> value + " IS NOT NULL")
                                                .collect(Collectors.joining(" AND ")),
                                        keys),
                        row -> row.getLong(1));
        if (twice > 0) {
            findings.addLookupDuplicates(key, side, twice);
        }
    }
}
