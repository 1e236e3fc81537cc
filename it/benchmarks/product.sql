-- The table that is measured: 16 columns, about 340 bytes a row as text, a primary key and a unique index.
CREATE TABLE "Product" (
    "id" text PRIMARY KEY,
    "slug" text NOT NULL UNIQUE,
    "name" text NOT NULL,
    "description" text,
    "brand" text,
    "category" text,
    "price" numeric(12, 2) NOT NULL,
    "salePrice" numeric(12, 2),
    "currency" text NOT NULL,
    "stock" integer NOT NULL,
    "rank" integer NOT NULL,
    "active" boolean NOT NULL,
    "featured" boolean NOT NULL,
    "attributes" jsonb,
    "createdAt" timestamptz NOT NULL,
    "updatedAt" timestamptz NOT NULL
);
