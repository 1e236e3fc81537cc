// The database of one scenario, and what can be seen in it.
import pg from 'pg'

const HISTORY_TABLE = '_prisma_migrations'

export class Database {
  #server
  #name
  #locks = new Map()

  /** @param server URL of the server's maintenance database, whose user may create databases */
  constructor(server, name) {
    this.#server = server
    this.#name = name
  }

  get name() {
    return this.#name
  }

  /** The URL that the CLI gets, with Prisma's own parameters. */
  url(parameters = {}) {
    const url = new URL(this.#server)
    url.pathname = '/' + encodeURIComponent(this.#name)
    url.search = new URLSearchParams(parameters).toString()
    return url.toString()
  }

  /** A URL at which nothing listens. */
  unreachableUrl() {
    const url = new URL(this.url())
    url.hostname = '127.0.0.1'
    url.port = '1'
    return url.toString()
  }

  async create() {
    await this.drop()
    await this.#onServer(`CREATE DATABASE ${pg.escapeIdentifier(this.#name)} TEMPLATE template0`)
  }

  async drop() {
    await this.#onServer(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(this.#name)} WITH (FORCE)`)
  }

  async execute(sql) {
    await connectedTo(this.url(), (client) => client.query(sql))
  }

  /** Takes a session-level advisory lock and keeps it until `unlock`. */
  async lock(key) {
    const client = new pg.Client({ connectionString: this.url() })
    await client.connect()
    await client.query('SELECT pg_advisory_lock($1)', [key])
    this.#locks.set(key, client)
  }

  async unlock(key) {
    await this.#locks.get(key).end()
    this.#locks.delete(key)
  }

  /** What a fixture holds after each command; ids and times are left out, so that it is the same every time. */
  async observe() {
    try {
      return await connectedTo(this.url(), async (client) => ({
        schemas: await schemas(client),
        histories: await histories(client),
        relations: await relations(client),
      }))
    } catch (error) {
      if (error.code === '3D000') {
        return { databaseExists: false, schemas: [], histories: {}, relations: [] }
      }
      throw error
    }
  }

  /** The history table of a schema, as the catalog tells it. */
  async historyTable(schema) {
    return await connectedTo(this.url(), async (client) => {
      const table = `${pg.escapeIdentifier(schema)}.${HISTORY_TABLE}`
      const columns = await client.query(
        `SELECT attname AS name,
                format_type(atttypid, atttypmod) AS type,
                NOT attnotnull AS nullable,
                pg_get_expr(adbin, adrelid) AS "default"
           FROM pg_attribute
           LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
          WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
          ORDER BY attnum`,
        [table],
      )
      // PostgreSQL 18 lists NOT NULL among the constraints, older ones do not.
      const constraints = await client.query(
        `SELECT conname AS name, pg_get_constraintdef(oid) AS definition
           FROM pg_constraint
          WHERE conrelid = $1::regclass AND contype <> 'n'
          ORDER BY conname`,
        [table],
      )
      const indexes = await client.query(
        `SELECT indexrelid::regclass::text AS name
           FROM pg_index
          WHERE indrelid = $1::regclass
          ORDER BY 1`,
        [table],
      )
      return {
        columns: columns.rows,
        constraints: constraints.rows,
        indexes: indexes.rows.map((row) => row.name.replace(/^.*\./, '')),
      }
    })
  }

  async #onServer(sql) {
    await connectedTo(this.#server, (client) => client.query(sql))
  }
}

async function schemas(client) {
  const found = await client.query(
    `SELECT nspname AS schema
       FROM pg_namespace
      WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
      ORDER BY nspname COLLATE "C"`,
  )
  return found.rows.map((row) => row.schema)
}

/** Schema -> rows of the history table there, in the order in which Prisma reads them. */
async function histories(client) {
  const tables = await client.query(
    `SELECT nspname AS schema
       FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
      WHERE relname = $1 AND relkind = 'r'
      ORDER BY nspname COLLATE "C"`,
    [HISTORY_TABLE],
  )
  const found = {}
  for (const { schema } of tables.rows) {
    // The transaction that touched a row last decides between rows of one millisecond: it is in the order of the runs.
    const rows = await client.query(
      `SELECT migration_name AS migration,
              checksum,
              CASE WHEN finished_at = started_at THEN 'started'
                   WHEN finished_at IS NOT NULL THEN 'set' END AS finished,
              rolled_back_at IS NOT NULL AS "rolledBack",
              applied_steps_count AS steps,
              CASE WHEN logs = '' THEN 'empty'
                   WHEN logs IS NOT NULL THEN 'text' END AS logs
         FROM ${pg.escapeIdentifier(schema)}.${HISTORY_TABLE}
        ORDER BY started_at, xmin::text::bigint`,
    )
    found[schema] = rows.rows
  }
  return found
}

/** Every relation outside the system schemas: its kind, its name, and whether it is an index that a failure left. */
async function relations(client) {
  const found = await client.query(
    `SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
                         WHEN 'm' THEN 'materialized view' WHEN 'i' THEN 'index' WHEN 'I' THEN 'partitioned index'
                         WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type' END
            || ' ' || nspname || '.' || relname
            || CASE WHEN indisvalid THEN '' WHEN NOT indisvalid THEN ' (invalid)' ELSE '' END AS relation
       FROM pg_class
       JOIN pg_namespace ON pg_namespace.oid = relnamespace
       LEFT JOIN pg_index ON indexrelid = pg_class.oid
      WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
      ORDER BY nspname COLLATE "C", relname COLLATE "C"`,
  )
  return found.rows.map((row) => row.relation)
}

async function connectedTo(url, work) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
