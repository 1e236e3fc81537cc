-- What Prisma has recorded so far: the two migrations that schema.sql is the result of.
CREATE TABLE _prisma_migrations (
  id varchar(36) PRIMARY KEY,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
);

INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count) VALUES
  ('6a0f7c0e-6f2b-4d0c-9a51-0c8a7f1f3b01',
   '164ba7c229229f86689dc39ba78fe0a6cd878a5fbdbfeb4eb99e182b05917680',
   '2026-01-07 06:12:40.112+00', '20260105093000_init', '2026-01-07 06:12:40.031+00', 1),
  ('0b8e2d57-92c4-4e0f-8f36-5a6f6d4be202',
   'd899cffc1b48120274ebf6bbbaff3e8d3f1a3792977a8d5dc287fd47c6a46cb6',
   '2026-02-18 06:03:11.540+00', '20260217141500_shipping_and_coupons', '2026-02-18 06:03:11.502+00', 1);
