-- A million users for load tests, one in ten thousand called Foo. Into a database that the program has migrated:
--   psql "$DB_URL" -f bench/users-million.sql       (two to five minutes; most of it are the trigram indexes)
SET ostiary.tenant = '*';
INSERT INTO users (tenant_id, id, username, primary_email, primary_phone, name, created_at, updated_at)
SELECT 'default', left(md5('load' || i), 12), 'user_' || i, given || '.' || family || i || '@example.com',
    (4470000000 + i)::text,
    initcap(given) || ' ' || initcap(family) || CASE WHEN i % 10000 = 0 THEN ' Foo' ELSE '' END,
    now() - make_interval(secs => 1000000 - i), now()
FROM (
    SELECT i,
        (ARRAY['anna', 'bela', 'chen', 'dora', 'emil', 'fatima', 'george', 'hiro', 'ines', 'jon', 'karl', 'lena',
            'mara', 'nils', 'olga', 'petra', 'quinn', 'rosa', 'sven', 'tara'])[1 + (hashint4(i) & 2147483647) % 20],
        (ARRAY['archer', 'baker', 'cooper', 'dyer', 'ellis', 'fisher', 'grant', 'hunter', 'irwin', 'jones', 'knight',
            'lambert', 'mason', 'nolan', 'owens', 'potter', 'quill', 'rider', 'smith', 'turner', 'usher', 'vance',
            'walker', 'young', 'zorn'])[1 + (hashint4(i + 7) & 2147483647) % 25]
    FROM generate_series(1, 1000000) AS i) AS someone (i, given, family);
VACUUM ANALYZE users;
VACUUM ANALYZE user_search;
