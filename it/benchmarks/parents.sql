-- Two parents whose ids come from sequences. The target's rows are made in another order, so its ids are others.
CREATE TABLE "Brand" ("id" serial PRIMARY KEY, "slug" text NOT NULL UNIQUE, "title" text NOT NULL);
CREATE TABLE "Shelf" ("id" serial PRIMARY KEY, "slug" text NOT NULL UNIQUE, "title" text NOT NULL);
INSERT INTO "Brand" ("slug", "title")
SELECT 'brand-' || i, 'Brand ' || i FROM generate_series(0, 999) AS i ORDER BY i :order;
INSERT INTO "Shelf" ("slug", "title")
SELECT 'shelf-' || i, 'Shelf ' || i FROM generate_series(0, 999) AS i ORDER BY i :order;
