package io.github.dbops.sync.compare;

import io.github.dbops.run.Progress;
import io.github.dbops.run.TableWork;

/** Progress that several threads may tell: one after the other. */
final class OneAtATime implements Progress {

    private final Progress progress;

    OneAtATime(Progress progress) {
        this.progress = progress;
    }

    @Override
    public synchronized void say(String line) {
        progress.say(line);
    }

    @Override
    public synchronized void phase(String name) {
        progress.phase(name);
    }

    @Override
    public synchronized Rows table(TableWork work) {
        return progress.table(work);
    }
}
