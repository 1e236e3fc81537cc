// The lock file, other runs at the same time, and a server or database that is not there.
import { LOCK, deploy, dropDatabase, lock, migration, remove, resolve, status } from '../src/steps.mjs'
import { together, unlock, write } from '../src/steps.mjs'
import { INIT, LOCK_FILE, lockFile, shop } from './shop.mjs'

export const surroundings = [
  {
    name: 'wrong-provider',
    title: "Another database's lock file stops everything but --rolled-back; without the file nothing is checked.",
    steps: [
      shop(),
      lockFile('mysql'),
      status(),
      deploy(),
      resolve({ applied: INIT }),
      resolve({ rolledBack: INIT }),
      remove(LOCK_FILE),
      deploy(),
      status(),
    ],
  },
  {
    name: 'lock-file-without-provider',
    title: 'A lock file that names no provider counts as one that names another.',
    steps: [shop(), write({ [LOCK_FILE]: '# nothing here\n' }), status(), deploy()],
  },
  {
    name: 'lock-file-written-by-hand',
    title: 'A lock file without blanks around the sign, one with CRLF, and one that says postgres.',
    steps: [
      shop(),
      write({ [LOCK_FILE]: 'provider="postgresql"\n' }),
      status(),
      write({ [LOCK_FILE]: '# a comment\r\nprovider = "postgresql"\r\n' }),
      status(),
      write({ [LOCK_FILE]: 'provider = "postgres"\n' }),
      status(),
      write({ [LOCK_FILE]: '  provider = "postgresql"\n' }),
      status(),
      write({ [LOCK_FILE]: "provider = 'postgresql'\n" }),
      status(),
      write({ [LOCK_FILE]: '' }),
      status(),
    ],
  },
  {
    name: 'two-deploys-at-once',
    title: 'The second waits for the first and finds nothing to do: one row for each migration.',
    steps: [
      shop(),
      migration('20240104000000_slow', 'SELECT pg_sleep(3);\n'),
      together(deploy(), deploy()),
      status(),
    ],
  },
  {
    name: 'lock-held-by-another',
    title: 'Somebody else holds the lock: status answers, deploy and resolve give up after ten seconds.',
    steps: [
      shop(),
      lock(LOCK),
      status(),
      deploy(),
      resolve({ applied: INIT }),
      resolve({ rolledBack: INIT }),
      unlock(LOCK),
      deploy(),
      status(),
    ],
  },
  {
    name: 'unreachable-server',
    title: 'Nothing listens.',
    steps: [
      shop(),
      status({ server: 'unreachable' }),
      deploy({ server: 'unreachable' }),
      resolve({ applied: INIT, server: 'unreachable' }),
      resolve({ rolledBack: INIT, server: 'unreachable' }),
    ],
  },
  {
    name: 'absent-database',
    title: 'The database does not exist: status and resolve fail, deploy creates it.',
    steps: [shop(), dropDatabase(), status(), resolve({ applied: INIT }), deploy(), status()],
  },
]
