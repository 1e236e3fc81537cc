package io.github.dbops.command;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.postgres.ConnectionPolicy;
import io.github.dbops.postgres.Connector;
import io.github.dbops.postgres.SameDatabase;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.Session.Transaction;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.sync.draft.Survey;
import io.github.dbops.sync.draft.evidence.Effort;
import io.github.dbops.sync.draft.evidence.SurveyReader;
import java.util.List;
import java.util.Optional;

/** Looks at the source, and at the target's catalog where it answers. Both transactions are READ ONLY. */
final class SourceAndTarget {

    private final DatabaseUrl.Server source;
    private final Optional<DatabaseUrl.Server> target;
    private final InitRequest request;
    private final InitRecord record;
    private final PhaseClock clock;

    SourceAndTarget(
            DatabaseUrl.Server source,
            Optional<DatabaseUrl.Server> target,
            InitRequest request,
            InitRecord record,
            PhaseClock clock) {
        this.source = source;
        this.target = target;
        this.request = request;
        this.record = record;
        this.clock = clock;
    }

    /** One attempt, from connecting on. */
    Survey survey() {
        clock.phase("connect");
        try (Session session = new Connector(request.connections(), "init", clock::say).open(source)) {
            session.begin(Transaction.READ_ONLY);
            clock.phase("look");
            Survey survey = new SurveyReader(session).source(Effort.upTo(request.mostRows()), clock);
            Survey both =
                    target.map(there -> withTarget(survey, session, there)).orElse(survey);
            session.rollback();
            return both;
        }
    }

    /** That a target could not be asked, for a warning. */
    static String notLookedAt(Problem problem) {
        return "The target's catalog was not looked at. " + problem.what() + " " + problem.why();
    }

    private Survey withTarget(Survey survey, Session session, DatabaseUrl.Server there) {
        try (Session other = new Connector(once(), "init", clock::say).open(there)) {
            other.begin(Transaction.READ_ONLY);
            if (SameDatabase.areOne(other, session)) {
                record.warn("Source and target are the same database, so that its catalog was looked at once.");
                return survey;
            }
            List<String> names =
                    survey.tables().stream().map(t -> t.facts().planName()).toList();
            Survey both = survey.withTarget(new SurveyReader(other).target(names));
            record.consulted(there.display());
            other.rollback();
            return both;
        } catch (ProblemException unreachable) {
            record.warn(notLookedAt(unreachable.first()));
        } catch (SqlFailure failure) {
            record.warn(notLookedAt(failure.problem()));
        }
        return survey;
    }

    /** Nobody should wait for a target that is not needed. */
    private ConnectionPolicy once() {
        ConnectionPolicy policy = request.connections();
        return new ConnectionPolicy(policy.lockTimeout(), 1, policy.within(), policy.pooler());
    }
}
