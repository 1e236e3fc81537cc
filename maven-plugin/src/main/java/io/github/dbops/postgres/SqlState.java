package io.github.dbops.postgres;

/**
 * The SQLSTATEs that dbops acts on, and the classes that decide whether trying again can help.
 *
 * @param code five characters
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error Codes</a>
 */
public record SqlState(String code) {

    public static final SqlState PROTOCOL_VIOLATION = new SqlState("08P01");
    public static final SqlState ADMIN_SHUTDOWN = new SqlState("57P01");
    public static final SqlState CRASH_SHUTDOWN = new SqlState("57P02");
    public static final SqlState CANNOT_CONNECT_NOW = new SqlState("57P03");
    public static final SqlState TOO_MANY_CONNECTIONS = new SqlState("53300");
    public static final SqlState SERIALIZATION_FAILURE = new SqlState("40001");
    public static final SqlState DEADLOCK_DETECTED = new SqlState("40P01");
    public static final SqlState LOCK_NOT_AVAILABLE = new SqlState("55P03");
    public static final SqlState FOREIGN_KEY_VIOLATION = new SqlState("23503");
    public static final SqlState UNIQUE_VIOLATION = new SqlState("23505");
    public static final SqlState INVALID_PASSWORD = new SqlState("28P01");
    public static final SqlState INVALID_AUTHORIZATION = new SqlState("28000");
    public static final SqlState INVALID_CATALOG_NAME = new SqlState("3D000");
    public static final SqlState DUPLICATE_DATABASE = new SqlState("42P04");
    public static final SqlState INSUFFICIENT_PRIVILEGE = new SqlState("42501");
    public static final SqlState QUERY_CANCELED = new SqlState("57014");
    public static final SqlState INVALID_PARAMETER_VALUE = new SqlState("22023");
    public static final SqlState NUMERIC_VALUE_OUT_OF_RANGE = new SqlState("22003");

    /** The other encoding lacks a character. */
    public static final SqlState UNTRANSLATABLE_CHARACTER = new SqlState("22P05");

    /** Classes 22 (data exception) and 23 (integrity constraint violation): the rows themselves are refused. */
    public boolean isAboutValues() {
        return code.startsWith("22") || code.startsWith("23");
    }

    /**
     * The connection could not be made or is gone: 08* but a protocol violation (a pooler's answer to a startup
     * parameter), shutdowns, too many connections. Spec section 3, "Retry".
     */
    public boolean isConnectionFailure() {
        return (code.startsWith("08") && !equals(PROTOCOL_VIOLATION))
                || equals(ADMIN_SHUTDOWN)
                || equals(CRASH_SHUTDOWN)
                || equals(CANNOT_CONNECT_NOW)
                || equals(TOO_MANY_CONNECTIONS);
    }

    /** The transaction lost against another one; run again from its beginning it may win. */
    public boolean isConcurrencyFailure() {
        return equals(SERIALIZATION_FAILURE) || equals(DEADLOCK_DETECTED) || equals(LOCK_NOT_AVAILABLE);
    }

    @Override
    public String toString() {
        return code;
    }
}
