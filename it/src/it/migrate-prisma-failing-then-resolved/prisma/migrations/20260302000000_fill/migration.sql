INSERT INTO shelf VALUES (1, 'first');
-- Fails at the first try.
INSERT INTO shelf SELECT 2, 'second' WHERE 1 / (nextval('attempts') - 1) >= 0;
