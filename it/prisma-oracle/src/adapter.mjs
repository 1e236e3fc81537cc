// Opens Prisma's official PostgreSQL adapter so that it behaves like the native engine's connection.
import pg from 'pg'
import { PrismaPg } from '@prisma/adapter-pg'

/** The error of the last migration script that failed in this process, as PostgreSQL gave it; or undefined. */
export let scriptError

/**
 * A driver adapter factory for a Prisma URL. Of the URL's parameters only `schema` is honoured.
 *
 * - One connection: the session's advisory lock and its search_path hold for the whole run.
 * - A migration script goes out as ONE simple query, as the native engine sends it up to 7.3. The stock adapter cuts at
 *   every `;`, which breaks `$$` bodies and loses the implicit transaction.
 */
export function adapterOf(prismaUrl) {
  const url = new URL(prismaUrl)
  const schema = url.searchParams.get('schema') ?? undefined
  url.search = ''
  const pool = new pg.Pool({
    connectionString: url.toString(),
    max: 1,
    allowExitOnIdle: true,
    idleTimeoutMillis: 0,
    ...(schema ? { options: `-c search_path=${startupValue(`"${schema}"`)}` } : {}),
  })
  const factory = new PrismaPg(pool, { ...(schema ? { schema } : {}), disposeExternalPool: true })
  return overriding(factory, {
    connect: async () => {
      const adapter = await factory.connect()
      return overriding(adapter, {
        executeScript: async (script) => {
          try {
            await pool.query(script)
          } catch (error) {
            scriptError = error
            adapter.onError(error)
          }
        },
      })
    },
  })
}

/** Startup options are cut at spaces, unless a backslash stands before. */
function startupValue(text) {
  return text.replace(/[\\ ]/g, '\\$&')
}

/** The object with some methods replaced; all others stay bound to it, because they use private fields. */
function overriding(object, methods) {
  return new Proxy(object, {
    get: (target, key) => {
      const own = target[key]
      return methods[key] ?? (typeof own === 'function' ? own.bind(target) : own)
    },
  })
}
