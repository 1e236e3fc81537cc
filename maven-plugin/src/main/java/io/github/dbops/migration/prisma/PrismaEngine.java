package io.github.dbops.migration.prisma;

import io.github.dbops.migration.*;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Execution;
import java.util.List;
import java.util.function.Consumer;

/** Not there yet. */
public final class PrismaEngine implements MigrationEngine {

    /** Not there yet. */
    public PrismaEngine(MigrationFiles files, EngineTarget target, io.github.dbops.migration.PrismaExecution third) {}

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
