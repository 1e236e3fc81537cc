-- What the team has prepared locally for the autumn.
INSERT INTO "Category" ("id", "slug", "title", "position", "isDraft", "updatedAt") VALUES
  ('clx01category0shoes', 'shoes',  'Shoes & Boots', 1, false, '2026-09-20 10:00:00'),
  ('clx01category00hats', 'hats',   'Hats',          2, false, '2026-09-20 10:00:00'),
  ('clx01category00bags', 'bags',   'Bags',          3, false, '2026-09-20 10:00:00'),
  ('clx01category0scarf', 'scarves','Scarves',       4, false, '2026-09-20 10:00:00'),
  ('clx01category00sale', 'sale',   'Winter sale',   9, true,  '2026-09-20 10:00:00');

INSERT INTO "Product" ("id", "sku", "name", "price", "attributes", "categoryId", "updatedAt") VALUES
  ('clx02product00shoe1', 'SHOE-1', 'City boot',    '119.00', '{"sizes": [38, 39, 40, 41]}', 'clx01category0shoes', '2026-09-20 10:00:00'),
  ('clx02product00shoe2', 'SHOE-2', 'Trail shoe',    '89.00', '{"sizes": [40, 41, 42]}',     'clx01category0shoes', '2026-09-20 10:00:00'),
  ('clx02product000hat1', 'HAT-1',  'Felt hat, dark','49.00', '{}',                          'clx01category00hats', '2026-09-20 10:00:00'),
  ('clx02product000bag1', 'BAG-1',  'Day bag',       '75.00', '{"litres": 18}',              'clx01category00bags', '2026-09-20 10:00:00'),
  ('clx02product0scarf1', 'SCARF-1','Wool scarf',    '35.00', '{"colour": "grey"}',          'clx01category0scarf', '2026-09-20 10:00:00'),
  ('clx02product0scarf2', 'SCARF-2','Silk scarf',    '59.00', '{"colour": "red"}',           'clx01category0scarf', '2026-09-20 10:00:00');

INSERT INTO "ShippingRate" ("country", "method", "priceCents") VALUES
  ('DE', 'standard', 490), ('DE', 'express', 990), ('FR', 'standard', 690), ('AT', 'standard', 590);

INSERT INTO "Coupon" ("code", "percent", "validUntil") VALUES
  ('WELCOME10', 10, NULL), ('SPRING', 15, '2026-05-31'), ('AUTUMN', 20, '2026-11-30');

INSERT INTO "Customer" ("id", "email", "name") VALUES
  ('clx03customer000001', 'test@example.com', 'Local Test'),
  ('clx03customer000002', 'demo@example.com', 'Local Demo');

INSERT INTO "Order" ("id", "number", "customerId", "total", "status") VALUES
  ('clx04order000000001', '2026-0001', 'clx03customer000001', '119.00', 'PENDING'),
  ('clx04order000000002', '2026-0002', 'clx03customer000002',  '49.00', 'SHIPPED');

INSERT INTO "Session" ("id", "token") VALUES ('clx05session0000001', 'local-token');
