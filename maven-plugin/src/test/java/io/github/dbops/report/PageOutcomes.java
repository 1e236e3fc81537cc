package io.github.dbops.report;

import static io.github.dbops.report.Outcomes.sample;
import static io.github.dbops.report.Outcomes.table;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.run.Phase;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.Sample.Change;
import io.github.dbops.sync.Sample.Kind;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.TableOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Outcomes for the page: each shows something that the page must be good at. */
final class PageOutcomes {

    /** Rows of {@link #many}. */
    static final int MANY = 5_000;

    private PageOutcomes() {}

    /** A shop's dry-run with a bit of everything; what docs/reports.md has a picture of. */
    static SyncOutcome shop(Optional<SampleDetail> samples) {
        return new SyncOutcome(
                Execution.DRY_RUN,
                SyncOutcome.Result.CHANGES_FOUND,
                "scripts/db/sync-plan.json",
                Optional.of("c0d7e4190ba2f6583d1c97ae52f40b88e6371d90a4c5f21b7e08d3962af1b45c"),
                Optional.of("postgresql://shop@localhost:5432/shop"),
                Optional.of("postgresql://deploy@db.example.com:5432/shop"),
                Optional.of(new Digest("31abc083ebc885e117c963652ec429f9c297c998d29b20ea64d04e3142043101")),
                "d17269b7-9c6e-4fdb-8468-6681c2ee5fc7",
                Instant.parse("2026-11-01T09:30:00Z"),
                Duration.ofMillis(2_430),
                List.of(new Phase("connect", Duration.ofMillis(220)), new Phase("compare", Duration.ofMillis(2_140))),
                List.of("Order*", "StripeEvent", "NotificationLog", "Invoice*"),
                samples,
                List.of(categories(), products(), coupons(), orders(), skipped("Customer"), skipped("AuditLog")),
                List.of(
                        "The two databases' migration histories differ: 20261101093000_add_slug is only in the source."),
                List.of(
                        "Source: DATABASE_URL in .env; target: DIRECT_URL in .env.production.",
                        "No backup check is set (dbops.backupCheck)."),
                List.of());
    }

    /** An apply that refuses: problems, blocked rows, keys that are not unique. */
    static SyncOutcome refused(Optional<SampleDetail> samples) {
        Counts counts = new Counts(1_204, 18_350, 30, 0, 1_167, 1_160, 7, 17_183, 7, 1, 0, 0);
        List<Sample> rows = List.of(
                blocked("A-100", "public.Category (slug=lamps)"),
                blocked("A-101", "public.Category (slug=lamps-2027)"),
                blocked("A-102", "public.Category (no such row in the source, or it has no key)"),
                sample(Kind.DUPLICATE, "sku", "A-7"));
        return Outcomes.outcome(
                Execution.APPLY,
                SyncOutcome.Result.REFUSED,
                Optional.empty(),
                samples,
                List.of(table("public.Product", Mode.UPSERT, OnConflict.PROD_WINS, null, counts, rows, List.of())),
                List.of(),
                List.of(),
                List.of(blocked(), duplicate()));
    }

    /** As many rows as the page ever gets, ten cells each. */
    static SyncOutcome many() {
        List<TableOutcome> tables = new ArrayList<>();
        int each = MANY / 5;
        for (String name : List.of("Article", "Author", "Price", "Stock", "Translation")) {
            List<Sample> rows =
                    IntStream.range(0, each).mapToObj(i -> wide(name, i)).toList();
            Counts counts = new Counts(each * 9L, each * 20L, each, each, 0, 0, each, 0, 0, 0, 0, 0);
            tables.add(table("public." + name, Mode.UPSERT, OnConflict.LOCAL_WINS, null, counts, rows, List.of()));
        }
        return Outcomes.outcome(
                Execution.DRY_RUN,
                SyncOutcome.Result.CHANGES_FOUND,
                Optional.of(Outcomes.DIGEST),
                Optional.of(SampleDetail.VALUES),
                tables,
                List.of(),
                List.of(),
                List.of());
    }

    /** Every text is hostile: markup, ends of scripts, invisible and reordering characters, a megabyte. */
    static SyncOutcome hostile() {
        List<String> texts = List.of(
                "</script><img src=x onerror=\"document.title='taken'\">",
                "<!--<script>",
                "]]>--></style></title><svg onload=document.title='taken'>",
                "{{data}}{{script}}$1\\$1",
                "\u202egnp.exe\u2066\u200b\u2028\u0000\u001b[31m\u00a0\ufeff\u3164\ud83d",
                " blank \t at\nboth ends  ",
                "&lt;b&gt;&amp;#39;' onclick='x",
                "\ud83d\ude00 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
                "x".repeat(1_000_000));
        List<Sample> rows = texts.stream()
                .flatMap(text -> Arrays.stream(Kind.values())
                        .map(kind -> sample(
                                kind,
                                text,
                                text,
                                new Change("c" + text, text, text + "!"),
                                new Change(text, null, text))))
                .toList();
        return Outcomes.outcome(
                Execution.DRY_RUN,
                SyncOutcome.Result.FAILED,
                Optional.of(Outcomes.DIGEST),
                Optional.of(SampleDetail.VALUES),
                texts.stream()
                        .map(text -> table(
                                "public." + text,
                                Mode.UPSERT,
                                OnConflict.LOCAL_WINS,
                                text,
                                Outcomes.CATEGORIES,
                                rows,
                                List.of(text)))
                        .toList(),
                texts,
                texts,
                texts.stream()
                        .map(text -> new Problem(
                                Code.DATABASE_ERROR,
                                text,
                                text,
                                text,
                                text,
                                List.of(text, "mvn " + text),
                                List.of(text)))
                        .toList());
    }

