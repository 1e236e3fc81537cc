INSERT INTO shelf VALUES (1, '${label}');
