CREATE TABLE shelf (id integer PRIMARY KEY, label text);
CREATE SEQUENCE attempts;
