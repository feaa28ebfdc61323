-- Proofs that users of the account API have given: what they do next names one (header logto-verification-id).
CREATE TABLE verification_records (
    tenant_id   varchar(21) NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id          varchar(21) NOT NULL,
    user_id     varchar(12) NOT NULL,
    type        varchar(32) NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
);
CREATE INDEX verification_records_user ON verification_records (tenant_id, user_id);
CREATE INDEX verification_records_expiry ON verification_records (expires_at);

ALTER TABLE verification_records ENABLE ROW LEVEL SECURITY;
ALTER TABLE verification_records FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_fence ON verification_records
    USING (tenant_id = current_setting('ostiary.tenant', true) OR current_setting('ostiary.tenant', true) = '*');
