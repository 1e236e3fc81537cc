package io.github.dbops.command.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.testing.ChaosProxy;
import io.github.dbops.testing.TestServers;
import org.junit.jupiter.api.Test;

/** What keeps a deploy fast where the server is far away, counted instead of timed. */
class DeployRoundTripsPgTest {

    private static final int MOST_FOR_A_MIGRATION = 4;

    private int written;

    @Test
    void prismaMigrationTakesFewRoundTripsHoweverLongItIsAndHoweverLongTheHistoryIs() {
        try (MigrateFixture shop = new MigrateFixture(TestServers.newest());
                ChaosProxy proxy = new ChaosProxy(shop.database.url())) {
            shop.at(proxy.url());
            // It makes the table.
            roundTrips(shop, proxy, 1, 1);

            int one = roundTrips(shop, proxy, 1, 1);
            int eleven = roundTrips(shop, proxy, 11, 1);
            int long11 = roundTrips(shop, proxy, 11, 30);
            roundTrips(shop, proxy, 100, 1);
            int later = roundTrips(shop, proxy, 11, 1);

            assertThat((eleven - one) / 10.0).isPositive().isLessThanOrEqualTo(MOST_FOR_A_MIGRATION);
            assertThat(long11).isEqualTo(eleven);
            assertThat(later).isEqualTo(eleven);
        }
    }

    /** How many round trips a deploy of new migrations makes. */
    private int roundTrips(MigrateFixture shop, ChaosProxy proxy, int migrations, int statements) {
        for (int i = 0; i < migrations; i++) {
            written++;
            StringBuilder sql = new StringBuilder();
            for (int j = 0; j < statements; j++) {
                sql.append("CREATE TABLE t_%d_%d (id int);\n".formatted(written, j));
            }
            shop.prisma("%05d".formatted(written), sql.toString());
        }
        int before = proxy.roundTrips();
        assertThat(shop.deploy().steps()).hasSize(migrations);
        return proxy.roundTrips() - before;
    }
}
