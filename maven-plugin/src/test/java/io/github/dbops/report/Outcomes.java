package io.github.dbops.report;

import io.github.dbops.problem.Problem;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Phase;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Outcomes as a run would leave them, one method per situation. */
final class Outcomes {

    static final Digest DIGEST = new Digest("3f2a9c41d07e".repeat(5) + "3f2a");
    static final Counts CATEGORIES = new Counts(5, 9, 1, 2, 4, 2, 2, 5, 0, 0, 0, 0);
    static final Counts PRODUCTS = new Counts(1_204, 18_350, 37, 0, 1_167, 1_160, 7, 17_183, 0, 0, 0, 0);
    static final Counts ORDERS = new Counts(3, 90_412, 3, 0, 0, 0, 0, 90_412, 0, 0, 0, 0);

    private Outcomes() {}

    static SyncOutcome dryRunWithChanges(Optional<SampleDetail> samples) {
        return outcome(
                Execution.DRY_RUN,
                SyncOutcome.Result.CHANGES_FOUND,
                Optional.of(DIGEST),
                samples,
                List.of(
                        categories(CATEGORIES),
                        products(PRODUCTS),
                        orders(ORDERS),
                        skipped("Session", "mode is skip"),
                        skipped("AuditLog", "mode is skip")),
                List.of(
                        "The two databases' migration histories differ: 20261101093000_add_slug is only in the source.",
                        "The protected pattern \"Invoice*\" matches no table."),
                List.of(
                        "Source: DATABASE_URL in .env; target: DIRECT_URL in .env.production.",
                        "No backup check is set (dbops.backupCheck)."),
                List.of());
    }

    static SyncOutcome nothingToDo() {
        Counts same = new Counts(5, 9, 0, 0, 5, 5, 0, 4, 0, 0, 0, 0);
        return outcome(
                Execution.DRY_RUN,
                SyncOutcome.Result.NOTHING_TO_DO,
                Optional.of(DIGEST),
                Optional.empty(),
                List.of(table("public.Category", Mode.UPSERT, OnConflict.LOCAL_WINS, null, same, List.of(), List.of())),
                List.of(),
                List.of(),
                List.of());
    }

    static SyncOutcome applied() {
        return outcome(
                Execution.APPLY,
                SyncOutcome.Result.APPLIED,
                Optional.of(DIGEST),
                Optional.empty(),
                List.of(
                        categories(CATEGORIES.applied(1, 2)),
                        products(PRODUCTS.applied(37, 0)),
                        orders(ORDERS.applied(3, 0))),
                List.of(),
                List.of("The backup check was satisfied: backup.dump is 3 hours old."),
                List.of());
    }

    static SyncOutcome refused(List<Problem> problems) {
        Counts blocked = new Counts(1_204, 18_350, 30, 0, 1_167, 1_160, 7, 17_183, 7, 2, 0, 0);
        return outcome(
                Execution.APPLY,
                SyncOutcome.Result.REFUSED,
                Optional.empty(),
                Optional.empty(),
                List.of(categories(CATEGORIES), products(blocked)),
                List.of(),
                List.of(),
                problems);
    }

    static SyncOutcome failedEarly(Problem problem) {
        return new SyncOutcome(
                Execution.DRY_RUN,
                SyncOutcome.Result.FAILED,
                "sync-plan.json",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "0b8e6f0e-5a3f-4c57-9a51-6d0f4e0b7c11",
                Instant.parse("2026-11-01T09:30:00Z"),
                Duration.ofMillis(12),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(problem));
    }

    static SyncOutcome outcome(
            Execution execution,
            SyncOutcome.Result result,
            Optional<Digest> digest,
            Optional<SampleDetail> samples,
            List<TableOutcome> tables,
            List<String> warnings,
            List<String> facts,
            List<Problem> problems) {
        return new SyncOutcome(
                execution,
                result,
                "scripts/db/sync-plan.json",
                Optional.of("ab".repeat(32)),
                Optional.of("postgresql://shop@localhost:5432/shop"),
                Optional.of("postgresql://deploy@db.example.com:5432/shop"),
                digest,
                "0b8e6f0e-5a3f-4c57-9a51-6d0f4e0b7c11",
                Instant.parse("2026-11-01T09:30:00Z"),
                Duration.ofMillis(1_830),
                List.of(new Phase("connect", Duration.ofMillis(220)), new Phase("compare", Duration.ofMillis(1_600))),
                List.of("Order*", "StripeEvent", "NotificationLog", "Invoice*"),
                samples,
                tables,
                warnings,
                facts,
                problems);
    }

    static TableOutcome table(
            String name,
            Mode mode,
            OnConflict onConflict,
            @Nullable String protectedBy,
            Counts counts,
            List<Sample> samples,
            List<String> notes) {
        return new TableOutcome(name, mode, onConflict, protectedBy, false, null, counts, samples, notes);
    }

    static Sample sample(Sample.Kind kind, String column, @Nullable String value, Sample.Change... cells) {
        return new Sample(kind, List.of(new Sample.Cell(column, value)), List.of(cells));
    }

    private static TableOutcome categories(Counts counts) {
        return table(
                "public.Category",
                Mode.UPSERT,
                OnConflict.LOCAL_WINS,
                null,
                counts,
                List.of(
                        sample(
                                Sample.Kind.INSERT,
                                "slug",
                                "shoes",
                                new Sample.Change("slug", null, "shoes"),
                                new Sample.Change("title", null, "Shoes & boots"),
                                new Sample.Change("parent", null, null)),
                        sample(
                                Sample.Kind.UPDATE,
                                "slug",
                                "hats",
                                new Sample.Change("title", "Hats", "Hats & caps"),
                                new Sample.Change("token", "****", "****")),
                        sample(
                                Sample.Kind.UPDATE,
                                "slug",
                                "winter sale",
                                new Sample.Change("endsAt", null, "2026-12-24 00:00:00+00"))),
                List.of("The trigger category_touch sets updatedAt on every update."));
    }

    private static TableOutcome products(Counts counts) {
        Sample composite = new Sample(
                Sample.Kind.INSERT,
                List.of(new Sample.Cell("sku", "A-100"), new Sample.Cell("locale", "de")),
                List.of());
        return table(
                "public.ProductTranslationWithAnUncommonlyLongName",
                Mode.UPSERT,
                OnConflict.PROD_WINS,
                null,
                counts,
                List.of(composite),
                List.of());
    }

    private static TableOutcome orders(Counts counts) {
        return table("public.OrderStatus", Mode.APPEND, OnConflict.PROD_WINS, "Order*", counts, List.of(), List.of());
    }

    private static TableOutcome skipped(String name, String reason) {
        return new TableOutcome(
                name, Mode.SKIP, OnConflict.PROD_WINS, null, true, reason, Counts.NONE, List.of(), List.of());
    }
}
