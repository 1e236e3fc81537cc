CREATE INDEX CONCURRENTLY shelf_label ON shelf (label);
