package io.github.dbops.migration;

import java.net.URL;
import java.util.List;

/** Where Java migrations of the current module come from. Asked only when a location needs it. */
@FunctionalInterface
public interface ModuleClassPath {

    /**
     * The module's compiled classes, its resources and its dependencies.
     *
     * @throws io.github.dbops.problem.ProblemException where there is no module, or it cannot be resolved
     */
    List<URL> urls();
}
