package io.github.dbops.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.Tuple;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * One script on its way through the simple protocol. JDBC does not tell how many statements of a message succeeded before
 * one failed, and the server names no position for most errors; so that the failed statement can be named, the answers
 * are counted here.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SIMPLE-QUERY">Simple Query</a>
 */
final class ScriptRun extends ResultHandlerBase {

    private final List<String> notices = new ArrayList<>();
    private int completed;

    /** Sends the text in one message and reads all answers. */
    static Session.ScriptResult of(Connection connection, String database, String text) {
        ScriptRun run = new ScriptRun();
        try {
            QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
            Query whole = executor.createQuery(text, false, false).query;
            // The driver would begin a transaction of its own otherwise.
            // What a SELECT returns may be more than fits into memory.
            int flags = QueryExecutor.QUERY_EXECUTE_AS_SIMPLE
                    | QueryExecutor.QUERY_SUPPRESS_BEGIN
                    | QueryExecutor.QUERY_NO_RESULTS;
            executor.execute(whole, null, run, 0, 0, flags);
        } catch (SQLException failure) {
            throw new ScriptFailure(new SqlFailure(database, failure), run.completed, run.notices);
        }
        return new Session.ScriptResult(run.completed, run.notices);
    }

    @Override
    public void handleCommandStatus(String status, long updateCount, long insertOid) {
        completed++;
    }

    @Override
    public void handleResultRows(Query query, Field[] fields, List<Tuple> rows, @Nullable ResultCursor cursor) {
        // In place of a command's status, where a statement returned rows; nobody wants them.
        completed++;
    }

    @Override
    public void handleWarning(SQLWarning warning) {
        ServerErrorMessage said = warning instanceof PSQLWarning notice ? notice.getServerErrorMessage() : null;
        notices.add(
                said == null ? String.valueOf(warning.getMessage()) : said.getSeverity() + ": " + said.getMessage());
    }
}
