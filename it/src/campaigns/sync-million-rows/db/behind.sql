-- One row in a hundred differs, one in a thousand is missing.
UPDATE "Product" SET price = price + 1 WHERE rank % 100 = 0;
DELETE FROM "Product" WHERE rank % 1000 = 1;
VACUUM ANALYZE "Product";
