package io.github.dbops.migration.prisma;

import io.github.dbops.migration.prisma.Replay.Difference;
import java.util.List;
import java.util.stream.Stream;

/** Where dbops does on purpose what Prisma does not; spec section 4. */
final class DeliberateDifferences {

    private static final int ALL = Integer.MAX_VALUE;

    /**
     * One scenario's.
     *
     * @param scenario its name
     * @param places {@link Difference#place}s; each of them must differ
     * @param until how many of the scenario's commands are replayed, because the two databases go apart after them
     * @param reason why dbops does it
     */
    record Deliberate(String scenario, List<String> places, int until, String reason) {}

    private static final List<Deliberate> TABLE = List.of(
            // A status tells what Prisma keeps to itself.
            all("edited-after-apply", "an edited migration is told", "2 status exit 1"),
            all("empty-checksum", "a checksum that is not the file's is told", "2 status exit 1"),
            all("missing-from-disk", "a missing migration is told", "2 status exit 1"),
            all("missing-and-new", "a missing migration is told, new ones or not", "4 status exit 1"),
            all("unrelated-history", "another project's migrations are missing here, and told", "4 status exit 1"),
            // A status only reads.
            all("schema-parameter", "status creates no schema", "1 status schemas"),
            all("schema-parameter-with-quotes", "status creates no schema", "1 status schemas"),
            all(
                    "schema-parameter-beside-public-history",
                    "neither status nor a refused resolve creates a schema",
                    "1 status schemas",
                    "2 resolve schemas"),
            // Nothing to do is no failure, and a folder that is not there is a wrong setting.
            all("no-migrations", "no table and nothing pending is up to date", "1 status exit 0"),
            all("no-migrations-and-tables", "no table and nothing pending is up to date", "1 status exit 0"),
            until(
                    2,
                    "no-migrations-directory",
                    "without a folder of migrations dbops is in the wrong place",
                    "2 deploy exit 1",
                    "2 deploy history",
                    "2 deploy relations",
                    "2 deploy table"),
            all(
                    "all-missing",
                    "without a folder of migrations dbops is in the wrong place, and missing ones are told",
                    "2 status exit 1",
                    "3 deploy exit 1",
                    "4 status exit 1"),
            // The lock file.
            all(
                    "lock-file-written-by-hand",
                    "TOML needs no blanks around the sign and allows single quotes",
                    "1 status code none",
                    "5 status code none"),
            all("wrong-provider", "every goal looks at the lock file", "4 resolve code P3019"),
            // Scripts.
            until(
                    1,
                    "concurrently-mixed",
                    "run statement by statement where PostgreSQL refuses one transaction",
                    "1 deploy exit 0",
                    "1 deploy code none",
                    "1 deploy history",
                    "1 deploy relations"),
            until(
                    1,
                    "enum-value-used-at-once",
                    "run statement by statement where PostgreSQL refuses one transaction",
                    "1 deploy exit 0",
                    "1 deploy code none",
                    "1 deploy history"),
            until(
                    1,
                    "script-leaves-transaction-open",
                    "Prisma says that it is applied, and loses it; dbops says that it failed",
                    "1 deploy exit 1",
                    "1 deploy code P3018",
                    "1 deploy history"),
            until(
                    1,
                    "script-empties-search-path",
                    "the history table is found by its schema, not by the search path of the session",
                    "1 deploy exit 0",
                    "1 deploy code none",
                    "1 deploy history",
                    "1 deploy relations"),
            all("search-path-of-the-database", "the history table is looked for where it was made", "4 deploy exit 0"),
            until(
                    1,
                    "not-utf-8",
                    "Prisma runs a text in which letters were replaced; dbops refuses",
                    "1 deploy exit 1",
                    "1 deploy history",
                    "1 deploy relations",
                    "1 deploy table"),
            until(
                    2,
                    "names-beyond-ascii",
                    "the order depends on Prisma's version and the machine's locale; dbops refuses",
                    "2 deploy exit 1",
                    "2 deploy history",
                    "2 deploy relations",
                    "2 deploy table"),
            // The goal's settings, before there is an engine.
            until(1, "refused-choices", "the goal itself wants exactly one of applied and rolledBack"));

    private DeliberateDifferences() {}

    /** All that are named. */
    static List<Deliberate> all() {
        return TABLE;
    }

    /** Where a scenario is to differ. */
    static List<String> places(RecordedScenario scenario) {
        return of(scenario).flatMap(d -> d.places().stream()).sorted().toList();
    }

    /** How many of a scenario's commands are replayed. */
    static int until(RecordedScenario scenario) {
        return of(scenario).mapToInt(Deliberate::until).min().orElse(ALL);
    }

    private static Deliberate all(String scenario, String reason, String... places) {
        return until(ALL, scenario, reason, places);
    }

    private static Deliberate until(int command, String scenario, String reason, String... places) {
        return new Deliberate(scenario, List.of(places), command, reason);
    }

    private static Stream<Deliberate> of(RecordedScenario scenario) {
        return TABLE.stream().filter(d -> d.scenario().equals(scenario.name()));
    }
}
