INSERT INTO shelf VALUES (3, 'later');
