-- When devices of one application have asked for codes from one network lately; a bound is kept by it. target is the SHA-256
-- of both.
CREATE TABLE device_asks (
    tenant_id   varchar(21)   NOT NULL REFERENCES tenants ON DELETE CASCADE,
    target      bytea         NOT NULL,
    asked_at    timestamptz[] NOT NULL,
    expires_at  timestamptz   NOT NULL,
    PRIMARY KEY (tenant_id, target)
);
CREATE INDEX device_asks_expiry ON device_asks (expires_at);

ALTER TABLE device_asks ENABLE ROW LEVEL SECURITY;
ALTER TABLE device_asks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_fence ON device_asks USING (tenant_id = current_setting('ostiary.tenant', true)
    OR current_setting('ostiary.tenant', true) = '*');

-- Eight letters are too few for a hash that everybody can make: all of them are tried out in minutes.
COMMENT ON COLUMN device_codes.user_code IS 'HMAC-SHA256 under a key of the tenant';
