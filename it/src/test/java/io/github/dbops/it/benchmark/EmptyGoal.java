package io.github.dbops.it.benchmark;

import org.apache.maven.plugin.AbstractMojo;

/** A goal that does nothing: what Maven itself costs. Maven loads this class alone, without any other of this package. */
public final class EmptyGoal extends AbstractMojo {

    @Override
    public void execute() {}
}
