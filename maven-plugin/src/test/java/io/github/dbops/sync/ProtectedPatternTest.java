package io.github.dbops.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedPatternTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Order",
                "order",
                "ORDERS",
                "orders",
                "OrderItem",
                "order_items",
                "_order",
                "StripeEvent",
                "stripeevent",
                "stripe_event",
                "stripe_events",
                "StripeEvents",
                "STRIPE_EVENTS",
                "NotificationLog",
                "notification_log",
                "notification_logs"
            })
    void builtInsProtectEverySpellingOfTheirTables(String name) {
        assertThat(ProtectedPattern.BUILT_IN).anyMatch(pattern -> pattern.matches("public", name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Reorder",
                "reorders",
                "PurchaseOrder",
                "Ordinal",
                "StripeEventLog",
                "stripe_eventss",
                "Event",
                "stripe",
                "Notification",
                "notification_logs_archive",
                "log"
            })
    void builtInsLeaveOtherTablesAlone(String name) {
        assertThat(ProtectedPattern.BUILT_IN).noneMatch(pattern -> pattern.matches("public", name));
    }

    @Test
    void builtInsMatchInEverySchema() {
        ProtectedPattern order = new ProtectedPattern("Order*", true);

        assertThat(order.matches("shop", "Order")).isTrue();
        assertThat(order.matches("public.Order"))
                .as("as a qualified name alone")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Payment*,      public,  payment_intents,  true",
        "Payment*,      public,  PAYMENTS,         true",
        "Payment*,      public,  Repayment,        false",
        "PaymentIntent, public,  paymentintent,    true",
        "PaymentIntent, public,  payment_intent,   false",
        "PaymentIntent, public,  PaymentIntents,   false",
        "payment_*,     public,  paymentintent,    false",
        "billing.*,     billing, Invoice,          true",
        "billing.*,     public,  Invoice,          false",
        "*.Invoice,     billing, invoice,          true",
        "public.Order,  public,  Order,            true",
        "public.Order,  shop,    Order,            false",
        "User?,         public,  users,            true",
        "User?,         public,  user,             false",
        "User?,         public,  userss,           false",
        "*log,          public,  AuditLog,         true",
        "*log,          public,  Logs,             false",
        "a*b*c,         public,  a1b2b3c,          true",
        "a*b*c,         public,  a1c2b,            false",
        "**,            public,  anything,         true",
        "a.c,           public,  abc,              false",
        "[ab]*,         public,  a,                false",
        "a+,            public,  aa,               false",
    })
    void customPatternsAreGlobsThatIgnoreOnlyCase(String glob, String schema, String name, boolean matches) {
        assertThat(new ProtectedPattern(glob, false).matches(schema, name)).isEqualTo(matches);
    }

    @Test
    void aStarInACustomPatternReachesOverTheSchemaToo() {
        assertThat(new ProtectedPattern("billing*", false).matches("billing", "Invoice"))
                .isTrue();
    }

    @Test
    void aTableWhoseNameHoldsGlobCharactersIsAnOrdinaryName() {
        ProtectedPattern exact = new ProtectedPattern("ab", false);

        assertThat(exact.matches("public", "a*")).isFalse();
        assertThat(exact.matches("public", "a?")).isFalse();
        assertThat(new ProtectedPattern("a*", false).matches("public", "a*b")).isTrue();
    }

    @Test
    void aPluralAfterAStarDoesNotWidenABuiltInPatternToEverything() {
        ProtectedPattern plural = new ProtectedPattern("Order*s", true);

        assertThat(plural.matches("public", "OrderItems")).isTrue();
        assertThat(plural.matches("public", "OrderItem")).isFalse();
    }

    @Test
    void aSingularTableMatchesAPluralBuiltInPattern() {
        assertThat(new ProtectedPattern("Events", true).matches("public", "event"))
                .isTrue();
    }

    @Test
    void manyStarsDoNotTakeExponentialTime() {
        ProtectedPattern hostile = new ProtectedPattern("*a".repeat(50) + "b", false);

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(hostile.matches("public", "a".repeat(5_000))).isFalse());
    }
}
