package io.github.dbops.migration;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.postgres.Connector;
import io.github.dbops.run.Progress;

/**
 * The database that an engine works on, and the way to it.
 *
 * @param url where it is
 * @param connector opens sessions with it
 * @param settings waiting and trying again
 * @param progress told what is being done, a line each
 */
public record EngineTarget(DatabaseUrl.Server url, Connector connector, EngineSettings settings, Progress progress) {}
