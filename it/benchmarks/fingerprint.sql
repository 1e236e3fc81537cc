-- What a table holds, to the letter: for checking afterwards that everything has arrived, and nothing else.
SELECT count(*), coalesce(sum(('x' || substr(md5(t::text), 1, 16))::bit(64)::bigint), 0)
FROM "Product" AS t
WHERE "slug" :extras LIKE 'extra-%'
