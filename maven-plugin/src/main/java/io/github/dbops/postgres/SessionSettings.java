package io.github.dbops.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every transaction of dbops sets for itself, by SET LOCAL: startup options are rejected by poolers, and a SET
 * would leak through one.
 *
 * @param lockTimeout how long one lock is waited for
 * @param schema the search path; null: the role's own
 */
record SessionSettings(Duration lockTimeout, @Nullable String schema) {

    List<String> statements(int majorVersion) {
        List<String> settings = new ArrayList<>(List.of(
                "SET LOCAL lock_timeout = " + lockTimeout.toMillis(),
                "SET LOCAL statement_timeout = 0",
                "SET LOCAL idle_in_transaction_session_timeout = 0",
                // A policy must not hide rows without a word: with row_security off the server raises an error instead.
                "SET LOCAL row_security = off",
                // So that the locks of a client that is gone without a word end within minutes.
                "SET LOCAL tcp_keepalives_idle = 60",
                "SET LOCAL tcp_keepalives_interval = 10",
                "SET LOCAL tcp_keepalives_count = 6",
                // Text forms must not depend on who looks.
                "SET LOCAL TimeZone = 'UTC'",
                "SET LOCAL DateStyle = 'ISO, YMD'",
                "SET LOCAL IntervalStyle = 'postgres'",
                "SET LOCAL extra_float_digits = 1",
                "SET LOCAL bytea_output = 'hex'",
                "SET LOCAL xmloption = 'content'",
                "SET LOCAL lc_monetary = 'C'",
                "SET LOCAL array_nulls = on",
                "SET LOCAL quote_all_identifiers = off",
                "SET LOCAL standard_conforming_strings = on",
                "SET LOCAL client_min_messages = warning"));
        if (majorVersion >= 17) {
            settings.add("SET LOCAL transaction_timeout = 0");
        }
        if (schema != null) {
            settings.add("SET LOCAL search_path = " + Identifier.quote(schema));
        }
        return settings;
    }
}
