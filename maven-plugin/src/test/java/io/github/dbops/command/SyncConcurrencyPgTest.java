package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.codes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.run.Digest;
import io.github.dbops.run.Execution;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.SyncOutcome.Result;
import io.github.dbops.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Others are at work on the same tables: runs of dbops, and the application. */
@Timeout(120)
class SyncConcurrencyPgTest {

    private final SyncFixture fixture = Shelf.between(TestServers.newest(), TestServers.newest());

    @AfterEach
    void close() {
        fixture.close();
    }

    /** An operator with a checkout of their own who reviewed the same dry-run. */
    private SyncFixture operator(Digest digest) {
        return new SyncFixture(fixture).plan(Shelf.PLAN).expecting(digest);
    }

    private static Consumer<String> once(String phase, Runnable event) {
        boolean[] happened = {false};
        return name -> {
            if (name.equals(phase) && !happened[0]) {
                happened[0] = true;
                event.run();
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** The second run begins while the first stands in its applying transaction, which ends once the second waits. */
    private static List<SyncOutcome> atOnce(SyncFixture first, SyncFixture second) {
        CountDownLatch firstIsIn = new CountDownLatch(1);
        CountDownLatch secondWaits = new CountDownLatch(1);
        CompletableFuture<SyncOutcome> firstRun = CompletableFuture.supplyAsync(() -> first.run(
                Execution.APPLY,
                once("apply", () -> {
                    firstIsIn.countDown();
                    await(secondWaits);
                }),
                line -> {}));
        await(firstIsIn);
        SyncOutcome secondRun = second.run(Execution.APPLY, phase -> {}, line -> {
            if (line.startsWith("Another run of dbops holds the lock")) {
                secondWaits.countDown();
            }
        });
        return List.of(firstRun.join(), secondRun);
    }

    @Test
    void secondOfTwoReviewedAppliesWaitsAndIsRefused() {
        Digest digest = fixture.dryRun().digest().orElseThrow();
        SyncFixture second = operator(digest);
        List<SyncOutcome> outcomes = atOnce(operator(digest), second);
        assertThat(outcomes.get(0).problems()).isEmpty();
        assertThat(outcomes.get(0).result()).isEqualTo(Result.APPLIED);
        assertThat(codes(outcomes.get(1))).containsExactly("DBOPS-415");
        assertThat(outcomes.get(1).problems().get(0).why()).contains("another run may have applied it");
        assertThat(second.said("Another run of dbops holds the lock"))
                .singleElement()
                .asString()
                .contains("PID ", "dbops/sync", "connected since");
        assertThat(Shelf.rows(fixture)).isEqualTo(Shelf.AFTER);
    }

    @Test
    void secondOfTwoUnreviewedAppliesFindsNothingToDo() {
        SyncFixture second = new SyncFixture(fixture).plan(Shelf.PLAN).withoutReview();
        List<SyncOutcome> outcomes = atOnce(fixture, second);
        assertThat(outcomes).allSatisfy(o -> assertThat(o.problems()).isEmpty());
        assertThat(outcomes).extracting(SyncOutcome::result).containsExactly(Result.APPLIED, Result.NOTHING_TO_DO);
        assertThat(outcomes.get(1).facts())
                .anyMatch(f -> f.startsWith(
                        "The last apply was committed: run " + outcomes.get(0).runId()));
        assertThat(Shelf.rows(fixture)).isEqualTo(Shelf.AFTER);
    }

    @Test
    void dryRunDoesNotWaitForAnApply() {
        List<SyncOutcome> dryRuns = new ArrayList<>();
        SyncOutcome applied = fixture.run(
                Execution.APPLY,
                once(
                        "verify",
                        () -> dryRuns.add(
                                new SyncFixture(fixture).plan(Shelf.PLAN).dryRun())),
                line -> {});
        assertThat(applied.result()).isEqualTo(Result.APPLIED);
        assertThat(dryRuns)
                .singleElement()
                .satisfies(d -> assertThat(d.result()).isEqualTo(Result.CHANGES_FOUND));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE color SET title = 'theirs' WHERE code = 'red'",
                "DELETE FROM color WHERE code = 'red'",
                "INSERT INTO color VALUES ('blue', 'theirs')",
                "INSERT INTO color VALUES ('blue', 'Blue')",
                "INSERT INTO tag (slug, title) VALUES ('sale', 'theirs')"
            })
    void writeBetweenComparisonAndApplyIsFoundAndRefused(String write) {
        SyncFixture operator = operator(fixture.dryRun().digest().orElseThrow());
        List<List<String>> written = new ArrayList<>();
        SyncOutcome outcome = operator.run(
                Execution.APPLY,
                once("apply", () -> {
                    fixture.target.execute(write);
                    written.addAll(Shelf.rows(fixture));
                }),
                line -> {});
        assertThat(operator.said("Rolled back: ")).hasSize(1);
        assertThat(codes(outcome)).containsExactly("DBOPS-415");
        assertThat(Shelf.rows(fixture)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE color SET title = title WHERE code = 'red' | 1",
                "INSERT INTO color VALUES ('blue', 'theirs'); DELETE FROM color WHERE code = 'blue' | 0",
                "INSERT INTO tag (slug, title) VALUES (NULL, 'unrelated') | 0"
            })
    void writeThatLeavesTheChangeSetAsReviewedIsNoDrift(String write, int retries) {
        SyncFixture operator = operator(fixture.dryRun().digest().orElseThrow());
        SyncOutcome outcome =
                operator.run(Execution.APPLY, once("apply", () -> fixture.target.execute(write)), line -> {});
        assertThat(operator.said("Rolled back: ")).hasSize(retries);
        assertThat(outcome.problems()).isEmpty();
        assertThat(Shelf.rows(fixture)).containsAll(Shelf.AFTER);
    }

    @Test
    void keyInsertedMeanwhileIsUpdatedAfterTheRetryWhereTheReviewIsSkipped() {
        SyncOutcome outcome = fixture.run(
                Execution.APPLY,
                once("apply", () -> fixture.target.execute("INSERT INTO color VALUES ('blue', 'theirs')")),
                line -> {});
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.totals().appliedUpdates()).isEqualTo(2);
        assertThat(Shelf.rows(fixture)).isEqualTo(Shelf.AFTER);
    }

    @Test
    void tableThatSomebodyKeepsLockedFailsTheApplyAfterItsTries() throws SQLException {
        List<String> before = fixture.snapshot();
        try (Connection other = fixture.target.connection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE color IN SHARE MODE");
            SyncOutcome outcome = fixture.lockTimeout(Duration.ofMillis(100), 2).apply();
            assertThat(codes(outcome)).containsExactly("DBOPS-209");
            assertThat(outcome.problems().get(0).state()).contains("nothing of this run is in the target");
        }
        assertThat(fixture.said("Rolled back: ")).hasSize(1);
        assertThat(fixture.snapshot()).isEqualTo(before);
    }

    @Test
    void tableThatSomebodyLocksForAWhileIsWaitedFor() throws SQLException {
        try (Connection other = fixture.target.connection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM color WHERE code = 'red' FOR UPDATE");
            fixture.lockTimeout(Duration.ofMillis(100), 5);
            SyncOutcome outcome = fixture.run(Execution.APPLY, phase -> {}, line -> {
                if (line.startsWith("Rolled back: ")) {
                    rollback(other);
                }
            });
            assertThat(outcome.problems()).isEmpty();
        }
        assertThat(fixture.said("Rolled back: ")).hasSize(1);
        assertThat(Shelf.rows(fixture)).isEqualTo(Shelf.AFTER);
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void writersAreHeldOffATableWhoseKeyNoIndexKeepsUnique() {
        for (var database : List.of(fixture.source, fixture.target)) {
            database.execute("CREATE TABLE size (code text, title text)");
        }
        fixture.source.execute("INSERT INTO size VALUES ('xl', 'Large')");
        fixture.plan("{\"tables\": [{\"name\": \"size\", \"key\": [\"code\"], \"mode\": \"append\"}]}");
        SyncOutcome outcome = fixture.run(
                Execution.APPLY,
                once(
                        "apply",
                        () -> assertThatThrownBy(() -> fixture.target.execute(
                                        "SET lock_timeout = 100; INSERT INTO size VALUES ('xl', 'theirs')"))
                                .hasMessageContaining("lock timeout")),
                line -> {});
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.tables().get(0).notes()).anyMatch(n -> n.contains("has no unique index"));
        assertThat(fixture.target.query("SELECT * FROM size")).isEqualTo(List.of(List.of("xl", "Large")));
    }

    @Test
    void applicationLosesNoWriteToAppliesAtTheSameTime() {
        String schema = "ALTER TABLE color ADD hits int NOT NULL DEFAULT 0";
        fixture.source.execute(schema);
        fixture.target.execute(schema);
        fixture.plan(Shelf.PLAN.replace("[\"code\"]", "[\"code\"], \"exclude\": [\"hits\"]"));
        List<CompletableFuture<Long>> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            long seed = i;
            writers.add(CompletableFuture.supplyAsync(() -> write(new Random(seed))));
        }
        List<SyncOutcome> outcomes = new ArrayList<>();
        while (writers.stream().anyMatch(w -> !w.isDone())) {
            SyncOutcome dryRun = fixture.dryRun();
            dryRun.digest()
                    .ifPresent(digest -> outcomes.add(new SyncFixture(fixture)
                            .file(
                                    "sync-plan.json",
                                    Shelf.PLAN.replace("[\"code\"]", "[\"code\"], \"exclude\": [\"hits\"]"))
                            .expecting(digest)
                            .apply()));
        }
        long hits = writers.stream().mapToLong(CompletableFuture::join).sum();
        assertThat(outcomes).isNotEmpty().allSatisfy(o -> assertThat(codes(o)).isSubsetOf("DBOPS-415"));
        assertThat(fixture.target.query("SELECT sum(hits) FROM color")).isEqualTo(List.of(List.of("" + hits)));

        assertThat(fixture.apply().problems()).isEmpty();
        assertThat(fixture.target.query("SELECT code, title FROM color WHERE code IN ('red', 'blue') ORDER BY 1"))
                .isEqualTo(Shelf.AFTER.subList(0, 2));
        assertThat(fixture.dryRun().result()).isEqualTo(Result.NOTHING_TO_DO);
    }

    /** Works on the rows of the plan as an application does; returns how often it has committed a hit. */
    private long write(Random random) {
        long hits = 0;
        try (Connection connection = fixture.target.connection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 300; i++) {
                String code = random.nextBoolean() ? "red" : "blue";
                hits += statement.executeUpdate("UPDATE color SET hits = hits + 1"
                        + (random.nextInt(10) == 0 ? ", title = 'theirs " + i + "'" : "") + " WHERE code = '" + code
                        + "'");
                if (random.nextInt(20) == 0) {
                    statement.executeUpdate("DELETE FROM tag WHERE slug = 'sale'");
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return hits;
    }
}
