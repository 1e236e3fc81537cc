package io.github.dbops.migration.flyway;

import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Nearest;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.configuration.ConfigUtils;
import org.flywaydb.core.internal.license.FlywayLicensingException;

/** What Flyway throws, in dbops' terms: by its types and error codes, its words quoted. */
final class FlywayRefusal {

    private static final Pattern SETTING = Pattern.compile("flyway(\\.[A-Za-z0-9]+)+");

    private static final Set<CoreErrorCode> ABOUT_FILES = Set.of(
            CoreErrorCode.DUPLICATE_VERSIONED_MIGRATION,
            CoreErrorCode.DUPLICATE_REPEATABLE_MIGRATION,
            CoreErrorCode.DUPLICATE_UNDO_MIGRATION,
            CoreErrorCode.DUPLICATE_DELETED_MIGRATION,
            CoreErrorCode.VALIDATE_ERROR);

    private FlywayRefusal() {}

    /**
     * The exception to throw instead.
     *
     * @param database for people
     */
    static RuntimeException of(FlywayException thrown, String database) {
        Optional<RuntimeException> ours = own(thrown);
        if (ours.isPresent()) {
            return ours.get();
        }
        Optional<SqlFailure> answer = sql(thrown, database);
        if (answer.isPresent()) {
            return answer.get();
        }
        if (thrown instanceof FlywayLicensingException) {
            return Problem.of(
                            Code.FLYWAY_REFUSED,
                            "Flyway's free edition does not have this.",
                            words(thrown),
                            "Take the setting away.")
                    .exception();
        }
        if (thrown.getErrorCode() instanceof CoreErrorCode code && ABOUT_FILES.contains(code)) {
            return Problem.of(
                            Code.MIGRATIONS_REJECTED,
                            "Flyway does not accept these migrations.",
                            words(thrown),
                            "Mend the files, then look again: mvn dbops:migrate-status")
                    .exception();
        }
        return Problem.of(Code.FLYWAY_REFUSED, "Flyway refused.", words(thrown), next(thrown))
                .exception();
    }

    /** The database's answer among the causes, if one is there. */
    static Optional<SqlFailure> sql(Throwable thrown, String database) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SqlFailure ours) {
                return Optional.of(ours);
            }
            if (cause instanceof SQLException answer) {
                return Optional.of(SqlFailure.of(database, answer));
            }
        }
        return Optional.empty();
    }

    private static Optional<RuntimeException> own(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException || cause instanceof SqlFailure) {
                return Optional.of((RuntimeException) cause);
            }
        }
        return Optional.empty();
    }

    /** Flyway's message on one line. */
    static String words(Throwable thrown) {
        String message = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.matches("-+"))
                .collect(Collectors.joining(" "));
    }

    private static String[] next(FlywayException thrown) {
        List<String> next = new ArrayList<>();
        Matcher setting = SETTING.matcher(words(thrown));
        while (setting.find()) {
            Nearest.to(setting.group(), known())
                    .filter(name -> !name.equals(setting.group()))
                    .ifPresent(name -> next.add("Did you mean " + name + " instead of " + setting.group() + "?"));
        }
        next.add("Correct the setting; https://documentation.red-gate.com/fd lists what Flyway takes.");
        return next.toArray(String[]::new);
    }

    private static List<String> known() {
        return Arrays.stream(ConfigUtils.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(FlywayRefusal::value)
                .filter(name -> name.startsWith("flyway."))
                .toList();
    }

    private static String value(Field field) {
        try {
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the field is public", e);
        }
    }
}
