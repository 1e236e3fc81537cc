package io.github.dbops.sync.compare;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.catalog.Type;
import io.github.dbops.sync.ShapedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Enums of one name whose labels may differ: a migration that adds a label may have reached the source only. */
final class EnumLabels {

    private final Session source;
    private final Session target;

    EnumLabels(Session source, Session target) {
        this.source = source;
        this.target = target;
    }

    /** Whether the column holds labels at all: it is an enum, or an array of something that may be one. */
    boolean mayDiffer(ShapedColumn column) {
        return column.target().type().kind() == Type.Kind.ENUM || isUserArray(column);
    }

    /** A condition on the source's value that holds for labels which the target lacks; empty: it lacks none. */
    Optional<String> foreign(String value, ShapedColumn column) {
        if (lacking(column).isEmpty()) {
            return Optional.empty();
        }
        List<String> there = labels(target, column.target().type());
        String known = there.stream()
                .map(label -> "'" + label.replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "ALL (ARRAY[", "]::text[])"));
        return Optional.of(
                isUserArray(column)
                        ? "EXISTS (SELECT FROM unnest(" + value + "::text[]) AS label WHERE label <> " + known + ")"
                        : value + "::text <> " + known);
    }

    /** Labels of the source's type that the target's lacks. */
    List<String> lacking(ShapedColumn column) {
        List<String> lacking = new ArrayList<>(labels(source, column.source().type()));
        lacking.removeAll(labels(target, column.target().type()));
        return lacking;
    }

    private static boolean isUserArray(ShapedColumn column) {
        Type type = column.target().type();
        return type.kind() == Type.Kind.ARRAY && !type.hasBuiltInElement();
    }

    private static List<String> labels(Session session, Type type) {
        QualifiedName name = type.kind() == Type.Kind.ARRAY ? type.element().orElse(type.base()) : type.base();
        return session.query(
                "SELECT enumlabel FROM pg_enum WHERE enumtypid = to_regtype(?)", row -> row.getString(1), name.sql());
    }
}
