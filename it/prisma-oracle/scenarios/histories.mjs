// Files that changed or went after they were applied, and what else can be in the history.
import { deploy, historyRow, migration, migrationDirectory, remove, resolve, sql, status } from '../src/steps.mjs'
import { INIT, SECOND, lockFile, shop } from './shop.mjs'

const NEW = '20240109000000_new'

export const histories = [
  {
    name: 'edited-after-apply',
    title: 'A migration was edited after it was applied: neither status nor deploy says so.',
    steps: [
      shop(),
      deploy(),
      migration(INIT, 'CREATE TABLE a (id int PRIMARY KEY);\n-- edited\n'),
      status(),
      deploy(),
      resolve({ applied: INIT }),
    ],
  },
  {
    name: 'lf-becomes-crlf',
    title: 'The same script with other line ends is the same migration.',
    steps: [shop(), deploy(), migration(INIT, 'CREATE TABLE a (id int PRIMARY KEY);\r\n'), status(), deploy()],
  },
  {
    name: 'crlf-becomes-lf',
    title: 'Deployed from a checkout with CRLF, looked at from one with LF.',
    steps: [
      lockFile(),
      migration(INIT, 'CREATE TABLE a (\r\n  id int PRIMARY KEY\r\n);\r\n'),
      deploy(),
      migration(INIT, 'CREATE TABLE a (\n  id int PRIMARY KEY\n);\n'),
      status(),
      deploy(),
    ],
  },
  {
    name: 'missing-from-disk',
    title: 'An applied migration is deleted from disk: nothing is said.',
    steps: [shop(), deploy(), remove(migrationDirectory(SECOND)), status(), deploy()],
  },
  {
    name: 'missing-and-new',
    title: 'An applied migration is gone and a new one is there: status says that the histories differ, deploy goes on.',
    steps: [
      shop(),
      deploy(),
      remove(migrationDirectory(SECOND)),
      migration(NEW, 'CREATE TABLE n (id int);\n'),
      status(),
      deploy(),
      status(),
    ],
  },
  {
    name: 'all-missing',
    title: 'The database has a history, the disk has none.',
    steps: [
      shop(),
      deploy(),
      remove('prisma/migrations'),
      status(),
      deploy(),
      lockFile(),
      status(),
    ],
  },
  {
    name: 'unrelated-history',
    title: "Another project's history: nothing in common, and deploy applies everything.",
    steps: [
      lockFile(),
      deploy(),
      historyRow({
        id: 1,
        name: '20230101000000_theirs',
        startedAt: '2023-02-01 10:00:00Z',
        finishedAt: '2023-02-01 10:00:01Z',
        steps: 1,
      }),
      migration(INIT, 'CREATE TABLE a (id int PRIMARY KEY);\n'),
      status(),
      deploy(),
      status(),
    ],
  },
  {
    name: 'unpadded-checksum',
    title: 'A checksum in the form of old versions, without leading zeros.',
    steps: [
      shop(),
      deploy(),
      sql(
        'UPDATE _prisma_migrations SET checksum = (' +
          "SELECT string_agg(ltrim(substr(checksum, 2 * n - 1, 1), '0') || substr(checksum, 2 * n, 1), '' ORDER BY n) " +
          'FROM generate_series(1, 32) n)',
      ),
      status(),
      deploy(),
    ],
  },
  {
    name: 'empty-checksum',
    title: 'A row whose checksum is empty.',
    steps: [shop(), deploy(), sql("UPDATE _prisma_migrations SET checksum = ''"), status(), deploy()],
  },
  {
    name: 'equal-start-times',
    title: 'Rows written by hand with one start time.',
    steps: [
      shop(),
      deploy(),
      sql("UPDATE _prisma_migrations SET started_at = '2024-01-01Z', finished_at = '2024-01-01 00:00:01Z'"),
      status(),
      deploy(),
    ],
  },
]
