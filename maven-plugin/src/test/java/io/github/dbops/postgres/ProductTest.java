package io.github.dbops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers told by what they say of themselves, as it is found in their manuals and in reports of their users. */
class ProductTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PostgreSQL 18.6 on x86_64-pc-linux-gnu, compiled by gcc, 64-bit | POSTGRESQL",
                "PostgreSQL 14.19 (Ubuntu 14.19-0ubuntu0.22.04.1) on x86_64-pc-linux-gnu | POSTGRESQL",
                "PostgreSQL 18.4 (pgEdge 5.0.10) on x86_64-pc-linux-gnu | POSTGRESQL",
                "PostgreSQL 11.2-YB-2.6.1.0-b0 on x86_64-pc-linux-gnu | YUGABYTEDB",
                "CockroachDB CCL v24.3.0 (aarch64-unknown-linux-gnu) | COCKROACHDB",
                "PostgreSQL 8.2.15 (Greenplum Database 4.3.6.1 build 2) on x86_64-unknown-linux-gnu | GREENPLUM",
                "PostgreSQL 14.4 (Apache Cloudberry 1.0.0 build dev) on aarch64 | CLOUDBERRY",
                "openGauss 5.0.0 | OTHER",
                "'' | OTHER",
            })
    void isToldByItsVersion(String version, Product product) {
        assertThat(Product.of(version, Optional.empty())).isEqualTo(product);
        assertThat(product.isDistributed()).isEqualTo(product != Product.POSTGRESQL);
    }

    @Test
    void isToldByWhatOnlyItHas() {
        assertThat(Product.of("PostgreSQL 17.5 on x86_64", Optional.of("pg_catalog.pg_dist_partition")))
                .isEqualTo(Product.CITUS);
        assertThat(Product.of("PostgreSQL 16", Optional.of("sys.iam_pg_role_mappings")))
                .isEqualTo(Product.AURORA_DSQL);
    }
}
