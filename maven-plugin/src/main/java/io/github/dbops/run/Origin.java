package io.github.dbops.run;

import java.util.Optional;

/**
 * From where a run was started, for records that dbops keeps.
 *
 * @param startedBy the operating system's user, or CI's actor
 * @param gitCommit the checked-out commit
 * @param ciRun the CI run's URL
 */
public record Origin(String startedBy, Optional<String> gitCommit, Optional<String> ciRun) {}
