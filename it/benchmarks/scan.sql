SELECT count(*), sum(hash_record_extended(t, 0)) FROM "Product" AS t
