package io.github.dbops.sync.shape;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Column;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.ShapedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A child's 5 must never silently point at another parent: what cannot be translated, nor shown to be the same, is refused. */
final class ReferenceChecks {

    private final Map<QualifiedName, PlannedColumns> tables;
    private final Providers providers;
    private final Function<QualifiedName, Table> targetTables;

    /**
     * Checks of foreign keys.
     *
     * @param tables those whose rows can be told by a natural key
     * @param providers which values are local
     * @param targetTables reads a table of the target
     */
    ReferenceChecks(
            Map<QualifiedName, PlannedColumns> tables,
            Providers providers,
            Function<QualifiedName, Table> targetTables) {
        this.tables = tables;
        this.providers = providers;
        this.targetTables = targetTables;
    }

    /** What stands against carrying the reference; empty: nothing. */
    Optional<Problem> problem(Link link) {
        if (link.isRaw()) {
            return Optional.empty();
        }
        PlannedColumns parent = tables.get(link.parent());
        if (parent == null) {
            return unplanned(link);
        }
        List<String> local = providers.local(link);
        if (!providers.canTranslate(link)) {
            List<String> lost = local.stream()
                    .filter(name -> providers.of(link.child(), name).isEmpty())
                    .toList();
            return lost.isEmpty()
                    ? Optional.empty()
                    : untranslatable(
                            link,
                            link.key().temporal()
                                    ? "It references a period (PERIOD), so that several rows together may be its parent."
                                    : "Only a part of its columns takes part.",
                            lost);
        }
        return local.isEmpty()
                ? Optional.empty()
                : sourceParent(link, parent, local).or(() -> divided(link));
    }

    /** What the roles lack to follow the reference, where its parent is only looked up. */
    void checkPrivileges(Link link, List<Problem> problems) {
        PlannedColumns parent = tables.get(link.parent());
        if (parent != null && !parent.isCarried() && !link.isRaw()) {
            List<String> columns = new ArrayList<>(parent.planned().key());
            link.key().parentColumns().stream()
                    .filter(name -> !columns.contains(name))
                    .forEach(columns::add);
            new PrivilegeChecks(parent.planned(), parent.source(), parent.target(), Execution.DRY_RUN)
                    .checkColumns(columns, problems);
        }
    }

    // What the source lacks cannot be followed there; what is not unique there would lead to several rows.
    private Optional<Problem> sourceParent(Link link, PlannedColumns parent, List<String> local) {
        List<String> columns = link.key().parentColumns();
        if (!parent.source().columnNames().containsAll(columns)) {
            return untranslatable(
                    link,
                    "The source's " + parent.source().name() + " has no column " + String.join(", ", columns) + ".",
                    local);
        }
        return parent.source().isUnique(columns)
                ? Optional.empty()
                : untranslatable(
                        link,
                        "In the source " + parent.source().name() + " (" + String.join(", ", columns)
                                + ") is not unique by an index.",
                        local);
    }

    private Optional<Problem> divided(Link link) {
        List<String> provided = providers.provided(link);
        long keys = provided.stream()
                .filter(name -> link.child()
                        .column(name)
                        .filter(c -> c.part() == ShapedColumn.Part.KEY)
                        .isPresent())
                .count();
        return keys == 0 || keys == provided.size()
                ? Optional.empty()
                : untranslatable(
                        link,
                        "A part of its columns belongs to the key of "
                                + link.child().name() + ".",
                        provided);
    }

    private Optional<Problem> unplanned(Link link) {
        Table parent = targetTables.apply(link.parent());
        boolean numbered = link.key().parentColumns().stream()
                .flatMap(name -> parent.column(name).stream())
                .anyMatch(Column::isSequenceBacked);
        return numbered
                ? Optional.of(Problem.of(
                                Code.SURROGATE_REFERENCED,
                                link + " references a generated id of " + parent.name()
                                        + ", whose rows the plan cannot tell.",
                                parent.name() + "."
                                        + String.join(", ", link.key().parentColumns())
                                        + " comes from a sequence, so equal numbers mean different rows on the two sides.",
                                "List " + parent.name() + " with its natural key (\"mode\": \"skip\" will do), put "
                                        + quoted(link.key().columns())
                                        + " into the table's \"exclude\", or, if the ids are known to agree, into its"
                                        + " \"rawReferences\".")
                        .at(link.child().place()))
                : Optional.empty();
    }

    private static Optional<Problem> untranslatable(Link link, String why, List<String> columns) {
        return Optional.of(Problem.of(
                        Code.REFERENCE_UNTRANSLATABLE,
                        link + " cannot be carried through the natural key of " + link.parent() + ".",
                        why,
                        "Put " + quoted(columns)
                                + " into the table's \"exclude\", or, if the values are known to agree," + " "
                                + quoted(link.key().columns()) + " into its \"rawReferences\".")
                .at(link.child().place()));
    }

    private static String quoted(List<String> columns) {
        return "\"" + String.join("\", \"", columns) + "\"";
    }
}
