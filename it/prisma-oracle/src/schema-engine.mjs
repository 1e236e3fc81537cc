#!/usr/bin/env node
// Stands in for Prisma's native `schema-engine` binary: the same command line, the same JSON-RPC on stdin and stdout.
// Every call goes to the official WebAssembly build of the same engine, which npm brings.
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { adapterOf, scriptError } from './adapter.mjs'

const MIGRATION_FAILED =
  'A migration failed to apply. New migrations cannot be applied before the error is recovered from. ' +
  'Read more about how to resolve migration issues in a production database: https://pris.ly/d/migrate-resolve'

const url = datasourceUrl()
const command = process.argv.find((word) => /^(can-connect-to|create|drop)-database$/.test(word))
if (command) {
  await answerOnce(command)
} else {
  await serve()
}

/** CLI 7 hands the data source over as JSON, CLI 6 as the bare URL. */
function datasourceUrl() {
  const given = option('--datasource')[0] ?? '{}'
  return (given.startsWith('{') ? JSON.parse(given).url : given) ?? process.env.DATABASE_URL
}

function option(name) {
  return process.argv.flatMap((word, at) => (word === name ? [process.argv[at + 1]] : []))
}

/** `schema-engine cli can-connect-to-database` and its sisters: the answer is the exit code and one log line. */
async function answerOnce(question) {
  // The native engine begins with such a line, and the CLI looks for errors behind the first line only.
  log('INFO', { message: 'Starting schema engine CLI' })
  const target = new URL(url)
  target.search = ''
  const database = decodeURIComponent(target.pathname.slice(1))
  const server = `${target.hostname}:${target.port || 5432}`
  try {
    if (question === 'create-database') {
      const maintenance = new URL(target)
      maintenance.pathname = '/postgres'
      await connectedTo(maintenance, (client) => client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)}`))
    }
    await connectedTo(target, () => {})
    process.exit(0)
  } catch (error) {
    // The native engine's own codes and texts; they are this stand-in's work, not recorded.
    if (error.code === '3D000') {
      refuse('P1003', `Database \`${database}\` does not exist on the database server at \`${server}\`.`)
    }
    if (error.code === '28P01' || error.code === '28000') {
      refuse(
        'P1000',
        `Authentication failed against database server at \`${target.hostname}\`, ` +
          `the provided database credentials for \`${target.username}\` are not valid.`,
      )
    }
    refuse(
      'P1001',
      `Can't reach database server at \`${server}\`\n\n` +
        `Please make sure your database server is running at \`${server}\`.`,
    )
  }
}

async function connectedTo(target, work) {
  const client = new pg.Client({ connectionString: target.toString(), connectionTimeoutMillis: 5000 })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function refuse(error_code, message) {
  log('ERROR', { is_panic: false, error_code, message })
  process.exit(1)
}

function log(level, fields) {
  const line = { timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' }
  process.stderr.write(JSON.stringify(line) + '\n')
}

/** One JSON-RPC request per line, answered in order, until stdin closes. */
async function serve() {
  const engineModule = await loadEngine()
  const adapter = adapterOf(url)
  const factory = bindMigrationAwareSqlAdapterFactory({
    adapterName: adapter.adapterName,
    provider: adapter.provider,
    connect: () => adapter.connect(),
    connectToShadowDb: () => adapter.connectToShadowDb(),
  })
  const datamodels = option('--datamodels').map((file) => [file, fs.readFileSync(file, 'utf8')])
  let engine
  const requests = readline.createInterface({ input: process.stdin })
  requests.on('close', () => process.exit(0))
  requests.on('line', async (line) => {
    const { id, method, params } = JSON.parse(line)
    if (!method) {
      return
    }
    let answer
    try {
      // Only now: the engine connects when it is made, and a failure to connect is an answer.
      engine ??= await engineModule.SchemaEngine.new(
        { datamodels: datamodels.length ? datamodels : undefined },
        () => {},
        factory,
      )
      const name = method === 'getDatabaseVersion' ? 'version' : method
      answer = { result: (await engine[name](params ?? {})) ?? null }
    } catch (error) {
      answer = { error: rpcError(error, method) }
    }
    process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, ...answer }) + '\n')
  })
}

async function loadEngine() {
  const entry = '@prisma/schema-engine-wasm/schema_engine_bg'
  const folder = path.dirname(fileURLToPath(import.meta.resolve(entry)))
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => log('ERROR', { is_panic: true, message }) }
  const glue = await import(entry)
  const module = new WebAssembly.Module(fs.readFileSync(path.join(folder, 'schema_engine_bg.wasm')))
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return glue
}

function rpcError(error, method) {
  if (process.env.ORACLE_DEBUG) {
    log('ERROR', { message: `${method}: ${error?.name} ${error?.code} ${error?.message} ${JSON.stringify(error)}` })
  }
  const data = { is_panic: false, message: error.message ?? String(error) }
  if (error.code) {
    data.error_code = error.code
  } else if (method === 'applyMigrations' && scriptError) {
    // The WebAssembly build knows only "external connector error" here. P3018 and its text are put together from the
    // native engine's source.
    data.error_code = 'P3018'
    data.message = migrationFailure(data.message)
  }
  return { code: 4466, message: 'An error happened. Check the data field for details.', data }
}

function migrationFailure(engineMessage) {
  const migration = /migration_name="(.*)"/.exec(engineMessage)?.[1]
  const error = [`${scriptError.severity ?? 'ERROR'}: ${scriptError.message}`]
  if (scriptError.detail) {
    error.push(`DETAIL: ${scriptError.detail}`)
  }
  if (scriptError.hint) {
    error.push(`HINT: ${scriptError.hint}`)
  }
  return [
    MIGRATION_FAILED,
    `Migration name: ${migration}`,
    `Database error code: ${scriptError.code ?? 'none'}`,
    `Database error:\n${error.join('\n')}`,
  ].join('\n\n')
}
