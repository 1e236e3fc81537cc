// What deploy runs, in which order, and how it stops.
import { deploy, directory, migration, remove, resolve, sql, status, write } from '../src/steps.mjs'
import { INIT, SECOND, THIRD, lockFile, shop } from './shop.mjs'

const BAD = '20240104000000_bad'
const NEXT = '20240105000000_next'

/** Names that ICU orders otherwise than bytes do; each script tells its turn. */
const ODD_NAMES = [
  '202401010000_b',
  '20240101-c',
  '20240101_B',
  '20240101_a',
  '20240101 d',
  '20240101',
  '2024010100000_short_stamp',
  '20240101000000_Shared',
  '20240101000000_shared_stamp',
  '20240101000000_shared-stamp',
  '1_one',
  '10_ten',
  '2_two',
  'Zebra',
  'apple',
  '_underscore',
  '.hidden',
  'a.b',
  'a b',
  'ab',
]

export const deploying = [
  {
    name: 'fresh-deploy',
    title: 'An empty database gets three migrations; a second deploy has nothing to do.',
    steps: [shop(), status(), deploy(), status(), deploy()],
  },
  {
    name: 'one-more-migration',
    title: 'A migration is added to a database that has the others.',
    steps: [shop(), deploy(), migration(NEXT, 'CREATE TABLE d (id int);\n'), status(), deploy(), status()],
  },
  {
    name: 'inserted-before-the-last',
    title: 'A migration that sorts before applied ones is pending, and is applied.',
    steps: [
      shop(),
      deploy(),
      migration('20240102120000_between', 'CREATE TABLE btw (id int);\n'),
      status(),
      deploy(),
      status(),
    ],
  },
  {
    name: 'odd-directory-names',
    title: 'Every directory is a migration, whatever its name; they run in the order that a dictionary has.',
    steps: [
      lockFile(),
      ...ODD_NAMES.map((name) => migration(name, `SELECT '${name}';\n`)),
      status(),
      deploy(),
      status(),
      deploy(),
    ],
  },
  {
    name: 'names-beyond-ascii',
    title: 'Letters with marks and other scripts in names.',
    steps: [
      lockFile(),
      ...['20240101_über', '20240101_uber', '20240101_zebra', '20240101_éclair', '20240101_заказ'].map((name) =>
        migration(name, 'SELECT 1;\n'),
      ),
      status(),
      deploy(),
      status(),
    ],
  },
  {
    name: 'files-beside-migrations',
    title: 'Plain files among the migrations, other files in one, and nested directories are not looked at.',
    steps: [
      shop(),
      write({
        'prisma/migrations/README.md': 'Ours.\n',
        'prisma/migrations/20240109000000_file.sql': 'SELECT 1;\n',
        [`prisma/migrations/${THIRD}/down.sql`]: 'ALTER TABLE a DROP COLUMN x;\n',
        [`prisma/migrations/${THIRD}/nested/migration.sql`]: 'SELECT 1;\n',
      }),
      status(),
      deploy(),
      status(),
    ],
  },
  {
    name: 'directory-without-file',
    title: 'A directory without migration.sql counts as pending; deploy applies what comes before it and stops there.',
    steps: [
      shop(),
      directory('prisma/migrations/20240104000000_empty'),
      migration(NEXT, 'CREATE TABLE d (id int);\n'),
      status(),
      deploy(),
      status(),
      resolve({ applied: '20240104000000_empty' }),
      remove('prisma/migrations/20240104000000_empty'),
      deploy(),
      status(),
    ],
  },
  {
    name: 'no-migrations',
    title: 'No migration on disk: deploy makes the history table, and status is then content.',
    steps: [lockFile(), status(), deploy(), status()],
  },
  {
    name: 'no-migrations-directory',
    title: 'A project without prisma/migrations counts as one without migrations.',
    steps: [write({ 'prisma/README.md': 'Nothing here yet.\n' }), status(), deploy(), status()],
  },
  {
    name: 'no-migrations-and-tables',
    title: 'No migration on disk, and a database that already has tables.',
    steps: [lockFile(), sql('CREATE TABLE legacy (id int)'), status(), deploy()],
  },
  {
    name: 'failing-migration',
    title: 'The second of three statements fails: nothing of the script stays, and everything behind it waits.',
    steps: [
      shop(),
      migration(BAD, 'CREATE TABLE c1 (id int);\nALTER TABLE nope ADD COLUMN y int;\nCREATE TABLE c2 (id int);\n'),
      migration(NEXT, 'CREATE TABLE d (id int);\n'),
      deploy(),
      deploy(),
      status(),
    ],
  },
  {
    name: 'failing-last-migration',
    title: 'A failed migration with nothing behind it is what status tells.',
    steps: [shop(), migration(BAD, 'ALTER TABLE nope ADD COLUMN y int;\n'), deploy(), status(), deploy()],
  },
  {
    name: 'failing-first-migration',
    title: 'The first migration of an empty database fails.',
    steps: [lockFile(), migration(INIT, 'CREATE TABLE a (id nosuchtype);\n'), deploy(), status(), deploy()],
  },
  {
    name: 'failing-with-own-transactions',
    title: 'A script with its own COMMIT keeps what it committed.',
    steps: [
      shop(),
      migration(BAD, 'BEGIN;\nCREATE TABLE kept (id int);\nCOMMIT;\nCREATE TABLE lost (id int);\nSELECT 1 / 0;\n'),
      deploy(),
      status(),
    ],
  },
  {
    name: 'script-leaves-transaction-open',
    title: 'A script that begins a transaction and never ends it.',
    steps: [shop(), migration(NEXT, 'BEGIN;\nCREATE TABLE open (id int);\n'), deploy(), status(), deploy(), status()],
  },
  {
    name: 'script-empties-search-path',
    title: 'A script that clears search_path for the session, as pg_dump writes them.',
    steps: [
      lockFile(),
      migration(
        INIT,
        "SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.a (id int PRIMARY KEY);\n",
      ),
      migration(SECOND, 'CREATE TABLE public.b (id int PRIMARY KEY);\n'),
      deploy(),
      status(),
    ],
  },
  {
    name: 'function-bodies-and-placeholders',
    title: 'Semicolons in bodies, question marks and braces go to the server as they are.',
    steps: [
      lockFile(),
      migration(
        INIT,
        'CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $body$\n' +
          'DECLARE r int;\nBEGIN\n  r := n * 2; -- a ; in a comment\n  RETURN r;\nEND;\n$body$;\n' +
          "CREATE TABLE j (v jsonb DEFAULT '{\"a;b\": 1}');\n" +
          "INSERT INTO j VALUES ('{\"d\": 2}');\n" +
          "DELETE FROM j WHERE v ? 'd';\n" +
          "CREATE VIEW answers AS SELECT '{d ''2024-01-01''}'::text AS braces, twice(21) AS n;\n",
      ),
      deploy(),
      status(),
    ],
  },
  {
    name: 'concurrently-alone',
    title: 'CREATE INDEX CONCURRENTLY as the only statement of a script.',
    steps: [shop(), migration(NEXT, '-- online\nCREATE INDEX CONCURRENTLY ix1 ON a (x);\n'), deploy(), status()],
  },
  {
    name: 'concurrently-fails',
    title: 'A unique index that cannot be built concurrently leaves an invalid one behind.',
    steps: [
      shop(),
      deploy(),
      sql("INSERT INTO a VALUES (1, 'same'), (2, 'same')"),
      migration(NEXT, 'CREATE UNIQUE INDEX CONCURRENTLY ux1 ON a (x);\n'),
      deploy(),
      status(),
    ],
  },
  {
    name: 'concurrently-mixed',
    title: 'CREATE INDEX CONCURRENTLY beside another statement, in one query: PostgreSQL refuses (25001).',
    steps: [
      shop(),
      migration(NEXT, 'CREATE TABLE z (id int);\nCREATE INDEX CONCURRENTLY ix2 ON a (x);\n'),
      deploy(),
      status(),
    ],
  },
  {
    name: 'enum-value-used-at-once',
    title: 'A new enum value used by the script that adds it, in one query: PostgreSQL refuses (55P04).',
    steps: [
      lockFile(),
      migration(INIT, "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE m (v mood);\n"),
      migration(SECOND, "ALTER TYPE mood ADD VALUE 'ok';\nINSERT INTO m VALUES ('ok');\n"),
      deploy(),
      status(),
    ],
  },
  {
    name: 'empty-scripts',
    title: 'An empty script, one of blanks, one of comments: all are applied.',
    steps: [
      shop(),
      migration('20240104000000_empty', ''),
      migration('20240105000000_blank', ' \n\n'),
      migration('20240106000000_comment', '-- nothing\n/* at all */\n'),
      deploy(),
      status(),
    ],
  },
  {
    name: 'byte-order-mark',
    title: 'A script that begins with a byte order mark is a syntax error.',
    steps: [shop(), migration('20240104000000_bom', '\uFEFFCREATE TABLE bom (id int);\n'), deploy(), status()],
  },
  {
    name: 'not-utf-8',
    title: 'A script with a byte that is not UTF-8.',
    steps: [
      shop(),
      migration('20240104000000_latin', Buffer.from('-- caf\xe9\nCREATE TABLE latin (id int);\n', 'latin1')),
      deploy(),
      status(),
    ],
  },
]
