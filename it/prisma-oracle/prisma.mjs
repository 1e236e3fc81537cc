#!/usr/bin/env node
// Runs the real Prisma CLI once: DATABASE_URL=... node prisma.mjs <6|7> <project directory> migrate status
import { prisma } from './src/cli.mjs'

const [major, project, ...words] = process.argv.slice(2)
if (!['6', '7'].includes(major) || !project || !process.env.DATABASE_URL) {
  console.error('usage: DATABASE_URL=postgresql://... node prisma.mjs <6|7> <project directory> <words of the command>')
  process.exit(2)
}
const { exit, stdout, stderr } = await prisma(major, project, process.env.DATABASE_URL, words)
process.stdout.write(stdout)
process.stderr.write(stderr)
process.exit(exit)
