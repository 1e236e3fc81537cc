package io.github.dbops.command;

import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.run.Progress;
import io.github.dbops.sync.MoreSides;
import io.github.dbops.sync.Side;
import io.github.dbops.sync.Sides;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Further pairs of sessions inside the snapshots of a first pair. Where a server does not give them (it has no connection
 * left, its standbys are behind one name, it is not PostgreSQL's own kind), it is said,
 * and there are fewer.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-set-transaction.html">SET TRANSACTION SNAPSHOT</a>
 */
final class SharedSnapshots implements MoreSides {

    private final Databases databases;
    private final Sides first;
    private final Progress progress;
    private final List<Sides> pairs = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private Optional<Sides.Both<String>> snapshots = Optional.empty();

    /**
     * Opens nothing yet.
     *
     * @param databases where to
     * @param first the pair, inside its transactions, which must last as long as this is open
     * @param progress told when there can be no further pair
     */
    SharedSnapshots(Databases databases, Sides first, Progress progress) {
        this.databases = databases;
        this.first = first;
        this.progress = progress;
    }

    @Override
    public Optional<Sides> open() {
        Optional<Session> alone = Stream.of(first.source(), first.target())
                .filter(session -> !session.traits().sharing())
                .findFirst();
        if (alone.isPresent()) {
            progress.say("No further sessions to read through: " + alone.get().database()
                    + " shares no snapshot with them, or this role may not ask it to.");
            return Optional.empty();
        }
        try {
            Sides.Both<String> snapshots = exported();
            Session source = within(Side.SOURCE, snapshots.source());
            Session target = within(Side.TARGET, snapshots.target());
            Sides sides = new Sides(source, target);
            pairs.add(sides);
            return Optional.of(sides);
        } catch (SqlFailure | ProblemException failure) {
            progress.say("No further sessions to read through: " + failure.getMessage());
            return Optional.empty();
        }
    }

    private Sides.Both<String> exported() {
        if (snapshots.isEmpty()) {
            snapshots = Optional.of(first.both((side, session) -> session.exportSnapshot()));
        }
        return snapshots.get();
    }

    private Session within(Side side, String snapshot) {
        Session session = databases.openAnother(side);
        sessions.add(session);
        session.beginWithin(snapshot);
        return session;
    }

    @Override
    public void close() {
        pairs.forEach(Sides::close);
        sessions.forEach(Session::close);
    }
}
