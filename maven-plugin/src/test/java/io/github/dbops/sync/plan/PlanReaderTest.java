package io.github.dbops.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.sync.Ids;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.Position;
import io.github.dbops.sync.ProtectedPattern;
import io.github.dbops.sync.SampleDetail;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanReaderTest {

    @TempDir
    Path directory;

    @Test
    void readsARunbooksPlan() throws IOException {
        Plan plan = read("""
                {
                  "defaults": { "mode": "skip", "onConflict": "prod_wins" },
                  "protectedTables": ["Payment*"],
                  "tables": [
                    { "name": "Category", "key": ["slug"], "mode": "upsert", "onConflict": "local_wins",
                      "columns": ["slug", "title"], "where": "\\"isDraft\\" = false" }
                  ]
                }
                """);

        assertThat(plan.file()).isEqualTo("sync-plan.json");
        assertThat(plan.tables())
                .containsExactly(new PlannedTable(
                        "Category",
                        List.of("slug"),
                        Mode.UPSERT,
                        OnConflict.LOCAL_WINS,
                        Optional.of(List.of("slug", "title")),
                        Optional.of("\"isDraft\" = false"),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        true,
                        new Position("sync-plan.json", "$.tables[0]", 5, 5),
                        new Position("sync-plan.json", "$.tables[0].onConflict", 5, 62)));
        assertThat(plan.protectedPatterns())
                .containsExactly(
                        new ProtectedPattern("Order*", true),
                        new ProtectedPattern("StripeEvent", true),
                        new ProtectedPattern("NotificationLog", true),
                        new ProtectedPattern("Payment*", false));
        assertThat(plan.allowSideEffects()).isEmpty();
        assertThat(plan.samples()).isEmpty();
    }

    @Test
    void readsEveryFieldThereIs() throws IOException {
        Plan plan = read("""
                {
                  "$schema": "docs/schema/sync-plan.schema.json",
                  "version": 1,
                  "tables": [
                    { "name": "shop.Customer", "key": ["tenant", "email"], "mode": "append",
                      "exclude": ["score"], "ignore": ["updatedAt"], "sensitive": ["email"],
                      "ids": "generate", "rawReferences": ["regionId"], "undo": true }
                  ],
                  "allowSideEffects": ["audit.Log"],
                  "report": { "samples": "values" }
                }
                """);

        PlannedTable customer = plan.tables().get(0);
        assertThat(customer.schema()).contains("shop");
        assertThat(customer.bareName()).isEqualTo("Customer");
        assertThat(customer.key()).containsExactly("tenant", "email");
        assertThat(customer.mode()).isEqualTo(Mode.APPEND);
        assertThat(customer.exclude()).containsExactly("score");
        assertThat(customer.ignore()).containsExactly("updatedAt");
        assertThat(customer.sensitive()).containsExactly("email");
        assertThat(customer.ids()).contains(Ids.GENERATE);
        assertThat(customer.rawReferences()).containsExactly("regionId");
        assertThat(plan.allowSideEffects()).containsExactly("audit.Log");
        assertThat(customer.undo()).isTrue();
        assertThat(plan.samples()).contains(SampleDetail.VALUES);
    }

    @Test
    void sensitiveTablesAreOnlyRecordedForAnUndoWhereThePlanSaysSo() throws IOException {
        Plan plan = read("""
                { "tables": [ { "name": "A" }, { "name": "B", "undo": false },
                              { "name": "C", "sensitive": ["iban"] },
                              { "name": "D", "sensitive": ["iban"], "undo": true } ] }
                """);

        assertThat(plan.tables()).extracting(PlannedTable::undo).containsExactly(true, false, false, true);
    }

    @Test
    void whatIsNotSaidTakesThePlansDefaultsAndThoseTakeTheirOwn() throws IOException {
        Plan said = read("""
                { "defaults": { "mode": "upsert", "onConflict": "error_on_conflict" },
                  "tables": [ { "name": "A", "key": ["id"] }, { "name": "B", "mode": "skip" } ] }
                """);
        Plan unsaid = read("{ \"tables\": [ { \"name\": \"A\" } ] }");

        assertThat(said.tables()).extracting(PlannedTable::mode).containsExactly(Mode.UPSERT, Mode.SKIP);
        assertThat(said.tables().get(0).onConflict()).isEqualTo(OnConflict.ERROR_ON_CONFLICT);
        assertThat(said.tables().get(0).onConflictPosition())
                .isEqualTo(new Position("sync-plan.json", "$.defaults.onConflict", 1, 35));
        assertThat(unsaid.tables().get(0).mode()).isEqualTo(Mode.SKIP);
        assertThat(unsaid.tables().get(0).onConflict()).isEqualTo(OnConflict.PROD_WINS);
        assertThat(unsaid.tables().get(0).onConflictPosition().path()).isEqualTo("$.tables[0]");
    }

    @Test
    void theHashOfAPlanNeverChangesFromOneVersionToTheNext() throws IOException {
        Plan plan = read("""
                { "protectedTables": ["Payment*"], "allowSideEffects": ["AuditLog"], "tables": [
                  { "name": "Category", "key": ["slug"], "mode": "upsert", "onConflict": "local_wins",
                    "columns": ["slug", "title"], "where": "true", "exclude": ["a"], "ignore": ["b"],
                    "sensitive": ["title"], "ids": "keep", "rawReferences": ["c"] } ] }
                """);

        assertThat(plan.hash()).isEqualTo("68e30f86641ae79209f43948d6d2d374c8c3b511841b2b7efece60c45ceac9e1");
    }

    @Test
    void acceptsWhatPeoplesEditorsLeaveBehind() throws IOException {
        Plan plan = read(
                "\uFEFF// ours\r\n{\r\n  /* of\r\n spring */ \"tables\": [\r\n    { \"name\": \"A\", },\r\n  ],\r\n}\r\n");

        assertThat(plan.tables().get(0).position()).hasToString("sync-plan.json:5:5");
    }

    @Test
    void acceptsUtf16WithAByteOrderMark() throws IOException {
        Plan plan = readBytes("\uFEFF{ \"tables\": [ { \"name\": \"Größe\" } ] }".getBytes(StandardCharsets.UTF_16LE));

        assertThat(plan.tables().get(0).name()).isEqualTo("Größe");
    }

    @Test
    void skippedTablesNeedNothingButAName() throws IOException {
        Plan plan = read("""
                { "tables": [ { "name": "A", "mode": "skip", "key": [], "columns": [] },
                              { "name": "_prisma_migrations", "mode": "skip" } ] }
                """);

        assertThat(plan.active()).isEmpty();
        assertThat(plan.tables().get(0).columns()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "{ `tables`: [] ]            ¦ 1:16 ¦ Unexpected close marker ']': expected '}'.",
                "{⏎  tables: [] }            ¦ 2:3  ¦ Unexpected character ('t'): was expecting double-quote to start field name.",
                "{ `tables`: [ { `name`: `A ¦ 1:27 ¦ Unexpected end-of-input: was expecting closing quote for a string value.",
                "{ `tables`: [              ¦ 1:14 ¦ Unexpected end-of-input: expected close marker for Array.",
                "{ `version`: NaN }         ¦ 1:17 ¦ Non-standard token 'NaN'.",
                "{ `tables`: [] } { }       ¦ 1:18 ¦ Something follows the end of the plan.",
                "// nothing                 ¦ 1:1  ¦ The file is empty.",
            })
    void saysWhereAPlanIsNotJson(String json, String place, String reason) {
        Problem problem = malformed(json.replace('`', '"').replace('⏎', '\n').getBytes(StandardCharsets.UTF_8));

        assertThat(problem.code()).isEqualTo(Code.PLAN_MALFORMED);
        assertThat(problem.what()).isEqualTo("The plan sync-plan.json is not JSON.");
        assertThat(problem.where()).isEqualTo("sync-plan.json:" + place);
        assertThat(problem.why()).isEqualTo(reason);
        assertThat(problem.state()).isEqualTo("Nothing was connected to; nothing was changed.");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 100_000})
    void aPlanNestedTooDeeplyIsMalformedAndNoStackOverflow(int depth) {
        Problem problem = malformed("[".repeat(depth + 1).getBytes(StandardCharsets.UTF_8));

        assertThat(problem.why()).isEqualTo("Document nesting depth (101) exceeds the maximum allowed (100).");
    }

    @Test
    void aPlanInAnotherEncodingIsMalformed() {
        byte[] latin1 = "{ \"tables\": [ { \"name\": \"Größe\" } ] }".getBytes(Charset.forName("ISO-8859-1"));

        assertThat(malformed(latin1).why()).isEqualTo("It is not encoded in UTF-8.");
    }

    @Test
    void aPlanThatVanishedIsMissing() {
        assertThatThrownBy(() -> PlanReader.read(new PlanFile(directory.resolve("gone.json"), "gone.json")))
                .isInstanceOfSatisfying(ProblemException.class, gone -> {
                    assertThat(gone.first().code()).isEqualTo(Code.PLAN_MISSING);
                    assertThat(gone.first().what()).isEqualTo("The plan gone.json cannot be read.");
                });
    }

    private Problem malformed(byte[] content) {
        ProblemException[] thrown = new ProblemException[1];
        assertThatThrownBy(() -> readBytes(content))
                .isInstanceOfSatisfying(ProblemException.class, malformed -> thrown[0] = malformed);
        return thrown[0].first();
    }

    private Plan read(String json) throws IOException {
        return readBytes(json.getBytes(StandardCharsets.UTF_8));
    }

    private Plan readBytes(byte[] content) throws IOException {
        Path file = Files.write(directory.resolve("sync-plan.json"), content);
        return PlanReader.read(new PlanFile(file, "sync-plan.json"));
    }
}
