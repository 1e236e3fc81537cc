package io.github.dbops.command;

import java.time.Duration;
import java.util.Optional;

/**
 * What proves a backup.
 *
 * @param check a command that must succeed, or a file that must be young; empty: none is asked for
 * @param maxAge how old the file may be
 */
public record Backup(Optional<String> check, Duration maxAge) {}
