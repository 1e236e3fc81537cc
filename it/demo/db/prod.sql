-- What production has: an older catalogue, and what only production can know.
INSERT INTO "Category" ("id", "slug", "title", "position", "isDraft", "updatedAt") VALUES
  ('clx01category0shoes', 'shoes',  'Shoes',   1, false, '2026-03-01 08:00:00'),
  ('clx01category00hats', 'hats',   'Hats',    2, false, '2026-03-01 08:00:00'),
  ('clx01category00bags', 'bags',   'Bags',    3, false, '2026-03-01 08:00:00'),
  ('clx01category0vinta', 'vintage','Vintage', 8, false, '2026-04-11 16:30:00');

INSERT INTO "Product" ("id", "sku", "name", "price", "attributes", "categoryId", "updatedAt") VALUES
  ('clx02product00shoe1', 'SHOE-1', 'City boot',  '129.00', '{"sizes": [38, 39, 40]}', 'clx01category0shoes', '2026-03-01 08:00:00'),
  ('clx02product00shoe2', 'SHOE-2', 'Trail shoe',  '89.00', '{"sizes": [40, 41, 42]}', 'clx01category0shoes', '2026-03-01 08:00:00'),
  ('clx02product000hat1', 'HAT-1',  'Felt hat',    '49.00', '{}',                      'clx01category00hats', '2026-03-01 08:00:00'),
  ('clx02product000bag1', 'BAG-1',  'Day bag',     '75.00', '{"litres": 18}',          'clx01category00bags', '2026-03-01 08:00:00'),
  ('clx02product00vint1', 'VINT-1', 'Old lamp',    '20.00', '{}',                      'clx01category0vinta', '2026-04-11 16:30:00');

INSERT INTO "ShippingRate" ("country", "method", "priceCents") VALUES
  ('DE', 'standard', 450), ('DE', 'express', 990), ('FR', 'standard', 690), ('CH', 'standard', 1290);

INSERT INTO "Coupon" ("code", "percent", "validUntil") VALUES
  ('WELCOME10', 12, NULL), ('SPRING', 15, '2026-05-31'), ('VIP', 30, NULL);

INSERT INTO "Customer" ("id", "email", "name") VALUES
  ('clx03customer000001', 'test@example.com', 'House Account'),
  ('clx03customer000002', 'demo@example.com', 'House Demo'),
  ('clx03customer000003', 'ann@example.com',  'Ann');

INSERT INTO "Order" ("id", "number", "customerId", "total", "status") VALUES
  ('clx04order000000001', '2026-0001', 'clx03customer000001', '119.00', 'PAID'),
  ('clx04order000000002', '2026-0002', 'clx03customer000002',  '49.00', 'SHIPPED'),
  ('clx04order000000003', '2026-0003', 'clx03customer000003',  '89.00', 'PAID'),
  ('clx04order000000004', '2026-0004', 'clx03customer000003',  '20.00', 'PENDING');

INSERT INTO "Session" ("id", "token") VALUES ('clx05session0000001', 'production-token');
