package io.github.dbops.command.github;

import io.github.dbops.run.Digest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the gate is asked.
 *
 * @param environment the environment's name
 * @param approval whether somebody must have approved
 * @param digest what the approval's comment must name; empty where no comment is asked for
 * @param reports the folder for reports, absolute
 */
public record GateRequest(String environment, Requirement approval, Optional<Digest> digest, Path reports) {

    /** Whether somebody must have approved. */
    public enum Requirement {
        REVIEWERS,
        /** The operator says that nobody has to. */
        NOBODY
    }
}
