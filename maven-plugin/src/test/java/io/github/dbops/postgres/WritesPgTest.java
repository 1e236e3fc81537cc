package io.github.dbops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.postgres.Session.Transaction;
import io.github.dbops.testing.PostgresTest;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.time.Duration;
import java.util.Set;

/** What PostgreSQL's books say of a transaction, and what they do not. */
class WritesPgTest {

    private static final QualifiedName ITEM = new QualifiedName("public", "item");

    private static Session session(TestDatabase database) {
        ConnectionPolicy policy =
                new ConnectionPolicy(Duration.ofSeconds(5), 1, Duration.ofSeconds(10), ConnectionPolicy.Pooler.DETECT);
        return new Connector(policy, "test", line -> {}).open(database.url());
    }

    private static TestDatabase items(TestServer server) {
        return server.createDatabase(
                "CREATE TABLE item (code text PRIMARY KEY)", "INSERT INTO item VALUES ('a'), ('b')");
    }

    @PostgresTest
    void pendingNumbersOfEarlierTransactionsAreNotThisOnes(TestServer server) {
        try (TestDatabase database = items(server);
                Session session = session(database)) {
            session.begin(Transaction.READ_COMMITTED);
            session.execute("INSERT INTO item VALUES ('c'), ('d'); DELETE FROM item WHERE code = 'a'");
            session.commit();
            session.begin(Transaction.SNAPSHOT);
            Writes start = Writes.read(session);
            assertThat(start.counts())
                    .as("the trap: they are still in the books")
                    .containsKey(ITEM);
            session.execute("INSERT INTO item VALUES ('e')");
            Writes now = Writes.read(session);
            assertThat(now.since(start, ITEM)).isEqualTo(new Writes.Counts(1, 0, 0));
            session.rollback();
        }
    }

    @PostgresTest
    void aTruncateShowsInNoCounterButAsASeizedTable(TestServer server) {
        try (TestDatabase database = items(server);
                Session session = session(database)) {
            session.begin(Transaction.SNAPSHOT);
            session.execute("LOCK TABLE item IN SHARE ROW EXCLUSIVE MODE");
            Writes start = Writes.read(session);
            assertThat(start.locked()).containsExactly(ITEM);
            assertThat(start.seized()).isEmpty();
            session.execute("TRUNCATE item");
            Writes now = Writes.read(session);
            assertThat(now.since(start, ITEM).isNothing()).as("the trap").isTrue();
            assertThat(now.seized()).containsExactly(ITEM);
            session.rollback();
        }
    }

    @PostgresTest
    void partitionsCountForTheirRootAndARowThatMovesCountsTwice(TestServer server) {
        try (TestDatabase database = server.createDatabase("""
                        CREATE TABLE item (code text, region text) PARTITION BY LIST (region);
                        CREATE TABLE north PARTITION OF item FOR VALUES IN ('north');
                        CREATE TABLE rest PARTITION OF item DEFAULT PARTITION BY LIST (code);
                        CREATE TABLE rest_a PARTITION OF rest DEFAULT;
                        INSERT INTO item VALUES ('a', 'north');
                        """);
                Session session = session(database)) {
            session.begin(Transaction.SNAPSHOT);
            Writes start = Writes.read(session);
            session.execute("UPDATE item SET region = 'south'");
            Writes now = Writes.read(session);
            assertThat(now.tables(start)).isEqualTo(Set.of(ITEM));
            assertThat(now.since(start, ITEM)).isEqualTo(new Writes.Counts(1, 0, 1));
            session.rollback();
        }
    }

    @PostgresTest
    void temporaryTablesDbopsOwnAndRowLocksAreNoWrites(TestServer server) {
        try (TestDatabase database = items(server);
                Session session = session(database)) {
            database.execute("CREATE SCHEMA dbops CREATE TABLE sync_run (run_id int)");
            session.begin(Transaction.SNAPSHOT);
            Writes start = Writes.read(session);
            session.execute("CREATE TEMPORARY TABLE stage (x int); INSERT INTO stage VALUES (1)");
            session.execute("INSERT INTO dbops.sync_run VALUES (1)");
            session.execute("SELECT FROM item FOR KEY SHARE");
            assertThat(Writes.read(session).tables(start)).isEmpty();
            session.rollback();
        }
    }

    @PostgresTest
    void aStatementThatMetNoRowStillShowsAsALock(TestServer server) {
        try (TestDatabase database = items(server);
                Session session = session(database)) {
            session.begin(Transaction.SNAPSHOT);
            Writes start = Writes.read(session);
            session.execute("UPDATE item SET code = 'x' WHERE false");
            Writes now = Writes.read(session);
            assertThat(now.since(start, ITEM).isNothing()).isTrue();
            assertThat(now.locked()).containsExactly(ITEM);
            session.rollback();
        }
    }
}
