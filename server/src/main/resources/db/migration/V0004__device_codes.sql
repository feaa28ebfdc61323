-- Devices that wait for their user (RFC 8628). id is the SHA-256 of the device code, which only the device has; user_code
-- that of the code that people type. browser is the one that has confirmed the code, as the SHA-256 of its cookie: no other
-- goes on with it. What was granted hangs on the grant and dies with it.
CREATE TABLE device_codes (
    tenant_id    varchar(21)   NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id           bytea         NOT NULL,
    user_code    bytea         NOT NULL,
    client_id    varchar(2048) NOT NULL,
    params       jsonb         NOT NULL,
    asked_from   jsonb         NOT NULL,
    browser      bytea,
    denied_at    timestamptz,
    grant_id     varchar(43),
    user_id      varchar(12),
    session_uid  varchar(43),
    request      jsonb,
    consumed_at  timestamptz,
    created_at   timestamptz   NOT NULL,
    expires_at   timestamptz   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT device_codes_user_code UNIQUE (tenant_id, user_code),
    FOREIGN KEY (tenant_id, grant_id) REFERENCES grants ON DELETE CASCADE,
    CONSTRAINT device_codes_granted CHECK ((grant_id IS NULL) = (request IS NULL) AND (grant_id IS NULL) = (user_id IS NULL)),
    CONSTRAINT device_codes_decided_once CHECK (grant_id IS NULL OR denied_at IS NULL)
) WITH (fillfactor = 80);
CREATE INDEX device_codes_grant ON device_codes (tenant_id, grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX device_codes_browser ON device_codes (tenant_id, browser) WHERE browser IS NOT NULL;
CREATE INDEX device_codes_expiry ON device_codes (expires_at);

ALTER TABLE device_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE device_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_fence ON device_codes USING (tenant_id = current_setting('ostiary.tenant', true)
    OR current_setting('ostiary.tenant', true) = '*');
