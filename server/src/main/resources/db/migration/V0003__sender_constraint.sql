-- Signed messages that are good once, client assertions and DPoP proofs: id is the SHA-256 of kind, owner and jti.
CREATE TABLE used_jtis (
    tenant_id  varchar(21) NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id         bytea       NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX used_jtis_expiry ON used_jtis (expires_at);

ALTER TABLE used_jtis ENABLE ROW LEVEL SECURITY;
ALTER TABLE used_jtis FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_fence ON used_jtis USING (tenant_id = current_setting('ostiary.tenant', true)
    OR current_setting('ostiary.tenant', true) = '*');

-- RFC 7638 thumbprint of the key that an access token is bound to (RFC 9449 section 6); null for a bearer token.
ALTER TABLE access_tokens ADD COLUMN jkt varchar(43);
