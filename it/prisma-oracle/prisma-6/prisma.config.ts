import { defineConfig } from 'prisma/config'
// adapter-pg 7 on purpose: every 6.x one fails in `migrate deploy` on an empty database with
// "Column type 'name' could not be deserialized" (6.6.0, 6.12.0, 6.16.3, 6.18.0, 6.19.3 tried).
import { adapterOf } from '../src/adapter.mjs'

export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: process.env.ORACLE_PROJECT + '/prisma/migrations' },
  experimental: { adapter: true },
  engine: 'js',
  adapter: async () => adapterOf(process.env.DATABASE_URL!) as any,
})
