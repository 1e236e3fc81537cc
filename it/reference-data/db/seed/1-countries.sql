INSERT INTO country (code, name) VALUES
  ('AT', 'Austria'),
  ('DE', 'Germany'),
  ('FR', 'France');
