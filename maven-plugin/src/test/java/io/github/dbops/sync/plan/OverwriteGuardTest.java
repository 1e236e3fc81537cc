package io.github.dbops.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.sync.Plan;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverwriteGuardTest {

    private static final OverwriteGuard SILENT = new OverwriteGuard(false, Optional.empty());

    @Test
    void refusesAProtectedTableThatLocalWouldOverwrite() {
        Plan plan = plan("""
                {
                  "tables": [
                    {
                      "name": "Order",
                      "key": ["number"],
                      "mode": "upsert",
                      "onConflict": "local_wins"
                    }
                  ]
                }
                """);

        assertThat(refusals(SILENT, plan))
                .containsExactly(new Problem(
                        Code.PROTECTED_OVERWRITE,
                        "Refused to overwrite protected table \"Order\".",
                        null,
                        "\"Order\" matches the protected pattern \"Order*\", and its plan entry says onConflict: local_wins"
                                + " (sync-plan.json:7:7).",
                        "Nothing was connected to; nothing was changed.",
                        List.of(
                                "Set \"onConflict\": \"prod_wins\" for it, or add",
                                "-DallowProtectedOverwrite -DconfirmOverwrite=I_UNDERSTAND_PROD_OVERWRITE")));
    }

    @Test
    void namesEveryProtectedTableAtOnce() {
        Plan plan = plan("""
                { "protectedTables": ["billing.*"], "tables": [
                  { "name": "order_items", "key": ["id"], "mode": "upsert", "onConflict": "local_wins" },
                  { "name": "Category", "key": ["slug"], "mode": "upsert", "onConflict": "local_wins" },
                  { "name": "shop.stripe_events", "key": ["id"], "mode": "upsert", "onConflict": "local_wins" },
                  { "name": "billing.Invoice", "key": ["id"], "mode": "upsert", "onConflict": "local_wins" } ] }
                """);

        assertThat(refusals(SILENT, plan))
                .extracting(Problem::what)
                .containsExactly(
                        "Refused to overwrite protected table \"order_items\".",
                        "Refused to overwrite protected table \"shop.stripe_events\".",
                        "Refused to overwrite protected table \"billing.Invoice\".");
    }

    @Test
    void saysThatItIsTheDefaultsThatOverwrite() {
        Plan plan = plan("""
                { "defaults": { "mode": "upsert", "onConflict": "local_wins" },
                  "tables": [ { "name": "Order", "key": ["number"] } ] }
                """);

        assertThat(refusals(SILENT, plan))
                .singleElement()
                .extracting(Problem::why)
                .isEqualTo("\"Order\" matches the protected pattern \"Order*\", and the plan's defaults say"
                        + " onConflict: local_wins (sync-plan.json:1:35).");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'mode': 'append', 'onConflict': 'local_wins'",
                "'mode': 'skip', 'onConflict': 'local_wins'",
                "'mode': 'upsert', 'onConflict': 'prod_wins'",
                "'mode': 'upsert', 'onConflict': 'error_on_conflict'",
                "'mode': 'upsert'"
            })
    void letsPassWhatOverwritesNothing(String rule) {
        Plan plan = plan(
                "{ \"tables\": [ { \"name\": \"Order\", \"key\": [\"number\"], " + rule.replace('\'', '"') + " } ] }");

        assertThatCode(() -> SILENT.check(plan)).doesNotThrowAnyException();
    }

    @Test
    void bothWordsLetEverythingPass() {
        OverwriteGuard said = new OverwriteGuard(true, Optional.of("I_UNDERSTAND_PROD_OVERWRITE"));

        assertThatCode(() -> said.check(overwritingOrder())).doesNotThrowAnyException();
    }

    @Test
    void oneWordIsNotEnoughAndTheRefusalSaysWhichIsMissing() {
        OverwriteGuard allowedOnly = new OverwriteGuard(true, Optional.empty());
        OverwriteGuard confirmedOnly = new OverwriteGuard(false, Optional.of("I_UNDERSTAND_PROD_OVERWRITE"));

        assertThat(refusals(allowedOnly, overwritingOrder()))
                .singleElement()
                .extracting(Problem::why, InstanceOfAssertFactories.STRING)
                .endsWith(" allowProtectedOverwrite was said, confirmOverwrite was not.");
        assertThat(refusals(confirmedOnly, overwritingOrder()))
                .singleElement()
                .extracting(Problem::why, InstanceOfAssertFactories.STRING)
                .endsWith(" confirmOverwrite was said, allowProtectedOverwrite was not.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "i_understand_prod_overwrite",
                "I_UNDERSTAND_PROD_OVERWRITE ",
                "I_UNDERSTAND_PROD_OVERWRITES"
            })
    void aWrongWordIsNotEnoughAndIsNotRepeated(String word) {
        OverwriteGuard wrong = new OverwriteGuard(true, Optional.of(word));

        assertThat(refusals(wrong, overwritingOrder()))
                .singleElement()
                .extracting(Problem::why, InstanceOfAssertFactories.STRING)
                .endsWith(" confirmOverwrite was said, but is not the exact word.");
    }

    private static Plan overwritingOrder() {
        return plan("""
                { "tables": [ { "name": "Order", "key": ["number"], "mode": "upsert", "onConflict": "local_wins" } ] }
                """);
    }

    private static Plan plan(String json) {
        return PlanBinder.bind("sync-plan.json", JsonReader.read("sync-plan.json", json));
    }

    private static List<Problem> refusals(OverwriteGuard guard, Plan plan) {
        ProblemException[] thrown = new ProblemException[1];
        assertThatThrownBy(() -> guard.check(plan))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> thrown[0] = refusal);
        return thrown[0].problems();
    }
}
