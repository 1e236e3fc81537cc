package io.github.dbops.command;

import static io.github.dbops.command.SyncFixture.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.command.undo.UndoFixture;
import io.github.dbops.sync.Counts;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type that the servers have, alone and in arrays, domains and composites, is inserted, compared, updated and undone to
 * the bit, within the oldest and the newest server and between them.
 */
class TypeZooPgTest {

    // Object ids differ between the databases, and the target's users like their settings odd.
    private static final String OTHER_OBJECTS = "CREATE TYPE first AS ENUM ('x'); CREATE TABLE second (x int)";
    private static final List<String> ODD_SETTINGS = List.of(
            "array_nulls = off",
            "quote_all_identifiers = on",
            "DateStyle = 'German'",
            "IntervalStyle = 'iso_8601'",
            "TimeZone = 'Asia/Kathmandu'",
            "extra_float_digits = -15",
            "bytea_output = 'escape'",
            "xmloption = 'document'");

    static Stream<Arguments> directions() {
        List<TestServer> ends = List.of(TestServers.oldest(), TestServers.newest());
        return ends.stream().flatMap(from -> ends.stream().map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("directions")
    void everyValueOfEveryTypeArrivesAndEveryChangeOfOneIsSeen(TestServer from, TestServer to) {
        TypeZoo zoo = new TypeZoo(Math.min(from.majorVersion(), to.majorVersion()));
        try (SyncFixture fixture = new SyncFixture(from, to)) {
            fixture.target.execute(OTHER_OBJECTS);
            fixture.source.execute(zoo.schema());
            fixture.target.execute(zoo.schema());
            assertThat(uncovered(fixture.source, zoo)).isEmpty();
            assertThat(uncovered(fixture.target, zoo)).isEmpty();
            set(fixture.target, "SET %s");
            fixture.plan("""
                    {"tables": [{"name": "zoo", "key": ["id"], "mode": "upsert", "onConflict": "local_wins"}]}""");
            int rows = zoo.rows();

            fixture.source.execute(zoo.inserts());
            String inserting = bring(fixture, new Counts(rows, 0, rows, 0, 0, 0, 0, 0, 0, 0, 0, 0));
            List<List<String>> inserted = texts(fixture.source);

            fixture.source.execute(zoo.updates());
            String updating = bring(fixture, new Counts(rows, rows, 0, rows, rows, 0, rows, 0, 0, 0, 0, 0));

            undo(fixture, updating);
            set(fixture.target, "RESET ALL");
            assertThat(texts(fixture.target)).isEqualTo(inserted);
            set(fixture.target, "SET %s");
            undo(fixture, inserting);
            assertThat(texts(fixture.target)).isEmpty();
        }
    }

    private static void undo(SyncFixture fixture, String run) {
        UndoOutcome outcome = new UndoFixture(fixture).undo(run);
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.totals().left()).isZero();
    }

    /** The source's rows arrive, and nothing is left to do; returns the run's id. */
    private static String bring(SyncFixture fixture, Counts planned) {
        SyncOutcome dryRun = fixture.dryRun();
        assertThat(dryRun.problems()).isEmpty();
        assertThat(counts(dryRun, "zoo")).isEqualTo(planned);
        SyncOutcome applied = fixture.apply();
        assertThat(applied.problems()).isEmpty();
        assertThat(fixture.dryRun().result()).isEqualTo(SyncOutcome.Result.NOTHING_TO_DO);
        set(fixture.target, "RESET ALL");
        assertThat(texts(fixture.target)).isEqualTo(texts(fixture.source));
        set(fixture.target, "SET %s");
        return applied.runId();
    }

    private static List<List<String>> texts(TestDatabase side) {
        return side.query("SELECT id, z::text FROM zoo z ORDER BY id COLLATE \"C\"");
    }

    private static void set(TestDatabase side, String change) {
        side.execute(ODD_SETTINGS.stream()
                .map(setting -> "ALTER DATABASE " + side.name() + " " + change.formatted(setting))
                .distinct()
                .collect(Collectors.joining("; ")));
    }

    /** Types of the server and its extensions, arrays left out, that the zoo has no values of. */
    private static List<List<String>> uncovered(TestDatabase side, TypeZoo zoo) {
        String known = Stream.of(zoo.covered(), TypeZoo.NEVER_WRITTEN, TypeZoo.REFUSED)
                .flatMap(List::stream)
                .map(type -> "to_regtype('" + type + "')")
                .collect(Collectors.joining(", "));
        return side.query("""
                SELECT t.oid::regtype
                FROM pg_type t
                WHERE t.typtype IN ('b', 'e', 'r', 'm') AND t.typname NOT IN ('first')
                  AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
                  AND t.typnamespace IN ('pg_catalog'::regnamespace, 'public'::regnamespace)
                  AND t.oid <> ALL (array_remove(ARRAY[%s]::regtype[], NULL)::oid[])
                """.formatted(known));
    }
}
