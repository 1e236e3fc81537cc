import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: process.env.ORACLE_PROJECT + '/prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL! },
})
