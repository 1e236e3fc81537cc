CREATE TABLE shelf (id integer PRIMARY KEY, label text);
CREATE TABLE called (at timestamptz NOT NULL DEFAULT now());
