// The words that scenarios are written in. Each makes one step of a fixture, without its results.

/** Prisma's advisory lock, one per database. */
export const LOCK = 72707369

/** Writes files; paths are below the project directory, contents are text or bytes. */
export function write(files) {
  return { write: Object.fromEntries(Object.entries(files).map(([file, content]) => [file, stored(content)])) }
}

/** A migration's script. */
export function migration(name, script) {
  return write({ [`${migrationDirectory(name)}/migration.sql`]: script })
}

/** An empty directory. */
export function directory(path) {
  return { directory: path }
}

/** Removes a file, or a directory with all that is in it. */
export function remove(path) {
  return { remove: path }
}

/** Runs SQL in the scenario's database, on a connection of its own. */
export function sql(text) {
  return { sql: text }
}

/** Takes a session-level advisory lock on a connection that stays open until `unlock`. */
export function lock(key) {
  return { lock: key }
}

export function unlock(key) {
  return { unlock: key }
}

/** Drops the scenario's database. */
export function dropDatabase() {
  return { dropDatabase: true }
}

/** `prisma migrate status`; `options` may say `server: 'unreachable'`. */
export function status(options = {}) {
  return { command: 'status', ...options }
}

/** `prisma migrate deploy`. */
export function deploy(options = {}) {
  return { command: 'deploy', ...options }
}

/** `prisma migrate resolve`, with `applied` or `rolledBack` naming a migration. */
export function resolve(options) {
  return { command: 'resolve', ...options }
}

/** Several commands started at the same moment. */
export function together(...commands) {
  return { together: commands }
}

export function migrationDirectory(name) {
  return `prisma/migrations/${name}`
}

/** An empty history table, as the CLI makes it. */
export function historyTable(schema) {
  return sql(
    `CREATE TABLE ${schema}._prisma_migrations (` +
      'id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, ' +
      'migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ, ' +
      'started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)',
  )
}

/** A row of the history table, as something else than the CLI may have left it. Times are SQL text, or null. */
export function historyRow({
  id,
  name,
  checksum = '0'.repeat(64),
  startedAt,
  finishedAt = null,
  rolledBackAt = null,
  logs = null,
  steps = 0,
}) {
  const literal = (value) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`)
  const values = [
    literal(`00000000-0000-4000-8000-${String(id).padStart(12, '0')}`),
    literal(checksum),
    literal(finishedAt),
    literal(name),
    literal(logs),
    literal(rolledBackAt),
    literal(startedAt),
    steps,
  ]
  return sql(
    'INSERT INTO _prisma_migrations ' +
      '(id, checksum, finished_at, migration_name, logs, rolled_back_at, started_at, applied_steps_count) ' +
      `VALUES (${values.join(', ')})`,
  )
}

/** Text stays readable in the fixture; a byte order mark and what is not UTF-8 would not survive as text. */
function stored(content) {
  const bytes = Buffer.from(content)
  const text = bytes.toString('utf8')
  const survives = !text.startsWith('\uFEFF') && Buffer.from(text).equals(bytes)
  return survives ? text : { base64: bytes.toString('base64') }
}
