package io.github.dbops.migration.flyway;

import io.github.dbops.migration.*;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import java.util.List;
import java.util.function.Consumer;

/** Not there yet. */
public final class FlywayEngine implements MigrationEngine {

    /** Not there yet. */
    public FlywayEngine(MigrationFiles files, EngineTarget target, FlywaySettings third) {}

    @Override
    public History history() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Problem> obstacles() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Deployment deploy(Consumer<History> review) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Resolution> resolve(Resolution.Action action, List<String> names, Execution execution) {
        throw new UnsupportedOperationException();
    }
}
