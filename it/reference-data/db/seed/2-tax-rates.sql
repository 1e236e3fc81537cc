INSERT INTO tax_rate (country, category, percent) VALUES
  ('AT', 'standard', 20.00),
  ('AT', 'books', 10.00),
  ('DE', 'standard', 19.00),
  ('DE', 'books', 7.00),
  ('FR', 'standard', 20.00),
  ('FR', 'books', 5.50);
