CREATE TABLE tax_rate (
  country char(2) NOT NULL REFERENCES country,
  category text NOT NULL,
  percent numeric(4, 2) NOT NULL,
  PRIMARY KEY (country, category)
);
