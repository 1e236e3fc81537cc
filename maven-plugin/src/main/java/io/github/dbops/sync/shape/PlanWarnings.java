package io.github.dbops.sync.shape;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.catalog.Catalog;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.ProtectedPattern;
import java.util.ArrayList;
import java.util.List;

/** What a plan says that means nothing in this database: most likely a slip. */
final class PlanWarnings {

    private final Plan plan;
    private final Catalog target;

    PlanWarnings(Plan plan, Catalog target) {
        this.plan = plan;
        this.target = target;
    }

    List<String> list() {
        List<String> warnings = new ArrayList<>();
        for (ProtectedPattern pattern : plan.protectedPatterns()) {
            if (!pattern.builtIn() && target.relations().stream().noneMatch(r -> matches(pattern, r))) {
                warnings.add("The protected pattern \"" + pattern.glob() + "\" matches no table of the target.");
            }
        }
        for (String name : plan.allowSideEffects()) {
            if (target.resolve(name).isEmpty()) {
                warnings.add("\"allowSideEffects\" names \"" + name + "\", which the target does not have.");
            }
        }
        return warnings;
    }

    private static boolean matches(ProtectedPattern pattern, QualifiedName relation) {
        return pattern.matches(relation.schema(), relation.name());
    }
}
