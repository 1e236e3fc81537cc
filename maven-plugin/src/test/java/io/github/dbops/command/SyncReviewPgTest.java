package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.codes;
import static io.github.dbops.command.SyncFixture.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.report.Review;
import io.github.dbops.run.Digest;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was reviewed is what is applied; spec section 1, rule 5. */
class SyncReviewPgTest {

    private static final String SCHEMA = """
            CREATE TABLE color (code text PRIMARY KEY, title text, "updatedAt" timestamptz NOT NULL DEFAULT now());
            CREATE TABLE tag (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), slug text UNIQUE, title text, rank int);
            CREATE TABLE note (id int PRIMARY KEY, body text);
            """;
    private static final String SOURCE = """
            INSERT INTO color VALUES ('red', 'Red'), ('green', 'Green'), ('blue', NULL);
            INSERT INTO tag (slug, title, rank) VALUES ('new', 'New', 1), ('sale', 'Sale', 2), ('top', 'Top', NULL);
            """;
    private static final String TARGET = """
            INSERT INTO color VALUES ('red', 'RED'), ('green', 'Green'), ('gold', 'Gold');
            INSERT INTO tag (slug, title, rank) VALUES ('new', 'New', 7), ('old', 'Old', 9);
            INSERT INTO note VALUES (1, 'ours');
            """;
    private static final String PLAN = """
            {
              "defaults": { "mode": "upsert", "onConflict": "local_wins" },
              "tables": [
                { "name": "color", "key": ["code"], "ignore": ["updatedAt"] },
                { "name": "tag", "key": ["slug"] }
              ]
            }
            """;

    private static SyncFixture fixture(TestServer source, TestServer target) {
        SyncFixture fixture = new SyncFixture(source, target, SCHEMA);
        fixture.source.execute(SOURCE);
        fixture.target.execute(TARGET);
        return fixture.plan(PLAN);
    }

    private static SyncFixture fixture() {
        return fixture(TestServers.newest(), TestServers.newest());
    }

    private static void assertRefused(SyncFixture fixture, String code, String why) {
        List<String> before = fixture.snapshot();
        SyncOutcome outcome = fixture.apply();
        assertThat(codes(outcome)).containsExactly(code);
        assertThat(outcome.result()).isEqualTo(SyncOutcome.Result.REFUSED);
        assertThat(outcome.problems().get(0).why()).contains(why);
        assertThat(fixture.snapshot()).isEqualTo(before);
    }

    @Test
    void applyWithoutReviewIsRefusedBeforeConnecting() {
        try (SyncFixture fixture = fixture()) {
            assertRefused(fixture, "DBOPS-113", "no dry-run was made");
            assertThat(fixture.apply().problems().get(0).state()).startsWith("Nothing was connected to");
            assertThat(fixture.target.query("SELECT to_regclass('dbops.sync_run') IS NULL"))
                    .isEqualTo(List.of(List.of("t")));
        }
    }

    @Test
    void reviewedChangeSetIsAppliedAndReviewConsumed() {
        try (SyncFixture fixture = fixture()) {
            SyncOutcome dryRun = fixture.dryRun();
            assertThat(fixture.review().read().map(Review::digest)).isEqualTo(dryRun.digest());

            SyncOutcome applied = fixture.apply();

            assertThat(applied.problems()).isEmpty();
            assertThat(applied.result()).isEqualTo(SyncOutcome.Result.APPLIED);
            assertThat(applied.digest()).isEqualTo(dryRun.digest());
            assertThat(fixture.review().read()).isEmpty();
            assertRefused(fixture, "DBOPS-113", "an apply has consumed it");
        }
    }

    @Test
    void reviewOfAnotherPlanIsRefused() {
        try (SyncFixture fixture = fixture()) {
            fixture.dryRun();
            fixture.plan(PLAN.replace("\"key\": [\"slug\"]", "\"key\": [\"slug\"], \"columns\": [\"title\"]"));
            assertRefused(fixture, "DBOPS-113", "The plan has changed");
        }
    }

