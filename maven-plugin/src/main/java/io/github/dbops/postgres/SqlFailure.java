package io.github.dbops.postgres;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the server or the driver answered instead of a result. Callers that can do something about it ask for the
 * {@link #state}; all others let it pass to the command, which shows its {@link #problem}.
 *
 * <p>DETAIL and CONTEXT are not part of the message, because PostgreSQL quotes rows in them.
 */
public final class SqlFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String database;
    private final transient SqlState state;
    private final String said;
    private final Moment moment;
    private final boolean tls;
    private final transient @Nullable ServerErrorMessage server;

    /** Whether there was a session when it happened. */
    enum Moment {
        CONNECTING,
        CONNECTED
    }

    SqlFailure(String database, SQLException cause) {
        this(database, cause, Moment.CONNECTED);
    }

    SqlFailure(String database, SQLException cause, Moment moment) {
        // Not the cause itself: its message holds DETAIL, and a stack trace under -e would print it.
        super(messageOf(cause));
        this.database = database;
        this.state = new SqlState(cause.getSQLState() == null ? "08000" : cause.getSQLState());
        this.said = messageOf(cause);
        this.moment = moment;
        this.tls = cause.getCause() instanceof SSLException;
        this.server = cause instanceof PSQLException answer ? answer.getServerErrorMessage() : null;
        setStackTrace(cause.getStackTrace());
    }

    /**
     * What a library got as an answer that holds a session of its own, see {@link SessionSource}.
     *
     * @param database the database for people
     */
    public static SqlFailure of(String database, SQLException answer) {
        return new SqlFailure(database, answer);
    }

    private static String messageOf(SQLException cause) {
        if (cause instanceof PSQLException answer && answer.getServerErrorMessage() != null) {
            String message = answer.getServerErrorMessage().getMessage();
            return message == null ? "no message" : message;
        }
        String message = String.valueOf(cause.getMessage());
        Throwable reason = cause.getCause();
        return reason == null || reason.getMessage() == null || message.contains(reason.getMessage())
                ? message
                : message + " (" + reason.getMessage() + ")";
    }

    /** The SQLSTATE; 08000 where the driver gave none. */
    public SqlState state() {
        return state;
    }

    /** Whether there was no session yet: the {@link Connector} has then tried as often as the policy allows. */
    boolean isWhileConnecting() {
        return moment == Moment.CONNECTING;
    }

    /** The database's or the driver's own words. */
    public String said() {
        return said;
    }

    /** The constraint that was violated, where the server names one. */
    public Optional<String> constraint() {
        return Optional.ofNullable(server).map(ServerErrorMessage::getConstraint);
    }

    /** The table the error is about, {@code schema.table}, where the server names one. */
    public Optional<String> table() {
        return Optional.ofNullable(server)
                .filter(s -> s.getTable() != null)
                .map(s -> s.getSchema() + "." + s.getTable());
    }

    /** DETAIL, which quotes the row; only for those who may see values. */
    public Optional<String> detail() {
        return Optional.ofNullable(server).map(ServerErrorMessage::getDetail);
    }

    /** What the server suggests. */
    public Optional<String> hint() {
        return Optional.ofNullable(server).map(ServerErrorMessage::getHint);
    }

    /** The character of the sent text at which it happened, the first being 1; 0 where the server names none. */
    public int position() {
        return server == null ? 0 : server.getPosition();
    }

    /** The failure as its user reads it. */
    public Problem problem() {
        String why = said + " (SQLSTATE " + state + ")"
                + constraint().map(c -> ", constraint \"" + c + "\"").orElse("")
                + table().map(t -> ", table " + t).orElse("");
        return switch (code()) {
            case UNREACHABLE ->
                Problem.of(
                        code(),
                        "Cannot reach the database " + database + ".",
                        why,
                        "Check that the server runs and that this machine may connect to it.");
            case CONNECTION_LOST ->
                Problem.of(
                        code(),
                        "The connection with the database " + database + " was lost.",
                        why,
                        "Run again; if it happens at the same point, look into the server's log.");
            case AUTHENTICATION_FAILED ->
                Problem.of(
                        code(),
                        "The database " + database + " does not accept these credentials.",
                        why,
                        "Check user and password in the env file or settings.xml; percent-encode special characters in a URL.");
            case DATABASE_MISSING ->
                Problem.of(code(), "The database " + database + " does not exist.", why, "Check the name in the URL.");
            case TOO_MANY_CONNECTIONS ->
                Problem.of(
                        code(),
                        "The server of " + database + " has no connection left.",
                        why,
                        "Wait, or raise max_connections or the role's connection limit.");
            case PRIVILEGE_MISSING ->
                Problem.of(
                        code(),
                        "The role lacks a privilege in " + database + ".",
                        why,
                        "Grant what is missing; docs/environments.md lists the privileges that a sync needs.");
            case ROW_SECURITY_HIDES_ROWS ->
                Problem.of(
                        code(),
                        "A row-level security policy in " + database + " hides rows from this role.",
                        why,
                        "Use the table's owner or a role with BYPASSRLS: a sync that sees some rows only would count wrongly.");
            case TIMED_OUT ->
                Problem.of(
                        code(),
                        "The database " + database + " did not give a lock in time.",
                        why,
                        "Run again when the other transaction has ended, or wait longer: -Ddbops.lockTimeout=30s");
            case TLS_FAILED ->
                Problem.of(
                        code(),
                        "No TLS connection with " + database + ".",
                        why,
                        "Check sslmode and the certificates in the URL.");
            case POOLER_IN_THE_WAY ->
                Problem.of(
                        code(),
                        "A connection pooler in front of " + database + " refused a setting.",
                        why,
                        "Give the direct URL as DIRECT_URL.");
            case CONSTRAINT_VIOLATED -> {
                Problem refused = Problem.of(
                        code(),
                        "The database " + database + " refused a row.",
                        why,
                        "Mend the row in the source, or take the table or column out of the plan.");
                yield table().map(t -> refused.at("table " + t)).orElse(refused);
            }
            case VALUE_NOT_EXACT ->
                Problem.of(
                        code(),
                        "The encoding of " + database + " lacks a character that the source has.",
                        why,
                        "Mend the source's value, or take the column or row out of the plan; a database whose encoding is"
                                + " UTF8 lacks none.");
            default ->
                Problem.of(
                        code(),
                        "The database " + database + " answered with an error.",
                        why,
                        "Mend the cause and run again.");
        };
    }

    private Code code() {
        if (state.equals(SqlState.INVALID_PASSWORD) || state.equals(SqlState.INVALID_AUTHORIZATION)) {
            return Code.AUTHENTICATION_FAILED;
        }
        if (state.equals(SqlState.INVALID_CATALOG_NAME)) {
            return Code.DATABASE_MISSING;
        }
        if (state.equals(SqlState.TOO_MANY_CONNECTIONS)) {
            return Code.TOO_MANY_CONNECTIONS;
        }
        if (state.equals(SqlState.INSUFFICIENT_PRIVILEGE)) {
            // The server has one SQLSTATE for both; only its routine tells a policy from a missing grant.
            boolean policy = server != null && "check_enable_rls".equals(server.getRoutine())
                    || server != null && said.contains("row-level security");
            return policy ? Code.ROW_SECURITY_HIDES_ROWS : Code.PRIVILEGE_MISSING;
        }
        if (state.equals(SqlState.LOCK_NOT_AVAILABLE) || state.equals(SqlState.QUERY_CANCELED)) {
            return Code.TIMED_OUT;
        }
        if (state.equals(SqlState.PROTOCOL_VIOLATION)) {
            return Code.POOLER_IN_THE_WAY;
        }
        if (state.equals(SqlState.UNTRANSLATABLE_CHARACTER)) {
            return Code.VALUE_NOT_EXACT;
        }
        if (tls) {
            return Code.TLS_FAILED;
        }
        if (state.isConnectionFailure()) {
            return moment == Moment.CONNECTING ? Code.UNREACHABLE : Code.CONNECTION_LOST;
        }
        return state.code().startsWith("23") ? Code.CONSTRAINT_VIOLATED : Code.DATABASE_ERROR;
    }
}
