package io.github.dbops.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dbops.samples.NaturalComparison.Tally;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That a half-changed copy is what it says, and that the comparison of two databases sees what was changed. */
class HalfChangePgTest {

    private static final SampleDatabases DATABASES = new SampleDatabases();

    static List<Sample> samples() {
        return Sample.all();
    }

    @AfterAll
    static void close() {
        DATABASES.close();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void renumberedCopyHoldsTheSameFactsUnderOtherIds(Sample sample) {
        Map<String, List<String>> keys = new SamplePlan(sample.plan()).keys();
        try (TestDatabase full = DATABASES.full(TestServers.oldest(), sample);
                TestDatabase copy = DATABASES.full(TestServers.newest(), sample)) {
            new Renumbering(keys, 1).renumber(copy);

            NaturalRows before = new NaturalRows(full, keys);
            NaturalRows after = new NaturalRows(copy, keys);
            assertThat(new NaturalComparison(before, after).differences()).isEmpty();
            assertThat(new NaturalComparison(before, after).violations(before)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aboutHalfOfTheRowsAreGoneOrChangedOrNew(Sample sample) {
        Map<String, List<String>> keys = new SamplePlan(sample.plan()).keys();
        try (TestDatabase full = DATABASES.full(TestServers.oldest(), sample);
                TestDatabase half = DATABASES.halfChanged(TestServers.newest(), sample)) {
            NaturalRows before = new NaturalRows(full, keys);
            NaturalComparison comparison = new NaturalComparison(before, new NaturalRows(half, keys));

            Tally all = keys.keySet().stream().map(comparison::tally).reduce(Tally.NONE, Tally::plus);
            long rows = all.onlyInSource() + all.different() + all.identical();
            assertThat(all.onlyInSource()).isGreaterThan(rows / 20);
            assertThat(all.different()).isGreaterThan(rows / 20);
            assertThat(all.onlyInTarget()).isGreaterThan(rows / 20);
            assertThat(all.onlyInSource() + all.different() + all.onlyInTarget())
                    .isBetween(rows / 4, rows * 3 / 4);
        }
    }

    @Test
    void theSameSeedMakesTheSameDatabaseOnEveryServer() {
        Sample chinook = Sample.chinook();
        try (TestDatabase one = DATABASES.halfChanged(TestServers.oldest(), chinook);
                TestDatabase other = DATABASES.halfChanged(TestServers.newest(), chinook)) {
            String all = """
                    SELECT 'Track', md5(string_agg(t::text, ';' ORDER BY t::text COLLATE "C")) FROM chinook."Track" AS t
                    UNION ALL
                    SELECT 'Invoice', md5(string_agg(t::text, ';' ORDER BY t::text COLLATE "C"))
                    FROM chinook."Invoice" AS t
                    """;
            assertThat(one.query(all)).isEqualTo(other.query(all));
        }
    }

    @Test
    void whatASyncDidWrongIsNamed() {
        Sample chinook = Sample.chinook();
        Map<String, List<String>> keys = new SamplePlan(chinook.plan()).keys();
        try (TestDatabase full = DATABASES.full(TestServers.oldest(), chinook);
                TestDatabase target = DATABASES.full(TestServers.newest(), chinook)) {
            target.execute("""
                    SET search_path = chinook;
                    DELETE FROM "PlaylistTrack" WHERE "PlaylistId" = 9;
                    UPDATE "Employee" SET "ReportsTo" = 1 WHERE "EmployeeId" = 8;
                    INSERT INTO "Genre" ("Name") VALUES ('Noise');
                    """);
            NaturalComparison before =
                    new NaturalComparison(new NaturalRows(full, keys), new NaturalRows(target, keys));
            assertThat(before.differences())
                    .satisfiesExactly(
                            genre -> assertThat(genre)
                                    .isEqualTo("chinook.Genre {\"Name\": \"Noise\"}: not in the source"),
                            pair -> assertThat(pair)
                                    .startsWith("chinook.PlaylistTrack {")
                                    .contains("\"Music Videos\"")
                                    .endsWith(": not in the target"),
                            employee -> assertThat(employee)
                                    .startsWith("chinook.Employee {\"Email\": \"laura@chinookcorp.com\"}: ")
                                    .contains("michael@chinookcorp.com", "andrew@chinookcorp.com"));

            target.execute("""
                    SET search_path = chinook;
                    INSERT INTO "PlaylistTrack" VALUES (9, 3402);
                    UPDATE "Employee" SET "ReportsTo" = 6 WHERE "EmployeeId" = 8;
                    """);
            assertThat(before.violations(new NaturalRows(target, keys))).isEmpty();

            target.execute("""
                    SET search_path = chinook;
                    UPDATE "Genre" SET "Name" = 'Silence' WHERE "Name" = 'Noise';
                    UPDATE "Artist" SET "ArtistId" = 1000 WHERE "Name" = 'Azymuth';
                    UPDATE "Track" SET "GenreId" = 2 WHERE "TrackId" = 1;
                    """);
            assertThat(before.violations(new NaturalRows(target, keys)))
                    .satisfiesExactly(
                            artist -> assertThat(artist)
                                    .isEqualTo("chinook.Artist {\"Name\": \"Azymuth\"}: its id was [26], now [1000]"),
                            gone -> assertThat(gone)
                                    .isEqualTo("chinook.Genre {\"Name\": \"Noise\"}: not in the target now"),
                            added -> assertThat(added)
                                    .isEqualTo("chinook.Genre {\"Name\": \"Silence\"}: not in what is due"),
                            track -> assertThat(track)
                                    .startsWith("chinook.Track {")
                                    .contains("For Those About To Rock (We Salute You)", "\"Rock\"", "\"Jazz\""));
        }
    }

    @Test
    void twinsUnderOneKeyAreNoNaturalKey() {
        Sample chinook = Sample.chinook();
        try (TestDatabase full = DATABASES.full(TestServers.oldest(), chinook)) {
            assertThatThrownBy(() -> new NaturalRows(full, Map.of("chinook.Track", List.of("AlbumId", "Name"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("two rows of chinook.Track have the natural key {");
        }
    }
}
