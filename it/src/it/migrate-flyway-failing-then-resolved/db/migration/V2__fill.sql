INSERT INTO shelf VALUES ('first');
INSERT INTO shelf SELECT 'second' WHERE 1 / (nextval('attempts') - 1) >= 0;
