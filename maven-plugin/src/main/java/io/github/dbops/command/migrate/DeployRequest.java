package io.github.dbops.command.migrate;

import io.github.dbops.command.Backup;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import java.util.Optional;

/**
 * What {@code dbops:migrate-deploy} was asked.
 *
 * @param run what every migrate goal was asked
 * @param execution a dry-run shows what would run
 * @param expected {@code dbops.expectDigest}: deploy exactly that, or nothing
 * @param backup what proves a backup before a deploy
 * @param createDatabase whether a database that does not exist is created
 */
public record DeployRequest(
        MigrateRequest run, Execution execution, Optional<Digest> expected, Backup backup, boolean createDatabase) {}
