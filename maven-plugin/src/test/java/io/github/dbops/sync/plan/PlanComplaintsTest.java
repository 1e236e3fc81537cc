package io.github.dbops.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a plan that is JSON: each complaint with its place, its reason and what to do. */
class PlanComplaintsTest {

    @Test
    void tellsEverythingAtOnceInTheFilesOrder() {
        List<Problem> problems = complaints("""
                {
                  "protectTables": ["Payment*"],
                  "tables": [
                    { "name": "Category", "key": ["slug", "slug"], "mode": "upsrt" },
                    { "nmae": "Product", "key": "sku", "mode": "append" },
                    { "name": "Category" }
                  ],
                  "version": 2
                }
                """);

        assertThat(problems)
                .extracting(Problem::where, Problem::what, Problem::next)
                .containsExactly(
                        tuple(
                                "plan.json:2:3 ($.protectTables)",
                                "There is no field \"protectTables\" here.",
                                List.of("Did you mean \"protectedTables\"?")),
                        tuple(
                                "plan.json:4:43 ($.tables[0].key[1])",
                                "\"slug\" is in the list twice.",
                                List.of("Remove one of the two.")),
                        tuple(
                                "plan.json:4:60 ($.tables[0].mode)",
                                "\"upsrt\" is no value for \"mode\".",
                                List.of("Did you mean \"upsert\"?")),
                        tuple(
                                "plan.json:5:5 ($.tables[1])",
                                "A table has no name.",
                                List.of("Add \"name\": \"table\" or \"name\": \"schema.table\".")),
                        tuple(
                                "plan.json:5:7 ($.tables[1].nmae)",
                                "There is no field \"nmae\" here.",
                                List.of("Did you mean \"name\"?")),
                        tuple(
                                "plan.json:5:33 ($.tables[1].key)",
                                "$.tables[1].key is of the wrong type.",
                                List.of("Write a list of strings.")),
                        tuple(
                                "plan.json:6:5 ($.tables[2])",
                                "Table \"Category\" is listed twice.",
                                List.of("Remove one of the two entries.")),
                        tuple(
                                "plan.json:8:14 ($.version)",
                                "The plan is of a version that is not known.",
                                List.of("Write \"version\": 1, or use a newer dbops.")));
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(Code.PLAN_INVALID);
            assertThat(problem.state()).isEqualTo("Nothing was connected to; nothing was changed.");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '^',
            value = {
                "onconflict    ¦ Did you mean \"onConflict\"?",
                "on_conflict   ¦ Did you mean \"onConflict\"?",
                "colums        ¦ Did you mean \"columns\"?",
                "keys          ¦ Did you mean \"key\"?",
                "exlcude       ¦ Did you mean \"exclude\"?",
                "rawReference  ¦ Did you mean \"rawReferences\"?",
                "comment       ¦ Remove \"comment\".",
            })
    void suggestsTheNearestField(String field, String next) {
        assertThat(complaint("{ 'tables': [ { 'name': 'A', '" + field + "': 1 } ] }"))
                .satisfies(problem -> {
                    assertThat(problem.where()).isEqualTo("plan.json:1:30 ($.tables[0]." + field + ")");
                    assertThat(problem.next()).containsExactly(next);
                    assertThat(problem.why())
                            .startsWith("$.tables[0] may have \"name\", \"key\", \"mode\", \"onConflict\",");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '^',
            value = {
                "'mode': 'Upsert'              ¦ \"Upsert\" is no value for \"mode\".              ¦ Did you mean \"upsert\"?",
                "'mode': 'overwrite'           ¦ \"overwrite\" is no value for \"mode\".           ¦ Write one of \"skip\", \"append\", \"upsert\".",
                "'onConflict': 'prodWins'      ¦ \"prodWins\" is no value for \"onConflict\".      ¦ Did you mean \"prod_wins\"?",
                "'onConflict': 'local-wins'    ¦ \"local-wins\" is no value for \"onConflict\".    ¦ Did you mean \"local_wins\"?",
                "'onConflict': 'error'         ¦ \"error\" is no value for \"onConflict\".         ¦ Write one of \"prod_wins\", \"local_wins\", \"error_on_conflict\".",
                "'ids': 'keeep'                ¦ \"keeep\" is no value for \"ids\".                ¦ Did you mean \"keep\"?",
            })
    void suggestsTheNearestWord(String field, String what, String next) {
        assertThat(complaint("{ 'tables': [ { 'name': 'A', " + field + " } ] }"))
                .satisfies(problem -> {
                    assertThat(problem.what()).isEqualTo(what);
                    assertThat(problem.next()).containsExactly(next);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '^',
            value = {
                "[]                                                   ¦ 1:1  ¦ $                        ¦ It is a list, and should be an object.",
                "{ 'tables': {} }                                     ¦ 1:13 ¦ $.tables                 ¦ It is an object, and should be a list of objects.",
                "{ 'tables': ['A'] }                                  ¦ 1:14 ¦ $.tables[0]              ¦ It is a string, and should be an object.",
                "{ 'tables': [], 'defaults': 'skip' }                 ¦ 1:29 ¦ $.defaults               ¦ It is a string, and should be an object.",
                "{ 'tables': [], 'protectedTables': 'Payment' }       ¦ 1:36 ¦ $.protectedTables        ¦ It is a string, and should be a list of strings.",
                "{ 'tables': [], 'protectedTables': [1] }             ¦ 1:37 ¦ $.protectedTables[0]     ¦ It is a number, and should be a string.",
                "{ 'tables': [], 'report': { 'samples': true } }      ¦ 1:40 ¦ $.report.samples         ¦ It is true, and should be a string.",
                "{ 'tables': [ { 'name': 5 } ] }                      ¦ 1:25 ¦ $.tables[0].name         ¦ It is a number, and should be a string.",
                "{ 'tables': [ { 'name': 'A', 'where': null } ] }     ¦ 1:39 ¦ $.tables[0].where        ¦ It is null, and should be a string.",
                "{ 'tables': [ { 'name': 'A', 'undo': 'yes' } ] }     ¦ 1:38 ¦ $.tables[0].undo         ¦ It is a string, and should be true or false.",
                "{ 'tables': [], '$schema': 1 }                       ¦ 1:28 ¦ $.$schema                ¦ It is a number, and should be a string.",
                "{ 'tables': [], 'version': '1' }                     ¦ 1:28 ¦ $.version                ¦ The only version there is is the number 1; this is a string.",
                "{ 'tables': [], 'version': 2.5 }                     ¦ 1:28 ¦ $.version                ¦ The only version there is is the number 1; this is 2.5.",
                "{ 'tables': [ { 'name': '' } ] }                     ¦ 1:25 ¦ $.tables[0].name         ¦ $.tables[0].name is empty.",
                "{ 'tables': [ { 'name': 'A', 'where': ' ' } ] }      ¦ 1:39 ¦ $.tables[0].where        ¦ $.tables[0].where is white space only.",
                "{ 'tables': [ { 'name': 'A', 'key': [''] } ] }       ¦ 1:38 ¦ $.tables[0].key[0]       ¦ $.tables[0].key[0] is empty.",
                "{ 'tables': [ { 'name': 'A\\u0000' } ] }             ¦ 1:25 ¦ $.tables[0].name         ¦ $.tables[0].name has a NUL character, or half a surrogate pair.",
                "{ 'tables': [ { 'name': '\\ud83d' } ] }              ¦ 1:25 ¦ $.tables[0].name         ¦ $.tables[0].name has a NUL character, or half a surrogate pair.",
                "{ 'tables': [ { 'name': '.A' } ] }                   ¦ 1:17 ¦ $.tables[0].name         ¦ A name is \"table\" or \"schema.table\"; this one lacks a part beside the dot.",
                "{ 'tables': [ { 'name': 'A.' } ] }                   ¦ 1:17 ¦ $.tables[0].name         ¦ A name is \"table\" or \"schema.table\"; this one lacks a part beside the dot.",
                "{ 'tables': [ { 'name': 'A', 'name': 'B' } ] }       ¦ 1:30 ¦ $.tables[0].name         ¦ It is there already at plan.json:1:17.",
                "{ 'tables': [], 'tables': [] }                       ¦ 1:17 ¦ $.tables                 ¦ It is there already at plan.json:1:3.",
                "{ 'tables': [], 'defaults': { 'key': [] } }          ¦ 1:31 ¦ $.defaults.key           ¦ $.defaults may have \"mode\", \"onConflict\".",
                "{ 'tables': [], 'report': { 'sample': 'keys' } }     ¦ 1:29 ¦ $.report.sample          ¦ $.report may have \"samples\".",
                "{ 'tables': [], 'odd name': 1 }                      ¦ 1:17 ¦ $[\"odd name\"]          ¦ $ may have \"$schema\", \"version\", \"defaults\", \"protectedTables\", \"tables\", \"allowSideEffects\", \"report\".",
                "{ 'defaults': {} }                                   ¦ 1:1  ¦ $                        ¦ Only tables that \"tables\" lists are read or written; without it a plan does nothing.",
                "{ 'tables': [ { 'name': 'A', 'mode': 'append' } ] }  ¦ 1:15 ¦ $.tables[0]              ¦ Mode append finds a row in the other database by its natural key.",
                "{ 'tables': [ { 'name': 'A', 'mode': 'upsert', 'key': [] } ] } ¦ 1:48 ¦ $.tables[0].key ¦ Mode upsert finds a row in the other database by its natural key.",
                "{ 'tables': [ { 'name': 'A', 'mode': 'upsert', 'key': ['k'], 'columns': [] } ] } ¦ 1:62 ¦ $.tables[0].columns ¦ An empty list could mean none or all.",
                "{ 'tables': [ { 'name': 'A', 'key': ['k'], 'exclude': ['k'] } ] } ¦ 1:44 ¦ $.tables[0].exclude ¦ They contradict each other: a key is always compared and written.",
                "{ 'tables': [ { 'name': 'A', 'key': ['k'], 'ignore': ['k'] } ] } ¦ 1:44 ¦ $.tables[0].ignore ¦ They contradict each other: a key is always compared.",
                "{ 'tables': [ { 'name': 'A', 'exclude': ['c'], 'ignore': ['c'] } ] } ¦ 1:48 ¦ $.tables[0].ignore ¦ They contradict each other: one is never written, the other is.",
                "{ 'tables': [ { 'name': 'A', 'exclude': ['c'], 'columns': ['c', 'd'] } ] } ¦ 1:48 ¦ $.tables[0].columns ¦ They contradict each other: one is never written, the other is.",
            })
    void complainsAtTheVeryPlace(String json, String place, String path, String why) {
        Problem problem = complaint(json);

        assertThat(problem.code()).isEqualTo(Code.PLAN_INVALID);
        assertThat(problem.where()).isEqualTo("plan.json:" + place + " (" + path + ")");
        assertThat(problem.why()).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '^',
            value = {
                "_prisma_migrations           ¦ It is the history of Prisma's migrations: each database's own record of what was done to it.",
                "shop._prisma_migrations      ¦ It is the history of Prisma's migrations: each database's own record of what was done to it.",
                "public.flyway_schema_history ¦ It is the history of Flyway's migrations: each database's own record of what was done to it.",
                "dbops.sync_run               ¦ The schema dbops is where dbops records its own runs.",
                "dbops.anything               ¦ The schema dbops is where dbops records its own runs.",
                "pg_catalog.pg_class          ¦ The schema pg_catalog is PostgreSQL's own.",
                "information_schema.tables    ¦ The schema information_schema is PostgreSQL's own.",
            })
    void tablesOfToolsCanNeitherBePlannedNorBeSideEffects(String name, String why) {
        Problem planned = complaint("{ 'tables': [ { 'name': '" + name + "', 'mode': 'append', 'key': ['id'] } ] }");
        Problem sideEffect = complaint("{ 'tables': [], 'allowSideEffects': ['" + name + "'] }");

        assertThat(planned.what()).isEqualTo("Table \"" + name + "\" can never be planned.");
        assertThat(planned.why()).isEqualTo(why);
        assertThat(planned.next()).containsExactly("Remove its entry, or set \"mode\": \"skip\".");
        assertThat(sideEffect.what()).isEqualTo("\"" + name + "\" cannot be allowed as a side effect.");
        assertThat(sideEffect.why()).isEqualTo(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prisma_migrations", "schema_version", "dbops", "pg_class", "shop.dbops"})
    void ordinaryTablesThatOnlyLookLikeToolsCanBePlanned(String name) {
        String json = "{ 'tables': [ { 'name': '" + name + "', 'mode': 'append', 'key': ['id'] } ] }";

        assertThat(PlanBinder.bind("plan.json", JsonReader.read("plan.json", quoted(json)))
                        .active())
                .hasSize(1);
    }

    @Test
    void aConditionThatIsMoreThanOneIsRefusedAtItsCharacter() {
        Problem problem = complaint("{ 'tables': [ { 'name': 'A', 'where': '\\u0022a\\u0022 = 1) OR (true' } ] }");

        assertThat(problem.code()).isEqualTo(Code.WHERE_INVALID);
        assertThat(problem.where()).isEqualTo("plan.json:1:57 ($.tables[0].where)");
        assertThat(problem.why()).isEqualTo("At character 8: this parenthesis closes none.");
    }

    @Test
    void quotesAPlansTextOnOneLineAndShortened() {
        Problem problem = complaint(
                "{ 'tables': [ { 'name': 'A', 'mode': '\\n::error::\\u001b[31m" + "x".repeat(200) + "' } ] }");

        assertThat(problem.what())
                .isEqualTo("\"\uFFFD::error::\uFFFD[31m" + "x".repeat(65) + "…\" is no value for \"mode\".");
    }

    private static Problem complaint(String json) {
        List<Problem> problems = complaints(quoted(json));
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static List<Problem> complaints(String json) {
        ProblemException[] thrown = new ProblemException[1];
        assertThatThrownBy(() -> PlanBinder.bind("plan.json", JsonReader.read("plan.json", json)))
                .isInstanceOfSatisfying(ProblemException.class, invalid -> thrown[0] = invalid);
        return thrown[0].problems();
    }
}
