#!/usr/bin/env node
// Puts names into the order in which the CLI runs migrations: node sort.mjs FILE, a name each line, printed in order.
import fs from 'node:fs'

const names = fs.readFileSync(process.argv[2], 'utf8').split('\n')
// As in the CLI's listMigrations; the locale is the one that the recorder gives the CLI.
names.sort((a, b) => a.localeCompare(b, 'en-US'))
process.stdout.write(names.join('\n'))
