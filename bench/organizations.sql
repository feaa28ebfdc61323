-- 50 000 organizations with 5 000 000 memberships for load tests, on top of users-million.sql: five organizations a user,
-- one organization (orgbig000001) with 100 000 members, one user (the 500 000th) in 200 organizations and with 50 roles.
--   psql "$DB_URL" -f bench/organizations.sql       (five to ten minutes; most of it are foreign keys)
SET ostiary.tenant = '*';
INSERT INTO resources (tenant_id, id, name, indicator) VALUES ('default', 'loadresource', 'Load', 'https://load.example');
INSERT INTO scopes (tenant_id, id, resource_id, name)
SELECT 'default', 'loadscope' || i, 'loadresource', 'load:' || i FROM generate_series(1, 100) AS i;
INSERT INTO roles (tenant_id, id, name, description, type)
SELECT 'default', 'loadrole' || i, 'Load ' || i, 'For load tests', 'User' FROM generate_series(1, 50) AS i;
INSERT INTO role_scopes (tenant_id, role_id, scope_id)
SELECT 'default', 'loadrole' || i, 'loadscope' || (2 * i - j) FROM generate_series(1, 50) AS i, generate_series(0, 1) AS j;
INSERT INTO organization_scopes (tenant_id, id, name)
SELECT 'default', 'loadorgscope' || i, 'do:' || i FROM generate_series(1, 20) AS i;
INSERT INTO organization_roles (tenant_id, id, name, type)
SELECT 'default', 'loadorgrole' || i, 'Member ' || i, 'User' FROM generate_series(1, 10) AS i;
INSERT INTO organization_role_scopes (tenant_id, organization_role_id, organization_scope_id)
SELECT 'default', 'loadorgrole' || i, 'loadorgscope' || (2 * i - j)
FROM generate_series(1, 10) AS i, generate_series(0, 1) AS j;

INSERT INTO organizations (tenant_id, id, name, description, created_at)
SELECT 'default', CASE i WHEN 1 THEN 'orgbig000001' ELSE left(md5('org' || i), 12) END,
    initcap((ARRAY['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'harbor', 'iris', 'juniper'])[1 + i % 10])
        || ' ' || initcap((ARRAY['works', 'labs', 'foods', 'tools', 'media'])[1 + i % 5]) || ' ' || i
        || CASE WHEN i % 1000 = 0 THEN ' Foo' ELSE '' END,
    'Customer ' || i, now() - make_interval(secs => 50000 - i)
FROM generate_series(1, 50000) AS i;
CREATE TEMPORARY TABLE load_organizations AS
SELECT id, row_number() OVER (ORDER BY created_at) AS i FROM organizations WHERE tenant_id = 'default';
CREATE UNIQUE INDEX ON load_organizations (i);
CREATE TEMPORARY TABLE load_users AS
SELECT id, row_number() OVER (ORDER BY created_at) AS i FROM users WHERE tenant_id = 'default';
ANALYZE load_organizations, load_users;

INSERT INTO organization_users (tenant_id, organization_id, user_id, created_at)
SELECT 'default', o.id, u.id, now() - make_interval(secs => (u.i % 100000)::int)
FROM load_users u CROSS JOIN generate_series(0, 4) AS k
JOIN load_organizations o ON o.i = CASE WHEN k = 0 AND u.i % 10 = 0 THEN 1 ELSE 2 + (u.i * 7 + k * 9973) % 49999 END
ON CONFLICT DO NOTHING;
INSERT INTO organization_users (tenant_id, organization_id, user_id)
SELECT 'default', o.id, u.id FROM load_users u JOIN load_organizations o ON o.i BETWEEN 1000 AND 1199 WHERE u.i = 500000
ON CONFLICT DO NOTHING;
INSERT INTO organization_user_roles (tenant_id, organization_id, user_id, organization_role_id)
SELECT 'default', m.organization_id, m.user_id, 'loadorgrole' || (1 + hashtext(m.user_id) & 7)
FROM organization_users m WHERE m.tenant_id = 'default' AND hashtext(m.user_id) % 4 = 0
ON CONFLICT DO NOTHING;
INSERT INTO organization_user_roles (tenant_id, organization_id, user_id, organization_role_id)
SELECT 'default', m.organization_id, m.user_id, 'loadorgrole' || k
FROM organization_users m JOIN load_users u ON u.id = m.user_id AND u.i = 500000, generate_series(1, 5) AS k
ON CONFLICT DO NOTHING;
INSERT INTO user_roles (tenant_id, user_id, role_id)
SELECT 'default', u.id, 'loadrole' || k FROM load_users u, generate_series(1, 50) AS k WHERE u.i = 500000;
VACUUM ANALYZE organizations, organization_search, organization_users, organization_user_counts,
    organization_user_roles, user_roles, role_scopes;
