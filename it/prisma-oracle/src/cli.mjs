// Runs the real Prisma CLI on a project directory.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const HOME = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** Where each CLI's configuration is; it runs there, because it looks for prisma.config.ts in its working directory. */
const CONFIGURATIONS = {
  6: { folder: path.join(HOME, 'prisma-6'), cli: path.join(HOME, 'prisma-6/node_modules/prisma/build/index.js') },
  7: { folder: path.join(HOME, 'prisma-7'), cli: path.join(HOME, 'node_modules/prisma/build/index.js') },
}

/**
 * One run of `prisma ...words`.
 *
 * @param major 6 or 7
 * @param project the directory that holds prisma/migrations
 * @param databaseUrl what DATABASE_URL shall say
 * @returns exit code (a number), stdout and stderr, whole
 */
export function prisma(major, project, databaseUrl, words) {
  const { folder, cli } = CONFIGURATIONS[major]
  const env = {
    ...process.env,
    ORACLE_PROJECT: path.resolve(project),
    DATABASE_URL: databaseUrl,
    PRISMA_SCHEMA_ENGINE_BINARY: path.join(HOME, 'src/schema-engine.mjs'),
    PRISMA_QUERY_ENGINE_LIBRARY: path.join(HOME, 'src/stub-engine'),
    // Migrations are ordered by localeCompare, which follows the locale of the process.
    LC_ALL: 'en_US.UTF-8',
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    NO_COLOR: '1',
  }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...words], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))
    child.on('error', reject)
    child.on('close', (exit) => resolve({ exit, stdout, stderr }))
  })
}
