package io.github.dbops.migration.flyway;

import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** What Flyway says: warnings are kept, the rest says nothing that dbops does not say itself, or comes as an exception. */
final class FlywayLog implements LogCreator, Log {

    private final List<String> warnings = new ArrayList<>();

    /** One line each, in order, none twice. */
    List<String> warnings() {
        return warnings.stream().distinct().toList();
    }

    @Override
    public Log createLogger(Class<?> origin) {
        return this;
    }

    @Override
    public void warn(String message) {
        warnings.add("Flyway: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
    }

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void error(String message) {}

    @Override
    public void error(String message, Exception failure) {}

    @Override
    public void notice(String message) {}
}
