-- Scripts of tenants that add claims to access tokens: one for those of users, one for those of machines.
-- environment_variables is sealed, bound to the row: what a script proves itself with elsewhere.
CREATE TABLE jwt_customizers (
    tenant_id               varchar(21) NOT NULL REFERENCES tenants ON DELETE CASCADE,
    key                     varchar(64) NOT NULL,
    script                  text        NOT NULL,
    environment_variables   text,
    context_sample          jsonb,
    token_sample            jsonb,
    block_issuance_on_error boolean,
    PRIMARY KEY (tenant_id, key),
    CONSTRAINT jwt_customizers_key CHECK (key IN ('jwt.accessToken', 'jwt.clientCredentials'))
);
ALTER TABLE jwt_customizers ENABLE ROW LEVEL SECURITY;
ALTER TABLE jwt_customizers FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_fence ON jwt_customizers USING (tenant_id = current_setting('ostiary.tenant', true)
    OR current_setting('ostiary.tenant', true) = '*');
