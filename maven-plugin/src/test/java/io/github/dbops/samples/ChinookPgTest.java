package io.github.dbops.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;

/** Chinook arrives whole, on every PostgreSQL. */
class ChinookPgTest {

    @PostgresTest
    void isLoadedWhole(TestServer server) {
        Sample chinook = Sample.chinook();
        try (SampleDatabases databases = new SampleDatabases();
                TestDatabase database = databases.full(server, chinook)) {
            NaturalRows rows = new NaturalRows(database, new SamplePlan(chinook.plan()).keys());

            assertThat(rows).hasToString("""
                    chinook.Artist 275, chinook.Album 347, chinook.Genre 25, chinook.MediaType 5, \
                    chinook.Track 3503, chinook.Playlist 18, chinook.PlaylistTrack 8715, \
                    chinook.Employee 8, chinook.Customer 59, chinook.Invoice 412, chinook.InvoiceLine 2240""");
            assertThat(database.query("""
                    SELECT count(*), bool_and(convalidated) FROM pg_constraint
                    WHERE contype = 'f' AND connamespace = 'chinook'::regnamespace
                    """).get(0)).containsExactly("11", "t");
            assertThat(database.query("""
                    SELECT "FirstName", "LastName" FROM chinook."Customer" WHERE "CustomerId" = 1
                    """).get(0)).containsExactly("Luís", "Gonçalves");
            assertThat(database.query("SELECT nextval(pg_get_serial_sequence('chinook.\"Track\"', 'TrackId'))")
                            .get(0))
                    .containsExactly("3504");
        }
    }
}