    @Test
    void planMayBeSpelledDifferentlyThanTheReviewedOne() {
        try (SyncFixture fixture = fixture()) {
            fixture.dryRun();
            fixture.plan("// the same\n" + PLAN.replace("\n", "\n\n"));
            assertThat(fixture.apply().result()).isEqualTo(SyncOutcome.Result.APPLIED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1H"})
    void reviewOlderThanItsMaximumAgeIsRefused(Duration maxAge) {
        try (SyncFixture fixture = fixture()) {
            fixture.reviewMaxAge(maxAge).dryRun();
            assertRefused(fixture, "DBOPS-113", "dbops.reviewMaxAge");
            assertThat(fixture.review().read()).isPresent();
        }
    }

    @Test
    void reviewDatedInTheFutureIsRefused() {
        try (SyncFixture fixture = fixture()) {
            fixture.dryRun();
            Review review = fixture.review().read().orElseThrow();
            fixture.review()
                    .write(new Review(
                            review.digest(),
                            review.planHash(),
                            review.source(),
                            review.target(),
                            review.reviewedAt().plus(Duration.ofMinutes(30)),
                            review.runId(),
                            review.toInsert(),
                            review.toUpdate(),
                            review.conflicts(),
                            review.tables()));
            assertRefused(fixture, "DBOPS-113", "in the future");
        }
    }

    @Test
    void reviewOfOtherDatabasesIsRefused() {
        try (SyncFixture fixture = fixture();
                TestDatabase other = TestServers.newest().createDatabase(SCHEMA, TARGET)) {
            fixture.dryRun();
            fixture.to(other.url());
            assertRefused(fixture, "DBOPS-113", "between other databases");
            assertThat(other.query("SELECT FROM color")).hasSize(3);
            fixture.to(fixture.target.url()).from(other.url());
            assertRefused(fixture, "DBOPS-113", "between other databases");
        }
    }

    @Test
    void unreadableReviewIsRefused() {
        try (SyncFixture fixture = fixture()) {
            fixture.dryRun();
            fixture.file("reports/sync-review.json", "{\"digest\": 1");
            assertRefused(fixture, "DBOPS-113", "no valid JSON");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "target | UPDATE color SET title = 'Rot' WHERE code = 'red' | public.color",
                "target | UPDATE color SET title = 'Red' WHERE code = 'red' | public.color",
                "target | UPDATE color SET title = 'Grün' WHERE code = 'green' | public.color",
                "target | DELETE FROM color WHERE code IN ('red', 'green') | public.color",
                "target | INSERT INTO color VALUES ('blue', NULL) | public.color",
                "target | UPDATE tag SET rank = NULL WHERE slug = 'new' | public.tag",
                "source | INSERT INTO color VALUES ('pink', 'Pink') | public.color",
                "source | DELETE FROM tag WHERE slug = 'top' | public.tag",
                "source | UPDATE tag SET slug = 'Top' WHERE slug = 'top' | public.tag",
                "source | UPDATE tag SET rank = 0 WHERE rank IS NULL | public.tag",
                "source | UPDATE tag SET rank = 3; UPDATE color SET title = '-' | public.color, public.tag"
            })
    void driftSinceTheReviewIsRefusedNamingTheTables(String side, String sql, String drifted) {
        try (SyncFixture fixture = fixture()) {
            SyncOutcome dryRun = fixture.dryRun();
            (side.equals("source") ? fixture.source : fixture.target).execute(sql);
            assertRefused(fixture, "DBOPS-415", "Drifted since: " + drifted + ". Now");
            assertThat(fixture.review().read().map(Review::digest)).isEqualTo(dryRun.digest());

            assertThat(fixture.dryRun().digest()).isNotEqualTo(dryRun.digest());
            assertThat(fixture.apply().result()).isEqualTo(SyncOutcome.Result.APPLIED);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "target | UPDATE note SET body = 'other'; INSERT INTO note VALUES (2, 'more'); CREATE TABLE late (id int)",
                "target | UPDATE color SET title = 'Au' WHERE code = 'gold'; INSERT INTO color VALUES ('grey', 'Grey')",
                "target | DELETE FROM tag WHERE slug = 'old'",
                "target | UPDATE color SET \"updatedAt\" = '2020-01-01'",
                "target | UPDATE tag SET id = gen_random_uuid()",
                "target | UPDATE color SET title = title",
                "source | UPDATE color SET \"updatedAt\" = '2020-01-01'",
                "source | UPDATE tag SET id = gen_random_uuid()",
                "source | INSERT INTO note VALUES (3, 'theirs')",
                "source | DELETE FROM color WHERE code = 'green'"
            })
    void whatTheChangeSetDoesNotHoldMayChange(String side, String sql) {
        try (SyncFixture fixture = fixture()) {
            SyncOutcome dryRun = fixture.dryRun();
            (side.equals("source") ? fixture.source : fixture.target).execute(sql);
            SyncOutcome applied = fixture.apply();
            assertThat(applied.problems()).isEmpty();
            assertThat(applied.digest()).isEqualTo(dryRun.digest());
            assertThat(counts(applied, "color").appliedInserts()).isEqualTo(1);
            assertThat(counts(applied, "tag").appliedUpdates()).isEqualTo(1);
        }
    }

    @Test
    void expectedDigestStandsForAReview() {
        try (SyncFixture fixture = fixture()) {
            Digest digest = fixture.dryRun().digest().orElseThrow();
            fixture.review().delete();
            fixture.expecting(new Digest("0".repeat(64)));
            assertRefused(fixture, "DBOPS-415", "public.color (1 to insert, 1 to update)");
            assertThat(fixture.expecting(digest).apply().result()).isEqualTo(SyncOutcome.Result.APPLIED);
        }
    }

    @Test
    void expectedDigestBeatsTheReviewFile() {
        try (SyncFixture fixture = fixture()) {
            fixture.dryRun();
            fixture.expecting(new Digest("f".repeat(64)));
            assertRefused(fixture, "DBOPS-415", "Now to be changed: ");
            assertThat(fixture.review().read()).isPresent();
        }
    }

    @Test
    void skippedReviewAppliesWhateverIsFound() {
        try (SyncFixture fixture = fixture()) {
            assertThat(fixture.withoutReview().apply().result()).isEqualTo(SyncOutcome.Result.APPLIED);
            assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        }
    }

    @Test
    void whatWasAppliedWithoutReviewHasTheDigestThatAReviewWouldHaveHad() {
        try (SyncFixture fixture = fixture()) {
            Digest digest = fixture.dryRun().digest().orElseThrow();
            assertThat(fixture.withoutReview().apply().digest()).contains(digest);
            assertThat(fixture.target.query("SELECT digest, array_to_string(tables, ' ') FROM dbops.sync_run"))
                    .containsExactly(List.of(digest.hex(), "public.color public.tag"));
            assertThat(fixture.apply().digest())
                    .isPresent()
                    .isEqualTo(fixture.dryRun().digest());
        }
    }

    @Test
    void whatFailedWithoutReviewHasNone() {
        try (SyncFixture fixture = fixture()) {
            fixture.target.execute("ALTER TABLE tag ADD CHECK (title <> 'Sale')");
            SyncOutcome failed = fixture.withoutReview().apply();
            assertThat(codes(failed)).containsExactly("DBOPS-422");
            assertThat(failed.digest()).isEmpty();
        }
    }

    @Test
    void reviewStaysAfterAFailedApply() {
        try (SyncFixture fixture = fixture()) {
            fixture.dryRun();
            fixture.target.execute("ALTER TABLE tag ADD CHECK (title <> 'Sale')");
            List<String> before = fixture.snapshot();
            assertThat(codes(fixture.apply())).containsExactly("DBOPS-422");
            assertThat(fixture.snapshot()).isEqualTo(before);
            assertThat(fixture.review().read()).isPresent();
            fixture.target.execute("ALTER TABLE tag DROP CONSTRAINT tag_title_check");
            assertThat(fixture.apply().result()).isEqualTo(SyncOutcome.Result.APPLIED);
        }
    }

    @Test
    void refusedDryRunLeavesTheEarlierReviewAlone() {
        try (SyncFixture fixture = fixture()) {
            Optional<Digest> digest = fixture.dryRun().digest();
            fixture.source.execute(
                    "ALTER TABLE tag DROP CONSTRAINT tag_slug_key; INSERT INTO tag (slug) VALUES ('new')");
            assertThat(codes(fixture.dryRun())).containsExactly("DBOPS-406");
            assertThat(fixture.review().read().map(Review::digest)).isEqualTo(digest);
        }
    }

    @Test
    void rebuiltSourceHasTheSameDigest() {
        try (SyncFixture fixture = fixture()) {
            Optional<Digest> first = fixture.dryRun().digest();
            fixture.source.execute("TRUNCATE color, tag");
            fixture.source.execute(SOURCE_IN_OTHER_ORDER);
            assertThat(first).isPresent();
            assertThat(fixture.dryRun().digest()).isEqualTo(first);
        }
    }

    private static final String SOURCE_IN_OTHER_ORDER = """
            INSERT INTO tag (rank, title, slug) VALUES (NULL, 'Top', 'top'), (2, 'Sale', 'sale'), (1, 'New', 'new');
            INSERT INTO color VALUES ('blue', NULL, now()), ('red', 'Red', '2001-01-01'), ('green', 'Green', now());
            """;

    @Test
    void sameFactsHaveTheSameDigestOnEveryServer() {
        List<Map<String, String>> digests = new ArrayList<>();
        for (TestServer source : TestServers.all()) {
            for (TestServer target : TestServers.all()) {
                try (SyncFixture fixture = fixture(source, target)) {
                    digests.add(tableDigests(fixture));
                    fixture.source.execute("TRUNCATE color, tag");
                    fixture.source.execute(SOURCE_IN_OTHER_ORDER);
                    digests.add(tableDigests(fixture.exact()));
                }
            }
        }
        assertThat(digests.get(0)).containsOnlyKeys("public.color", "public.tag");
        assertThat(digests).hasSizeGreaterThan(1).containsOnly(digests.get(0));
    }

    private static Map<String, String> tableDigests(SyncFixture fixture) {
        assertThat(fixture.dryRun().problems()).isEmpty();
        return fixture.review().read().orElseThrow().tables();
    }

    @Test
    void everyComparedFactChangesTheDigest() {
        try (SyncFixture fixture = fixture()) {
            List<Digest> digests =
                    new ArrayList<>(List.of(fixture.dryRun().digest().orElseThrow()));
            for (String change : List.of(
                    "UPDATE tag SET title = 'sale' WHERE slug = 'sale'",
                    "UPDATE tag SET title = NULL WHERE slug = 'sale'",
                    "UPDATE tag SET title = '' WHERE slug = 'sale'",
                    "UPDATE tag SET slug = 'sales' WHERE slug = 'sale'",
                    "UPDATE tag SET slug = 'old' WHERE slug = 'sales'",
                    "UPDATE tag SET rank = 9, title = 'Old' WHERE slug = 'old'",
                    "DELETE FROM tag WHERE slug = 'top'")) {
                fixture.source.execute(change);
                digests.add(fixture.dryRun().digest().orElseThrow());
            }
            assertThat(digests).doesNotHaveDuplicates();
        }
    }
}
