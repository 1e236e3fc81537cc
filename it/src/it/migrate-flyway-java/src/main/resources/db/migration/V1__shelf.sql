CREATE TABLE shelf (label text);
