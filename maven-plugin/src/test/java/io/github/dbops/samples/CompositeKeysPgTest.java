package io.github.dbops.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.samples.NaturalComparison.Tally;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import io.github.dbops.testing.TestServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What no sample has: composite keys and references, a cycle of tables, ids always generated, a trigger. */
class CompositeKeysPgTest {

    private static final Map<String, List<String>> KEYS = Map.of(
            "public.tenant", List.of("code"),
            "public.account", List.of("tenant_id", "name"),
            "public.entry", List.of("tenant_id", "account_no", "at"));

    private static final String SCHEMA = """
            CREATE TABLE tenant (
                id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                code text NOT NULL UNIQUE,
                main_account int
            );
            CREATE TABLE account (
                tenant_id int REFERENCES tenant,
                no int,
                name text NOT NULL,
                parent_no int,
                PRIMARY KEY (tenant_id, no),
                FOREIGN KEY (tenant_id, parent_no) REFERENCES account
            );
            ALTER TABLE tenant ADD FOREIGN KEY (id, main_account) REFERENCES account;
            CREATE TABLE entry (
                id bigserial PRIMARY KEY,
                tenant_id int NOT NULL,
                account_no int NOT NULL,
                at timestamptz NOT NULL,
                payee_tenant int,
                payee_no int,
                amount numeric(10, 2),
                cents bigint GENERATED ALWAYS AS (amount * 100) STORED,
                FOREIGN KEY (tenant_id, account_no) REFERENCES account,
                FOREIGN KEY (payee_tenant, payee_no) REFERENCES account
            );
            INSERT INTO tenant (code) SELECT 'tenant ' || t FROM generate_series(1, 20) AS t;
            INSERT INTO account
            SELECT t, a, 'account ' || a, nullif(a / 2, 0) FROM generate_series(1, 20) AS t, generate_series(1, 9) AS a;
            UPDATE tenant SET main_account = 1 + id % 9;
            INSERT INTO entry (tenant_id, account_no, at, payee_tenant, payee_no, amount)
            SELECT t, a, '2026-01-01 12:00+00'::timestamptz + n * interval '1 day', 1 + (t + n) % 20, 10 - a, n * 1.50
            FROM generate_series(1, 20) AS t, generate_series(1, 9) AS a, generate_series(1, 5) AS n;
            CREATE FUNCTION forbidden() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
            CREATE TRIGGER forbidden BEFORE INSERT OR UPDATE OR DELETE ON entry EXECUTE FUNCTION forbidden();
            """;

    private static TestDatabase database(TestServer server) {
        return server.createDatabase(SCHEMA);
    }

    @Test
    void referencesFollowTheIds() {
        try (TestDatabase original = database(TestServers.oldest());
                TestDatabase copy = database(TestServers.newest())) {
            new Renumbering(KEYS, 1).renumber(copy);

            NaturalRows before = new NaturalRows(original, KEYS);
            NaturalRows after = new NaturalRows(copy, KEYS);
            assertThat(before).hasToString(after.toString());
            assertThat(new NaturalComparison(before, after).differences()).isEmpty();
            assertThat(after.rows("public.account")).anySatisfy((key, row) -> {
                assertThat(key).isEqualTo("{\"name\": \"account 9\", \"tenant_id\": {\"code\": \"tenant 7\"}}");
                assertThat(row.id()).isNotEqualTo("[7, 9]");
            });
            String numbers = "SELECT array_agg(no ORDER BY tenant_id, no) FROM account";
            assertThat(copy.query(numbers)).isEqualTo(original.query(numbers));
            String shape = """
                    SELECT string_agg(pg_get_constraintdef(oid), ';' ORDER BY conname),
                           (SELECT attidentity FROM pg_attribute
                            WHERE attrelid = 'tenant'::regclass AND attname = 'id'),
                           (SELECT tgenabled FROM pg_trigger WHERE tgname = 'forbidden')
                    FROM pg_constraint WHERE contype = 'f'
                    """;
            assertThat(copy.query(shape)).isEqualTo(original.query(shape));
        }
    }

    @Test
    void rowsChangeInEveryTable() {
        try (TestDatabase original = database(TestServers.newest());
                TestDatabase copy = database(TestServers.newest())) {
            new HalfChange(KEYS, 1).change(copy);

            NaturalComparison comparison =
                    new NaturalComparison(new NaturalRows(original, KEYS), new NaturalRows(copy, KEYS));
            assertThat(KEYS.keySet()).allSatisfy(table -> {
                Tally tally = comparison.tally(table);
                assertThat(tally.onlyInSource()).isPositive();
                assertThat(tally.identical()).isPositive();
                assertThat(tally.onlyInTarget()).isPositive();
            });
            assertThat(comparison.tally("public.entry").different()).isPositive();
            assertThat(copy.query("SELECT count(*) FROM entry WHERE cents <> amount * 100"))
                    .containsExactly(List.of("0"));
        }
    }

    @Test
    void aReferenceToAnotherParentIsADifference() {
        try (TestDatabase original = database(TestServers.newest());
                TestDatabase copy = database(TestServers.newest())) {
            copy.execute("UPDATE account SET parent_no = 5 WHERE tenant_id = 7 AND no = 2");

            assertThat(new NaturalComparison(new NaturalRows(original, KEYS), new NaturalRows(copy, KEYS))
                            .differences())
                    .singleElement()
                    .asString()
                    .startsWith("public.account {\"name\": \"account 2\", \"tenant_id\": {\"code\": \"tenant 7\"}}: ")
                    .contains("account 1", "account 5");
        }
    }
}
