package io.github.dbops.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.github.dbops.testing.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanReaderPropertyTest {

    private static final Position NOWHERE = new Position("p.json", "$", 1, 1);
    private static final List<String> NAMES = List.of("a", "A", "é", "\"q\"", "a b", "\uD83D\uDE80", "b\\c\t");
    private static final List<String> CONDITIONS = List.of("true", "\"a\" = 'x'", "a = E'\\\\'", "b -- c\n > 1");

    @TempDir
    Path directory;

    @Test
    void whatIsPrintedIsReadAgainHoweverItIsPrinted() {
        Property.forAll(2_000, random -> {
            Plan plan = plan(random, 4);

            Plan read = read(new PlanPrinter(random).print(plan).getBytes(StandardCharsets.UTF_8));

            assertThat(withoutPlaces(read)).isEqualTo(plan);
        });
    }

    @Test
    void twoPlansHaveOneHashIfAndOnlyIfTheyMeanTheSame() {
        Property.forAll(20_000, random -> {
            Plan one = plan(random, 1);
            Plan other = random.nextInt(3) == 0 ? shuffled(one, random) : plan(random, 1);

            assertThat(one.hash().equals(other.hash()))
                    .as("%s and %s", one, other)
                    .isEqualTo(meaning(one).equals(meaning(other)));
        });
    }

    @Test
    void theOrderOfTablesIsNoMeaning() {
        Property.forAll(1_000, random -> {
            Plan plan = plan(random, 4);

            assertThat(shuffled(plan, random).hash()).isEqualTo(plan.hash());
        });
    }

    @Test
    void aDamagedPlanIsReadOrRefusedAndNeverAnythingElse() {
        Property.forAll(6_000, random -> {
            byte[] bytes =
                    damaged(new PlanPrinter(random).print(plan(random, 2)).getBytes(StandardCharsets.UTF_8), random);
            try {
                read(bytes);
            } catch (ProblemException refusal) {
                assertThat(refusal.problems()).isNotEmpty().allSatisfy(PlanReaderPropertyTest::assertReadable);
            }
        });
    }

    private static void assertReadable(Problem problem) {
        String words = problem.what() + problem.why() + String.join("", problem.next()) + problem.where();
        assertThat(words).doesNotContain("Source:", "Source]", "fasterxml", "Exception", "JsonReadFeature", "java.");
        assertThat(words.codePoints()).noneMatch(Character::isISOControl);
        assertThat(problem.where()).startsWith("p.json");
    }

    private Plan read(byte[] bytes) throws IOException {
        return PlanReader.read(new PlanFile(Files.write(directory.resolve("p.json"), bytes), "p.json"));
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        int length = random.nextInt(8) == 0 ? random.nextInt(damaged.length + 1) : damaged.length;
        for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
            String signs = "{}[]\",:\\/*0-eut\n";
            int hit = random.nextInt(damaged.length);
            damaged[hit] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : signs.charAt(random.nextInt(16)));
        }
        return Arrays.copyOf(damaged, length);
    }

    private static Plan plan(Random random, int atMost) {
        List<PlannedTable> tables = some(List.of("T", "t", "s.T", "Größe"), random).stream()
                .limit(atMost)
                .map(name -> table(name, random))
                .toList();
        List<ProtectedPattern> patterns = Stream.concat(
                        ProtectedPattern.BUILT_IN.stream(),
                        some(List.of("Pay*", "x?"), random).stream().map(glob -> new ProtectedPattern(glob, false)))
                .toList();
        return plan(tables, patterns, some(List.of("log", "s.log"), random), one(SampleDetail.values(), random));
    }

    private static Plan plan(
            List<PlannedTable> tables,
            List<ProtectedPattern> patterns,
            List<String> sideEffects,
            Optional<SampleDetail> samples) {
        return new Plan("p.json", PlanHash.of(tables, patterns, sideEffects), tables, patterns, sideEffects, samples);
    }

    private static PlannedTable table(String name, Random random) {
        List<String> columns = new ArrayList<>(NAMES);
        Collections.shuffle(columns, random);
        List<String> key = columns.subList(0, 1 + random.nextInt(2));
        List<String> exclude = some(columns.subList(2, 4), random);
        List<String> ignore = some(columns.subList(4, 6), random);
        return new PlannedTable(
                name,
                key,
                Mode.values()[random.nextInt(3)],
                OnConflict.values()[random.nextInt(3)],
                random.nextBoolean() ? Optional.empty() : Optional.of(columns.subList(4, 5 + random.nextInt(3))),
                one(CONDITIONS.toArray(String[]::new), random),
                exclude,
                ignore,
                some(columns, random),
                one(Ids.values(), random),
                some(columns.subList(0, 2), random),
                random.nextBoolean(),
                NOWHERE,
                NOWHERE);
    }

    private static <T> Optional<T> one(T[] values, Random random) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(values[random.nextInt(values.length)]);
    }

    private static <T> List<T> some(List<T> values, Random random) {
        List<T> some = new ArrayList<>(values);
        Collections.shuffle(some, random);
        return List.copyOf(some.subList(0, random.nextInt(Math.min(3, some.size() + 1))));
    }

    private static <T> List<T> shuffled(List<T> values, Random random) {
        List<T> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static Plan shuffled(Plan plan, Random random) {
        List<PlannedTable> tables = shuffled(plan.tables(), random).stream()
                .map(t -> new PlannedTable(
                        t.name(),
                        t.key(),
                        t.mode(),
                        t.mode() == Mode.UPSERT ? t.onConflict() : OnConflict.PROD_WINS,
                        t.columns().map(columns -> shuffled(columns, random)),
                        t.where(),
                        shuffled(t.exclude(), random),
                        shuffled(t.ignore(), random),
                        shuffled(t.sensitive(), random),
                        t.ids(),
                        shuffled(t.rawReferences(), random),
                        random.nextBoolean(),
                        NOWHERE,
                        NOWHERE))
                .toList();
        return plan(
                tables,
                shuffled(plan.protectedPatterns(), random),
                shuffled(plan.allowSideEffects(), random),
                Optional.empty());
    }

    private static Plan withoutPlaces(Plan plan) {
        List<PlannedTable> tables = plan.tables().stream()
                .map(t -> new PlannedTable(
                        t.name(),
                        t.key(),
                        t.mode(),
                        t.onConflict(),
                        t.columns(),
                        t.where(),
                        t.exclude(),
                        t.ignore(),
                        t.sensitive(),
                        t.ids(),
                        t.rawReferences(),
                        t.undo(),
                        NOWHERE,
                        NOWHERE))
                .toList();
        return new Plan(
                plan.file(), plan.hash(), tables, plan.protectedPatterns(), plan.allowSideEffects(), plan.samples());
    }

    private static List<Object> meaning(Plan plan) {
        Set<List<Object>> tables = plan.tables().stream()
                .map(t -> List.<Object>of(
                        t.name(),
                        t.key(),
                        t.mode(),
                        t.mode() == Mode.UPSERT ? t.onConflict() : "not asked",
                        t.columns().map(Set::copyOf),
                        t.where(),
                        Set.copyOf(t.exclude()),
                        Set.copyOf(t.ignore()),
                        Set.copyOf(t.sensitive()),
                        t.ids(),
                        Set.copyOf(t.rawReferences())))
                .collect(Collectors.toSet());
        return List.of(tables, Set.copyOf(plan.protectedPatterns()), Set.copyOf(plan.allowSideEffects()));
    }
}
