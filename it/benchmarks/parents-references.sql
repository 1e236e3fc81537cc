-- Every product gets both parents, by what its own columns say, so that both sides choose the same ones.
CREATE TABLE "Listing" (LIKE "Product" INCLUDING ALL);
ALTER TABLE "Listing" ADD "brandId" integer NOT NULL, ADD "shelfId" integer NOT NULL;
INSERT INTO "Listing"
SELECT p.*, b."id", s."id"
FROM "Product" AS p
JOIN "Brand" AS b ON b."slug" = 'brand-' || p."stock"
JOIN "Shelf" AS s ON s."slug" = 'shelf-' || abs(hashtext(p."slug")) % 1000;
DROP TABLE "Product";
ALTER TABLE "Listing" RENAME TO "Product";
ALTER TABLE "Product"
    ADD FOREIGN KEY ("brandId") REFERENCES "Brand" ("id"),
    ADD FOREIGN KEY ("shelfId") REFERENCES "Shelf" ("id");
