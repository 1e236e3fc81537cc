-- Nothing here is random: both servers make the same rows for themselves.
INSERT INTO "Product"
SELECT md5('id' || i)::uuid::text,
       'product-' || i || '-' || substr(md5('s' || i), 1, 8),
       'Product name ' || i || ' ' || substr(md5('n' || i), 1, 12),
       repeat(md5('d' || i) || ' ', 2) || 'lorem ipsum',
       'Brand ' || i % 500,
       CASE WHEN i % 7 = 0 THEN NULL ELSE 'cat-' || i % 200 END,
       (i % 100000) / 100.0,
       CASE WHEN i % 3 = 0 THEN (i % 90000) / 100.0 END,
       'EUR',
       i % 1000,
       i % 5,
       i % 11 <> 0,
       i % 13 = 0,
       jsonb_build_object('color', (ARRAY['red', 'green', 'blue'])[1 + i % 3], 'size', i % 50,
                          'tags', jsonb_build_array('t' || i % 10, 't' || i % 17)),
       timestamptz '2024-01-01 00:00:00+00' + i * interval '13.37 second',
       timestamptz '2025-01-01 00:00:00+00' + i * interval '7.123 second'
FROM generate_series(1, :rows) AS i;
