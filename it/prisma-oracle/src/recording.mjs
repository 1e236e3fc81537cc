// Runs one scenario against the real CLI and writes down what came of it.
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { prisma } from './cli.mjs'
import { Database } from './database.mjs'
import { Project } from './project.mjs'
import { verdict } from './verdict.mjs'

/**
 * The scenario with the results of its commands.
 *
 * @param scenario name, title, urlParameters, steps
 * @param major which CLI
 * @param server URL of a server whose user may create databases
 */
export async function record(scenario, major, server) {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'prisma-oracle-'))
  const database = new Database(server, `oracle_${major}_${scenario.name}`.slice(0, 63))
  const recording = new Recording(new Project(folder), database, scenario.urlParameters ?? {}, major)
  try {
    await database.create()
    const steps = []
    for (const step of scenario.steps) {
      steps.push({ ...step, ...(await recording.take(step)) })
    }
    return { ...scenario, steps }
  } finally {
    await database.drop()
    await fs.rm(folder, { recursive: true, force: true })
  }
}

class Recording {
  #project
  #database
  #parameters
  #major
  #describedSchemas = new Set()
  #lastSeen

  constructor(project, database, parameters, major) {
    this.#project = project
    this.#database = database
    this.#parameters = parameters
    this.#major = major
  }

  /** Takes a step; the answer is what the fixture shall hold beside it. */
  async take(step) {
    if (step.write) {
      await this.#project.write(step.write)
    } else if (step.directory) {
      await this.#project.directory(step.directory)
    } else if (step.remove) {
      await this.#project.remove(step.remove)
    } else if (step.sql) {
      await this.#database.execute(step.sql)
    } else if (step.lock) {
      await this.#database.lock(step.lock)
    } else if (step.unlock) {
      await this.#database.unlock(step.unlock)
    } else if (step.dropDatabase) {
      await this.#database.drop()
    } else if (step.command) {
      return { ...(await this.#run(step)), ...(await this.#observe()) }
    } else if (step.together) {
      const results = await Promise.all(step.together.map((command) => this.#run(command)))
      // Which of them comes first is chance.
      const sorted = results.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      return { results: sorted, ...(await this.#observe()) }
    } else {
      throw new Error('no such step: ' + JSON.stringify(step))
    }
    return {}
  }

  async #run(step) {
    const url =
      step.server === 'unreachable' ? this.#database.unreachableUrl() : this.#database.url(this.#parameters)
    const run = await prisma(this.#major, this.#project.folder, url, ['migrate', ...words(step)])
    return verdict(run, this.#database)
  }

  /**
   * What is in the database now; said in one word where it is what it was after the last command. A history table's
   * columns are written down once, after the command that made it.
   */
  async #observe() {
    const seen = await this.#database.observe()
    const text = JSON.stringify(seen)
    if (text === this.#lastSeen) {
      return { sameAsBefore: true }
    }
    this.#lastSeen = text
    const tables = {}
    for (const schema of Object.keys(seen.histories)) {
      if (!this.#describedSchemas.has(schema)) {
        this.#describedSchemas.add(schema)
        tables[schema] = await this.#database.historyTable(schema)
      }
    }
    return Object.keys(tables).length ? { ...seen, newTables: tables } : seen
  }
}

function words({ command, applied, rolledBack }) {
  return [
    command,
    ...(applied === undefined ? [] : ['--applied', applied]),
    ...(rolledBack === undefined ? [] : ['--rolled-back', rolledBack]),
  ]
}
