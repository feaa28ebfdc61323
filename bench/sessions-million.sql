-- 100 000 applications, 1 000 000 sessions and as many grants for load tests, on top of users-million.sql.
--   psql "$DB_URL" -f bench/sessions-million.sql       (three to five minutes)
SET ostiary.tenant = '*';
INSERT INTO applications (tenant_id, id, name, type, oidc_client_metadata, created_at)
SELECT 'default', 'loadapp' || i, 'Load ' || i, 'Traditional',
    jsonb_build_object('redirectUris', jsonb_build_array('https://app' || i || '.example.com/callback'),
        'postLogoutRedirectUris', '[]'::jsonb), now() - make_interval(secs => 100000 - i)
FROM generate_series(1, 100000) AS i;
CREATE TEMPORARY TABLE load_users AS
SELECT id, row_number() OVER (ORDER BY created_at) AS i FROM users WHERE tenant_id = 'default' LIMIT 1000000;
INSERT INTO sessions (tenant_id, uid, id, user_id, signed_in_at, authorizations, expires_at)
SELECT 'default', 'loadsession' || i, sha256(('session' || i)::bytea), id, now(),
    jsonb_build_object('loadapp' || (1 + i % 100000), jsonb_build_object('sid', 'sid' || i, 'grantId', 'loadgrant' || i,
        'persistsLogout', true)), now() + interval '14 days'
FROM load_users;
INSERT INTO grants (tenant_id, id, user_id, client_id, session_uid, scopes, expires_at)
SELECT 'default', 'loadgrant' || i, id, 'loadapp' || (1 + i % 100000), 'loadsession' || i, '{openid,profile}',
    now() + interval '180 days'
FROM load_users;
VACUUM ANALYZE applications, sessions, grants;
