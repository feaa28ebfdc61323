-- Applications that are still to be told that a session has ended (OpenID Connect Back-Channel Logout 1.0). Written in the
-- transaction that ends the session; a node takes a row by moving due_at beyond the time a try may last, so that one which
-- dies meanwhile loses nothing.
CREATE TABLE logout_notices (
    tenant_id   varchar(21)   NOT NULL REFERENCES tenants ON DELETE CASCADE,
    session_uid varchar(43)   NOT NULL,
    client_id   varchar(2048) NOT NULL,
    -- the user may be gone when it is delivered
    user_id     varchar(12)   NOT NULL,
    sid         varchar(43)   NOT NULL,
    attempts    integer       NOT NULL DEFAULT 0,
    due_at      timestamptz   NOT NULL,
    expires_at  timestamptz   NOT NULL,
    PRIMARY KEY (tenant_id, session_uid, client_id)
);
CREATE INDEX logout_notices_due ON logout_notices (due_at);
CREATE INDEX logout_notices_expiry ON logout_notices (expires_at);

ALTER TABLE logout_notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE logout_notices FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_fence ON logout_notices
    USING (tenant_id = current_setting('ostiary.tenant', true) OR current_setting('ostiary.tenant', true) = '*');
