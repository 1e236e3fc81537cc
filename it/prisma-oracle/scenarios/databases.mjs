// What a database may hold before the first deploy, and in which schema the history goes.
import { deploy, historyTable, migration, resolve, sql, status } from '../src/steps.mjs'
import { INIT, lockFile, shop } from './shop.mjs'

/** A first deploy into a database that holds something already. */
function first(name, title, setup) {
  return { name, title, steps: [shop(), sql(setup), status(), deploy(), status()] }
}

export const databases = [
  first('tables-already-there', 'A table without a history: deploy refuses.', 'CREATE TABLE legacy (id int)'),
  first('only-view', 'A view is no table.', 'CREATE VIEW v AS SELECT 1 AS one'),
  first('only-materialized-view', 'A materialized view is no table.', 'CREATE MATERIALIZED VIEW mv AS SELECT 1 AS one'),
  first(
    'only-types-sequences-functions',
    'Types, sequences and functions are no tables.',
    "CREATE TYPE mood AS ENUM ('ok'); CREATE SEQUENCE s; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
  ),
  first(
    'only-other-schema',
    'Tables of another schema do not count.',
    'CREATE SCHEMA s2; CREATE TABLE s2.legacy (id int)',
  ),
  first(
    'only-partitioned-parent',
    'A partitioned table without partitions does not count.',
    'CREATE TABLE p (id int) PARTITION BY RANGE (id)',
  ),
  first(
    'partition-with-rows',
    'A partition is an ordinary table.',
    'CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9)',
  ),
  first(
    'only-foreign-table',
    'A foreign table is no table.',
    'CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE f (id int) SERVER s',
  ),
  first('only-unlogged-table', 'An unlogged table is a table.', 'CREATE UNLOGGED TABLE u (id int)'),
  first(
    'only-postgis-tables',
    "PostGIS' own tables do not count, whatever the case of their names.",
    'CREATE TABLE spatial_ref_sys (id int); CREATE TABLE geometry_columns (id int); ' +
      'CREATE TABLE geography_columns (id int); CREATE TABLE raster_columns (id int); ' +
      'CREATE TABLE "Raster_Overviews" (id int)',
  ),
  first(
    'postgis-tables-and-another',
    "One table beside PostGIS' own counts.",
    'CREATE TABLE spatial_ref_sys (id int); CREATE TABLE legacy (id int)',
  ),
  {
    name: 'table-appears-after-first-deploy',
    title: "Once there is a history table, other tables are nobody's business.",
    steps: [
      lockFile(),
      deploy(),
      sql('CREATE TABLE legacy (id int)'),
      migration(INIT, 'CREATE TABLE a (id int PRIMARY KEY);\n'),
      deploy(),
      status(),
    ],
  },
  {
    name: 'schema-parameter',
    title: '?schema=app: the schema is created, by status already, and everything goes there.',
    urlParameters: { schema: 'app' },
    steps: [shop(), status(), deploy(), status(), deploy()],
  },
  {
    name: 'schema-parameter-with-quotes',
    title: 'A schema whose name needs quotes.',
    urlParameters: { schema: 'My Schema' },
    steps: [shop(), status(), deploy(), status()],
  },
  {
    name: 'schema-parameter-beside-public-tables',
    title: 'Tables in public do not count for a deploy to another schema.',
    urlParameters: { schema: 'app' },
    steps: [shop(), sql('CREATE TABLE legacy (id int)'), deploy(), status()],
  },
  {
    name: 'schema-parameter-beside-public-history',
    title: 'A history in public is not seen by a deploy to another schema.',
    urlParameters: { schema: 'app' },
    steps: [
      shop(),
      historyTable('public'),
      status(),
      resolve({ rolledBack: INIT }),
      deploy(),
      status(),
    ],
  },
  {
    name: 'search-path-of-the-database',
    title: 'Without ?schema the table is made in the first schema of search_path, but looked for in public.',
    steps: [
      shop(),
      sql('CREATE SCHEMA app'),
      sql("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = app, public', current_database()); END $$"),
      status(),
      deploy(),
      status(),
      deploy(),
    ],
  },
]
