package io.github.dbops.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.Property;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Real servers, under both settings of standard_conforming_strings, run one statement for an accepted condition. */
class SqlConditionPgTest {

    private static final List<String> PIECES = List.of(
            "'",
            "''",
            "\\'",
            "\\",
            "E'",
            "N'",
            "$$",
            "$a$",
            "\"",
            "--",
            "/*",
            "*/",
            "\n",
            " ",
            "x",
            "0x1",
            "1",
            "1_",
            " || ",
            " IS NULL",
            ") ; SELECT 2 ; SELECT (3",
            "; SELECT 2 --",
            ") ; SELECT 2 --");

    @PostgresTest
    void anAcceptedConditionRunsAsOneStatement(TestServer server) throws SQLException {
        AtomicInteger ran = new AtomicInteger();
        try (TestDatabase database = server.createDatabase();
                Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String setting : List.of("on", "off")) {
                statement.execute("SET standard_conforming_strings = " + setting);
                Property.forAll(60_000, random -> {
                    String condition = condition(random);
                    if (SqlCondition.flaw(condition).isEmpty()) {
                        ran.addAndGet(results(statement, condition));
                    }
                });
            }
        }

        assertThat(ran)
                .as("enough of the accepted conditions make sense to the server")
                .hasValueGreaterThan(Long.getLong("dbops.seed") == null ? 500 : -1);
    }

    private static int results(Statement statement, String condition) {
        try {
            boolean rows = statement.execute("SELECT 1 WHERE (" + condition + "\n)");
            assertThat(rows).isTrue();
            assertThat(statement.getMoreResults() || statement.getUpdateCount() >= 0)
                    .as("a second result of %s", condition)
                    .isFalse();
            return 1;
        } catch (SQLException senseless) {
            return 0;
        }
    }

    private static String condition(Random random) {
        StringBuilder condition = new StringBuilder("true OR ");
        int length = 1 + random.nextInt(7);
        for (int i = 0; i < length; i++) {
            condition.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return condition.append(random.nextBoolean() ? " IS NULL" : "").toString();
    }
}
