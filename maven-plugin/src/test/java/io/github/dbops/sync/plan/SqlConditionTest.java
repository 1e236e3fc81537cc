package io.github.dbops.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlConditionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "\"isDraft\" = false",
                "a = 1 AND (b = 2 OR (c = 3))",
                "title = 'it''s; (fine'",
                "title = E'it\\'s; (fine\\\\'",
                "title ~ '^\\d+$'",
                "title = U&'d\\0061t;\\+000061)'",
                "bits = B'01' AND bytes = X'1F' AND title = N'x;'",
                "body = $$ ; ' ) $$",
                "body = $tag$ $$ ; $other$ ) $tag$",
                "\"odd;)\"\"name\" = 1",
                "a = 1 -- the end ; )",
                "a = 1 -- ; )\n AND b = 2",
                "/* ; /* nested ) */ ' */ a = 1",
                "a = 1e5 OR a = .5 OR a = 1.5e-3 OR a = 0x1F OR a = 1_000",
                "data @> '{\"a\": 1}' AND data ? 'b'",
                "id IN (SELECT id FROM other WHERE x = 'y')",
                "name$1 = 2",
                "größe > 1",
                "tags[1] = 'a'",
                "a=1/*x*/-1",
                "'a' || 'b' = title",
                "a::text = 'x'",
            })
    void acceptsOneCondition(String sql) {
        assertThat(SqlCondition.flaw(sql)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "true; DROP TABLE x            ¦  4 ¦ a semicolon",
                "true) OR (true                ¦  4 ¦ closes none",
                "true) --                      ¦  4 ¦ closes none",
                "(true                         ¦  0 ¦ never closed",
                "((true)                       ¦  0 ¦ never closed",
                "a = 'x                        ¦  4 ¦ string is never closed",
                "a = 'x''                      ¦  4 ¦ string is never closed",
                "a = E'x\\'                    ¦  5 ¦ string is never closed",
                "a = \"x                       ¦  4 ¦ quoted name is never closed",
                "a = $$x$                      ¦  4 ¦ dollar-quoted string is never closed",
                "a = $x$ $X$                   ¦  4 ¦ dollar-quoted string is never closed",
                "true /* x                     ¦  5 ¦ comment is never closed",
                "true /* /* */                 ¦  5 ¦ comment is never closed",
                "a = $1                        ¦  4 ¦ no parameters",
                "a = $ 1                       ¦  4 ¦ dollar sign",
                "a = $a                        ¦  4 ¦ dollar sign",
                "a = 'C:\\'                    ¦  4 ¦ read in two ways",
                "a = '\\' OR b = ' ; x --'     ¦ 17 ¦ read in two ways",
                "a = 1e'x'                     ¦  5 ¦ follows a number",
                "a = 1x                        ¦  5 ¦ follows a number",
                "a = 1_$a$ ' $a$               ¦  6 ¦ follows a number",
                "a = 0x1F$a$ ' $a$             ¦  8 ¦ follows a number",
                "a = 1$a$ ' $a$                ¦  5 ¦ follows a number",
                "a */ b /* c                   ¦  7 ¦ comment is never closed",
                "-- true                       ¦  0 ¦ nothing but",
                "/* true */                    ¦  0 ¦ nothing but",
            })
    void refusesWhateverIsMoreOrLessThanOneCondition(String sql, int index, String reason) {
        assertThat(SqlCondition.flaw(sql)).hasValueSatisfying(flaw -> {
            assertThat(flaw.reason()).contains(reason);
            assertThat(flaw.index()).isEqualTo(index);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"E'a'\n'\\' ; DROP TABLE x; --'", "'a'\r'b'", "'a' -- c\n  'b'", "'a'\n\u000B'b'"})
    void refusesAStringThatGoesOnInAnotherLineBecauseItsKindGoesOnToo(String sql) {
        assertThat(SqlCondition.flaw(sql))
                .hasValueSatisfying(flaw -> assertThat(flaw.reason()).isEqualTo("a string goes on in another line."));
    }

    @Test
    void aPrefixCountsOnlyWhereATokenBegins() {
        assertThat(SqlCondition.flaw("nameE'a\\\\'")).isEmpty();
        assertThat(SqlCondition.flaw("E'\\'' = ')'")).isEmpty();
        assertThat(SqlCondition.flaw("nameE'\\'")).isPresent();
    }

    @Test
    void aCommentEndsAtACarriageReturnToo() {
        assertThat(SqlCondition.flaw("true -- x\r; DROP TABLE y"))
                .hasValueSatisfying(flaw -> assertThat(flaw.index()).isEqualTo(10));
    }

    @Test
    void aCommentInsideAnOperatorIsAComment() {
        assertThat(SqlCondition.flaw("a +-- (\n 1 > 0")).isEmpty();
        assertThat(SqlCondition.flaw("a +/* ( */ 1 > 0")).isEmpty();
    }

    @Test
    void refusesAVerticalTabBecauseServersDisagreeAboutIt() {
        assertThat(SqlCondition.flaw("a\u000B= 1"))
                .hasValueSatisfying(flaw -> assertThat(flaw.index()).isEqualTo(1));
    }

    @Test
    void longInputNeedsNoDeepStack() {
        assertThat(SqlCondition.flaw("a = " + "1_0".repeat(100_000))).isEmpty();
        assertThat(SqlCondition.flaw("a = '" + "x''".repeat(100_000) + "'")).isEmpty();
        assertThat(SqlCondition.flaw("a = $" + "x".repeat(100_000) + "$$" + "x".repeat(100_000) + "$"))
                .isEmpty();
        assertThat(SqlCondition.flaw("(".repeat(100_000) + "1" + ")".repeat(100_000)))
                .isEmpty();
    }
}
