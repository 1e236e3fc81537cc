package io.github.dbops.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.testing.Property;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever is accepted stays between its parentheses, by a second reading of PostgreSQL's lexical rules. */
class SqlConditionPropertyTest {

    private static final List<String> PIECES = List.of(
            "'", "''", "\\", "E'", "e'", "B'", "N'", "U&'", "u&", "\"", "$$", "$a$", "$", "$1", "a", "é", "e", "E", "x",
            "1", ".", "_", "(", ")", "(", ")", "--", "-", "/*", "*/", "/", "*", "\n", "\r", " ", "\t", "\u000B", ";",
            "=");

    private static final String GAP = "(?:[ \\t\\f]|--[^\\n\\r]*)*+[\\n\\r](?:[ \\t\\n\\r\\f]|--[^\\n\\r]*[\\n\\r])*+";
    private static final String ESCAPED = string("[^'\\\\]|\\\\.|''");
    private static final String LITERAL = string("[^']|''");

    private static final Pattern BACKSLASH_IS_A_CHARACTER = tokens(LITERAL);
    private static final Pattern BACKSLASH_ESCAPES = tokens(ESCAPED);

    @Test
    void anAcceptedConditionIsOneStatementWhoseParenthesisClosesAtTheVeryEnd() {
        AtomicInteger accepted = new AtomicInteger();

        Property.forAll(300_000, random -> {
            String condition = condition(random);
            if (SqlCondition.flaw(condition).isEmpty()) {
                accepted.incrementAndGet();
                String statement = "SELECT 1 WHERE (" + condition + "\n)";
                assertClosesAtTheEnd(statement, BACKSLASH_IS_A_CHARACTER);
                assertClosesAtTheEnd(statement, BACKSLASH_ESCAPES);
            }
        });

        assertThat(accepted)
                .as("enough of the random texts are conditions")
                .hasValueGreaterThan(Long.getLong("dbops.seed") == null ? 5_000 : -1);
    }

    // A few pieces a case, so that rare combinations meet: a string that goes on in another line, and one beside it.
    private static String condition(Random random) {
        List<String> few = random.ints(2 + random.nextInt(5), 0, PIECES.size())
                .mapToObj(PIECES::get)
                .toList();
        StringBuilder condition = new StringBuilder();
        int length = 1 + random.nextInt(16);
        for (int i = 0; i < length; i++) {
            boolean quote = random.nextInt(4) == 0;
            condition.append(quote ? "'" : few.get(random.nextInt(few.size())));
        }
        return condition.toString();
    }

    private static void assertClosesAtTheEnd(String statement, Pattern tokens) {
        int at = 0;
        int depth = 0;
        while (at < statement.length()) {
            if (statement.startsWith("/*", at)) {
                at = endOfComment(statement, at);
                continue;
            }
            Matcher token = tokens.matcher(statement).region(at, statement.length());
            assertThat(token.lookingAt())
                    .as("a token at %d of %s", at, statement)
                    .isTrue();
            String text = token.group();
            assertThat(text).as("token at %d of %s", at, statement).isNotIn("'", "\"", "$", ";", "\u000B");
            depth += text.equals("(") ? 1 : text.equals(")") ? -1 : 0;
            at = token.end();
            boolean inside = at > "SELECT 1 WHERE (".length() - 1 && at < statement.length();
            assertThat(depth).as("depth at %d of %s", at, statement).isGreaterThanOrEqualTo(inside ? 1 : 0);
        }
        assertThat(depth).as(statement).isZero();
    }

    private static int endOfComment(String statement, int start) {
        int depth = 0;
        int at = start;
        do {
            boolean opens = statement.startsWith("/*", at);
            boolean closes = !opens && statement.startsWith("*/", at);
            depth += opens ? 1 : closes ? -1 : 0;
            at += opens || closes ? 2 : 1;
            assertThat(at).as("comment of %s", statement).isLessThanOrEqualTo(statement.length());
        } while (depth > 0);
        return at;
    }

    // Strings with a line break between them are one.
    private static String string(String characters) {
        String one = "'(?:" + characters + ")*+'";
        return one + "(?:" + GAP + one + ")*+";
    }

    // Numbers as before PostgreSQL 15: what follows them begins a token of its own.
    private static Pattern tokens(String plain) {
        return Pattern.compile(
                "(?s)[ \\t\\n\\r\\f]+|--[^\\n\\r]*|[eE]" + ESCAPED + "|(?:[bBxX]|[uU]&)" + LITERAL + "|[nN]?" + plain
                        + "|\"(?:[^\"]|\"\")*+\"|(\\$(?:[a-zA-Z_\\x80-\\uFFFF][a-zA-Z0-9_\\x80-\\uFFFF]*+)?\\$).*?\\1"
                        + "|[a-zA-Z_\\x80-\\uFFFF][a-zA-Z0-9_$\\x80-\\uFFFF]*+"
                        + "|(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|.");
    }
}
