CREATE TABLE shelf (label text);
CREATE SEQUENCE attempts;
