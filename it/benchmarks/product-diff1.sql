-- One row in a hundred is changed, one is missing, and one more is there that the source does not have.
UPDATE "Product"
SET "price" = "price" + 1, "updatedAt" = "updatedAt" - interval '1 day'
WHERE abs(hashtext("id")) % 100 = 7;
DELETE FROM "Product"
WHERE abs(hashtext("id")) % 100 = 13;
INSERT INTO "Product"
SELECT md5('extra' || i)::uuid::text, 'extra-' || i, 'Extra ' || i, 'only in the target', 'Brand x', NULL, 1, NULL,
       'EUR', 1, 1, true, false, '{}', timestamptz '2024-01-01 00:00:00+00', timestamptz '2024-01-01 00:00:00+00'
FROM generate_series(1, :rows / 100) AS i;
