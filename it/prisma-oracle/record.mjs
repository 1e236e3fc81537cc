#!/usr/bin/env node
// Records what the real Prisma CLI does in every scenario. README.md says how to call it.
import fs from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { scenarios } from './scenarios/all.mjs'
import { json } from './src/json.mjs'
import { record } from './src/recording.mjs'

const HOME = path.dirname(fileURLToPath(import.meta.url))
const FIXTURES = path.resolve(HOME, '../../maven-plugin/src/test/resources/prisma/recorded')
const OWN_WORDS = new Set(['prisma', 'verdict'])
const VERSIONS = { 6: '6.19.3', 7: '7.10.1' }

const { values: options, positionals: only } = parseArgs({
  allowPositionals: true,
  options: {
    cli: { type: 'string', default: '7' },
    check: { type: 'boolean', default: false },
    into: { type: 'string', default: FIXTURES },
  },
})
const server = process.env.DATABASE_URL
const major = Number(options.cli)
const unknown = only.filter((name) => !scenarios.some((scenario) => scenario.name === name))
if (!server || !VERSIONS[major] || unknown.length) {
  console.error('usage: DATABASE_URL=postgresql://... node record.mjs [--cli 6] [--check] [--into DIR] [scenario ...]')
  console.error(unknown.length ? `no such scenario: ${unknown.join(', ')}` : 'DATABASE_URL must name a server')
  process.exit(2)
}
if (major !== 7 && !options.check && options.into === FIXTURES) {
  console.error('The fixtures are those of CLI 7: add --check to compare, or --into to write elsewhere.')
  process.exit(2)
}

let differing = 0
for (const scenario of scenarios.filter(({ name }) => only.length === 0 || only.includes(name))) {
  const { name, title, ...recorded } = await record(scenario, major, server)
  const text = json({ scenario: name, title, prisma: VERSIONS[major], ...recorded })
  const file = path.join(options.into, `${name}.json`)
  if (!options.check) {
    await fs.mkdir(options.into, { recursive: true })
    await fs.writeFile(file, text)
    console.log(`recorded ${name}`)
  } else if (comparable(text) === comparable(await fs.readFile(file, 'utf8').catch(() => ''))) {
    console.log(`same     ${name}`)
  } else {
    differing++
    console.log(`DIFFERS  ${name}`)
    showDifference(comparable(await fs.readFile(file, 'utf8').catch(() => '')), comparable(text))
  }
}
if (options.check && only.length === 0) {
  const known = new Set(scenarios.map(({ name }) => `${name}.json`))
  for (const file of await fs.readdir(options.into)) {
    if (!known.has(file)) {
      differing++
      console.log(`DIFFERS  ${file}: no scenario of that name`)
    }
  }
}
process.exit(differing ? 1 : 0)

/** Another CLI is compared by what it does, not by its words. */
function comparable(text) {
  return major === 7 || !text ? text : json(JSON.parse(text, (key, value) => (OWN_WORDS.has(key) ? undefined : value)))
}

/** The lines that are in one of the two only, in order; enough to see what changed. */
function showDifference(before, after) {
  const old = before.split('\n')
  const now = after.split('\n')
  old.filter((line) => !now.includes(line)).forEach((line) => console.log(`  - ${line.trim()}`))
  now.filter((line) => !old.includes(line)).forEach((line) => console.log(`  + ${line.trim()}`))
}
