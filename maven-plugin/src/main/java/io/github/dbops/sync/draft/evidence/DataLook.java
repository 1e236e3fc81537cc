package io.github.dbops.sync.draft.evidence;

import io.github.dbops.postgres.Identifier;
import io.github.dbops.postgres.Session;
import io.github.dbops.postgres.SqlFailure;
import io.github.dbops.postgres.catalog.Table;
import io.github.dbops.sync.draft.Counted;
import io.github.dbops.sync.draft.Family;
import io.github.dbops.sync.draft.Questions;
import io.github.dbops.sync.draft.RowCount;
import io.github.dbops.sync.draft.TableFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Counts in tables' rows what tells them apart: two statements a table at most, each of which reads no more rows than
 * the {@link Effort} allows and takes no more time. Numbers come back, no values.
 */
final class DataLook {

    /** uuid, cuid, cuid2, ulid, nanoid, and hexadecimal ids of 24 digits and more. */
    private static final String GENERATED = "^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|c[a-z0-9]{24}"
            + "|[a-z][a-z0-9]{23}|[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}|[A-Za-z0-9_-]{21}|[0-9a-f]{24,})$";

    private final Session session;
    private final Effort effort;
    private final InstantSource clock;
    private final Instant until;

    DataLook(Session session, Effort effort, InstantSource clock) {
        this.session = session;
        this.effort = effort;
        this.clock = clock;
        this.until = clock.instant().plus(effort.inAll());
    }

    /** What the rows of a table say; the reason where they were not looked at. */
    Counted at(Table table, TableFacts facts) {
        RowCount guess = RowCount.estimated(facts.estimatedRows());
        if (facts.obstacle().isPresent()) {
            return Counted.unseen(guess, "Its rows were not looked at.");
        }
        if (facts.estimatedRows() > effort.mostRows() || effort.mostRows() == 0) {
            return Counted.unseen(guess, tooMany());
        }
        if (clock.instant().isAfter(until)) {
            return Counted.unseen(guess, "Its rows were not looked at: the time for that was used up.");
        }
        session.execute("SAVEPOINT look");
        try {
            session.execute("SET LOCAL statement_timeout = "
                    + Math.max(1, atMost(effort.perStatement()).toMillis()));
            Counted counted = count(table, facts);
            session.execute("SET LOCAL statement_timeout = 0");
            session.execute("RELEASE SAVEPOINT look");
            return counted;
        } catch (SqlFailure failure) {
            if (failure.state().isConnectionFailure()) {
                throw failure;
            }
            session.execute("ROLLBACK TO SAVEPOINT look");
            return Counted.unseen(guess, "Its rows could not be looked at: " + failure.said() + ".");
        }
    }

    private Duration atMost(Duration wanted) {
        Duration left = Duration.between(clock.instant(), until);
        return left.compareTo(wanted) < 0 ? left : wanted;
    }

    private String tooMany() {
        return String.format(
                Locale.ROOT,
                "Its rows were not looked at, because there are more than %,d (dbops.init.mostRows).",
                effort.mostRows());
    }

    private Counted count(Table table, TableFacts facts) {
        Questions questions = new Questions(facts);
        List<String> columns = questions.columns();
        List<String> expressions = new ArrayList<>(List.of("count(*)"));
        for (String column : columns) {
            String name = Identifier.quote(column);
            expressions.add("count(" + name + ")");
            expressions.add("count(DISTINCT " + name + ")");
            boolean text =
                    facts.column(column).filter(c -> c.family() == Family.TEXT).isPresent();
            expressions.add(text ? "count(*) FILTER (WHERE " + name + "::text ~ ?)" : "0");
            expressions.add(text ? "coalesce(max(char_length(" + name + "::text)), 0)" : "0");
        }
        Object[] patterns = expressions.stream()
                .filter(e -> e.contains("~ ?"))
                .map(e -> GENERATED)
                .toArray();
        List<Long> counts = numbers(table, columns, expressions, patterns);
        long rows = counts.get(0);
        if (rows > effort.mostRows()) {
            return Counted.unseen(RowCount.estimated(facts.estimatedRows()), tooMany());
        }
        Map<String, Counted.Fill> fills = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            List<Long> of = counts.subList(4 * i + 1, 4 * i + 5);
            fills.put(columns.get(i), new Counted.Fill(of.get(0), of.get(1), of.get(2), of.get(3)));
        }
        return new Counted(
                RowCount.counted(rows), fills, groups(table, questions.pairs(rows, fills)), Optional.empty());
    }

    private Map<List<String>, Long> groups(Table table, List<List<String>> groups) {
        Map<List<String>, Long> distinct = new HashMap<>();
        if (groups.isEmpty()) {
            return distinct;
        }
        List<String> columns = groups.stream().flatMap(List::stream).distinct().toList();
        List<String> expressions = groups.stream()
                .map(group -> "count(DISTINCT (" + Identifier.list(group) + "))")
                .toList();
        List<Long> counts = numbers(table, columns, expressions);
        for (int i = 0; i < groups.size(); i++) {
            distinct.put(groups.get(i), counts.get(i));
        }
        return distinct;
    }

    // The limit holds whatever the server's guess was: one row more than allowed tells that there are too many.
    private List<Long> numbers(Table table, List<String> columns, List<String> expressions, Object... values) {
        String sql = "SELECT " + String.join(", ", expressions) + " FROM (SELECT " + Identifier.list(columns) + " FROM "
                + (table.kind() == Table.Kind.TABLE ? "ONLY " : "")
                + table.name().sql() + " LIMIT " + (effort.mostRows() + 1) + ") AS looked";
        return session.one(
                sql,
                row -> {
                    List<Long> numbers = new ArrayList<>();
                    for (int i = 1; i <= expressions.size(); i++) {
                        numbers.add(row.getLong(i));
                    }
                    return numbers;
                },
                values);
    }
}
