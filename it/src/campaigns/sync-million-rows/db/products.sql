-- A million rows of about 300 bytes.
CREATE TABLE "Product" (
    id text PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    description text,
    brand text,
    price numeric(12, 2) NOT NULL,
    "salePrice" numeric(12, 2),
    currency text NOT NULL,
    stock integer NOT NULL,
    rank integer NOT NULL,
    active boolean NOT NULL,
    attributes jsonb,
    "createdAt" timestamptz NOT NULL
);
INSERT INTO "Product"
SELECT md5(i::text), 'product-' || i, 'Product number ' || i, repeat('lorem ipsum ', 8), 'brand ' || (i % 50),
       (i % 10000) / 100.0, CASE WHEN i % 3 = 0 THEN (i % 9000) / 100.0 END, 'EUR', i % 100, i, i % 7 <> 0,
       jsonb_build_object('color', i % 9, 'size', i % 5), timestamptz '2024-01-01 00:00:00+00' + i * interval '1 second'
FROM generate_series(1, 1000000) AS i;