    private static Sample wide(String table, int i) {
        Change[] cells = IntStream.range(0, 10)
                .mapToObj(c -> i % 2 == 0
                        ? new Change("column" + c, "The value before, number " + i, "The value after, number " + i + c)
                        : new Change("column" + c, null, "A new value, number " + i + c))
                .toArray(Change[]::new);
        return sample(i % 2 == 0 ? Kind.UPDATE : Kind.INSERT, "id", table + "-" + i, cells);
    }

    private static TableOutcome categories() {
        return table(
                "public.Category",
                Mode.UPSERT,
                OnConflict.LOCAL_WINS,
                null,
                new Counts(6, 9, 1, 4, 5, 1, 4, 4, 0, 0, 0, 0),
                List.of(
                        sample(
                                Kind.INSERT,
                                "slug",
                                "scarves",
                                change("slug", null, "scarves"),
                                change("title", null, "Scarves & shawls"),
                                change("position", null, "4"),
                                change("subtitle", null, ""),
                                change("parent", null, null)),
                        sample(Kind.UPDATE, "slug", "hats", change("title", "Hats", "Hats & caps")),
                        sample(
                                Kind.UPDATE,
                                "slug",
                                "sale",
                                change("endsAt", null, "2026-12-24 00:00:00+00"),
                                change("note", "NULL", ""),
                                change("token", "****", "****")),
                        sample(
                                Kind.UPDATE,
                                "slug",
                                "shoes",
                                change(
                                        "description",
                                        "Boots, sneakers and sandals for every season.\nFree returns within 30 days.",
                                        "Boots, trainers and sandals for every season.\nFree returns within 60 days."),
                                change("title", "Shoes ", "Shoes")),
                        sample(Kind.UPDATE, "slug", "winter sale", change("position", "12", "3"))),
                List.of("The trigger category_touch sets updatedAt on every update."));
    }

    private static TableOutcome products() {
        Sample translated = new Sample(
                Kind.INSERT,
                List.of(new Sample.Cell("sku", "SCARF-1"), new Sample.Cell("locale", "de")),
                List.of(
                        change("name", null, "Wollschal"),
                        change("price", null, "35.00"),
                        change("attributes", null, "{\"colour\": \"grey\", \"wool\": true}"),
                        change("category", null, "scarves")));
        Sample priced = new Sample(
                Kind.UPDATE,
                List.of(new Sample.Cell("sku", "SHOE-1"), new Sample.Cell("locale", "de")),
                List.of(
                        change("price", "129.00", "119.00"),
                        change("attributes", "{\"sizes\": [38, 39, 40]}", "{\"sizes\": [38, 39, 40, 41]}")));
        return table(
                "public.ProductTranslation",
                Mode.UPSERT,
                OnConflict.LOCAL_WINS,
                null,
                new Counts(1_204, 18_350, 1, 1, 1_203, 1_202, 1, 17_147, 0, 0, 0, 0),
                List.of(translated, priced),
                List.of());
    }

    private static TableOutcome coupons() {
        return table(
                "public.Coupon",
                Mode.APPEND,
                OnConflict.PROD_WINS,
                null,
                new Counts(3, 3, 1, 0, 2, 1, 1, 1, 0, 0, 0, 0),
                List.of(
                        sample(
                                Kind.INSERT,
                                "code",
                                "AUTUMN",
                                change("percent", null, "20"),
                                change("validUntil", null, "2026-11-30")),
                        sample(Kind.CONFLICT, "code", "WELCOME10", change("percent", "12", "10"))),
                List.of());
    }

    private static TableOutcome orders() {
        return table(
                "public.OrderStatus",
                Mode.APPEND,
                OnConflict.PROD_WINS,
                "Order*",
                new Counts(3, 90_412, 2, 0, 1, 0, 1, 90_411, 0, 0, 0, 0),
                List.of(
                        sample(Kind.INSERT, "code", "returned", change("label", null, "Returned")),
                        sample(Kind.INSERT, "code", "lost", change("label", null, "Lost in transit")),
                        sample(Kind.CONFLICT, "code", "paid", change("label", "Paid", "PAID"))),
                List.of());
    }

    private static TableOutcome skipped(String name) {
        return new TableOutcome(
                name,
                Mode.SKIP,
                OnConflict.PROD_WINS,
                null,
                true,
                "the plan says skip",
                Counts.NONE,
                List.of(),
                List.of());
    }

    private static Sample blocked(String sku, String missing) {
        return new Sample(Kind.BLOCKED, List.of(new Sample.Cell("sku", sku)), List.of(), missing);
    }

    private static Problem blocked() {
        return new Problem(
                Code.ROWS_BLOCKED,
                "7 rows of public.Product have no parent row.",
                "public.Product",
                "Their categories are neither in the target nor among this run's inserts.",
                "The transaction was rolled back; nothing was changed.",
                List.of(
                        "Add \"Category\" to the plan (sync-plan.json:4:13), or leave the rows out by \"where\".",
                        "Look again: mvn dbops:sync"),
                List.of("sku=A-100", "sku=A-101"));
    }

    private static Problem duplicate() {
        return new Problem(
                Code.KEY_DUPLICATE_IN_SOURCE,
                "1 key of public.Product stands in several source rows.",
                "public.Product (sku=A-7)",
                "A key must name one row.\nERROR: could not create unique index\nKey is duplicated.",
                "The transaction was rolled back; nothing was changed.",
                List.of("Make the source's rows unique, or name a longer key in sync-plan.json."));
    }

    private static Change change(String column, @Nullable String before, @Nullable String after) {
        return new Change(column, before, after);
    }
}
