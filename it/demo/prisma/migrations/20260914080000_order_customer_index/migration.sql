-- Alone in its file: CONCURRENTLY cannot run in a transaction. Orders can be placed while it runs.
CREATE INDEX CONCURRENTLY "Order_customerId_idx" ON "Order"("customerId");
