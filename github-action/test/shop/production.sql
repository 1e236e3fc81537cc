-- What production owns when the tests begin: Germany under an old name, an old rate, a country of its own.
INSERT INTO country (code, name) VALUES
  ('DE', 'Deutschland'),
  ('FR', 'France'),
  ('CH', 'Switzerland');
INSERT INTO tax_rate (country, category, percent) VALUES
  ('DE', 'standard', 16.00),
  ('FR', 'standard', 20.00),
  ('CH', 'standard', 8.10);
