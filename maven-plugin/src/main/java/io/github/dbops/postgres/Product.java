package io.github.dbops.postgres;

import java.util.Optional;

/**
 * What kind of server answers, where it speaks PostgreSQL's protocol. Aurora, AlloyDB, Cloud SQL, Neon, Supabase and the
 * like run PostgreSQL itself and count as such.
 */
public enum Product {
    /** One server, one heap for each table, one snapshot for each transaction: what dbops is proven on. */
    POSTGRESQL("PostgreSQL", "PostgreSQL "),
    /**
     * {@code PostgreSQL 15.12-YB-2.25.2.0-b0 on …}.
     *
     * @see <a href="https://docs.yugabyte.com/latest/api/ysql/">YSQL: version()</a>
     */
    YUGABYTEDB("YugabyteDB", "-YB-"),
    /**
     * {@code CockroachDB CCL v26.2.5 (…)}; its {@code server_version} names a PostgreSQL.
     *
     * @see <a href="https://www.cockroachlabs.com/docs/stable/postgresql-compatibility">PostgreSQL compatibility</a>
     */
    COCKROACHDB("CockroachDB", "CockroachDB"),
    /**
     * {@code PostgreSQL 12.12 (Greenplum Database 7.1.0 build …) on …}.
     *
     * @see <a href="https://www.postgresql.org/message-id/CACjysiWce%2BdZm6MYnujBU5uNP4cFkmJBX8Vb-DyBOqn0ij-4ZA%40mail.gmail.com">its version()</a>
     */
    GREENPLUM("Greenplum", "(Greenplum Database"),
    /**
     * {@code PostgreSQL 14.4 (Apache Cloudberry 2.0.0-incubating build 1) on …}.
     *
     * @see <a href="https://cloudberry.apache.org/docs/">Apache Cloudberry</a>
     */
    CLOUDBERRY("Apache Cloudberry", "(Apache Cloudberry"),
    /**
     * PostgreSQL with the extension that spreads tables over nodes; told by its catalog.
     *
     * @see <a href="https://docs.citusdata.com/en/stable/develop/api_metadata.html">pg_dist_partition</a>
     */
    CITUS("PostgreSQL with Citus", ""),
    /**
     * Told by its catalog, for it has no extensions.
     *
     * @see <a href="https://docs.aws.amazon.com/aurora-dsql/latest/userguide/working-with-systems-tables.html">System
     *     tables</a>
     */
    AURORA_DSQL("Amazon Aurora DSQL", ""),
    /** Whatever else answers and does not begin its {@code version()} with PostgreSQL's name. */
    OTHER("a server that is not PostgreSQL", "");

    /** Relations, one of which only Citus, the other of which only Aurora DSQL has. */
    static final String MARKS = """
            (SELECT min(n.nspname || '.' || c.relname)
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE (n.nspname, c.relname) IN (('pg_catalog', 'pg_dist_partition'), ('sys', 'iam_pg_role_mappings')))
            """;

    private final String label;
    private final String banner;

    Product(String label, String banner) {
        this.label = label;
        this.banner = banner;
    }

    /**
     * Tells a server.
     *
     * @param version what {@code version()} answers
     * @param mark what {@link #MARKS} found
     */
    static Product of(String version, Optional<String> mark) {
        for (Product product : new Product[] {YUGABYTEDB, COCKROACHDB, GREENPLUM, CLOUDBERRY}) {
            if (version.contains(product.banner)) {
                return product;
            }
        }
        if (mark.isPresent()) {
            return mark.get().startsWith("sys.") ? AURORA_DSQL : CITUS;
        }
        return version.startsWith(POSTGRESQL.banner) ? POSTGRESQL : OTHER;
    }

    /** Its name, for people. */
    public String label() {
        return label;
    }

    /**
     * Whether rows of one table may lie on several nodes, so that neither a place nor a count, a lock or a snapshot of
     * one node says all.
     */
    public boolean isDistributed() {
        return this != POSTGRESQL;
    }
}
