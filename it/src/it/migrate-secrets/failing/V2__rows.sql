INSERT INTO shelf VALUES ('kept');
SELECT 1 / 0;
