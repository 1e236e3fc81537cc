INSERT INTO "Product" AS p
SELECT * FROM stage
ON CONFLICT ("id") DO UPDATE
SET "slug" = excluded."slug", "name" = excluded."name", "description" = excluded."description",
    "brand" = excluded."brand", "category" = excluded."category", "price" = excluded."price",
    "salePrice" = excluded."salePrice", "currency" = excluded."currency", "stock" = excluded."stock",
    "rank" = excluded."rank", "active" = excluded."active", "featured" = excluded."featured",
    "attributes" = excluded."attributes", "createdAt" = excluded."createdAt", "updatedAt" = excluded."updatedAt"
WHERE (p."slug", p."name", p."description", p."brand", p."category", p."price", p."salePrice", p."currency",
       p."stock", p."rank", p."active", p."featured", p."attributes", p."createdAt", p."updatedAt")
      IS DISTINCT FROM
      (excluded."slug", excluded."name", excluded."description", excluded."brand", excluded."category",
       excluded."price", excluded."salePrice", excluded."currency", excluded."stock", excluded."rank",
       excluded."active", excluded."featured", excluded."attributes", excluded."createdAt", excluded."updatedAt")
