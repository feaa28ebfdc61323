-- Applications that nobody of the tenant has made: they register themselves (RFC 7591), or are what a document says.

ALTER TABLE applications ADD COLUMN source varchar(16) NOT NULL DEFAULT 'Tenant'
    CHECK (source IN ('Tenant', 'Registered'));

-- The id of a client with a metadata document is the document's URL.
ALTER TABLE users ALTER COLUMN application_id TYPE varchar(2048);

CREATE TABLE initial_access_tokens (
    tenant_id        varchar(21)  NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id               varchar(21)  NOT NULL,
    name             varchar(128) NOT NULL,
    value_hash       bytea        NOT NULL,
    uses             integer      NOT NULL DEFAULT 0,
    max_uses         integer,
    types            text[],
    redirect_hosts   text[],
    created_at       timestamptz  NOT NULL DEFAULT now(),
    expires_at       timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, value_hash),
    CHECK (max_uses IS NULL OR uses <= max_uses)
);

-- What is registered beside the application itself; metadata: members that the application has no place for.
CREATE TABLE registered_clients (
    tenant_id                varchar(21) NOT NULL,
    application_id           varchar(21) NOT NULL,
    token_hash               bytea       NOT NULL,
    metadata                 jsonb       NOT NULL DEFAULT '{}',
    initial_access_token_id  varchar(21),
    is_used                  boolean     NOT NULL DEFAULT false,
    created_at               timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, application_id),
    FOREIGN KEY (tenant_id, application_id) REFERENCES applications ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, initial_access_token_id) REFERENCES initial_access_tokens
        ON DELETE SET NULL (initial_access_token_id)
);
CREATE INDEX registered_clients_unused ON registered_clients (tenant_id, created_at) WHERE NOT is_used;
CREATE INDEX registered_clients_by_token ON registered_clients (tenant_id, initial_access_token_id)
    WHERE initial_access_token_id IS NOT NULL;

CREATE TABLE registration_attempts (
    tenant_id       varchar(21) NOT NULL REFERENCES tenants ON DELETE CASCADE,
    address         varchar(64) NOT NULL,
    attempts        integer     NOT NULL,
    window_ends_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, address)
);
CREATE INDEX registration_attempts_expiry ON registration_attempts (window_ends_at);

-- What clients may ask users for that nobody of the tenant has looked at. ceiling: 'cimd' for those with a metadata
-- document, read at each request; 'registration' for those that register themselves, copied to each of them.
CREATE TABLE ceiling_user_scopes (
    tenant_id  varchar(21) NOT NULL REFERENCES tenants ON DELETE CASCADE,
    ceiling    varchar(16) NOT NULL CHECK (ceiling IN ('cimd', 'registration')),
    name       varchar(64) NOT NULL,
    PRIMARY KEY (tenant_id, ceiling, name)
);

CREATE TABLE ceiling_resource_scopes (
    tenant_id         varchar(21) NOT NULL,
    ceiling           varchar(16) NOT NULL CHECK (ceiling IN ('cimd', 'registration')),
    in_organizations  boolean     NOT NULL,
    scope_id          varchar(21) NOT NULL,
    PRIMARY KEY (tenant_id, ceiling, in_organizations, scope_id),
    CONSTRAINT ceiling_resource_scopes_scope FOREIGN KEY (tenant_id, scope_id) REFERENCES scopes ON DELETE CASCADE
);
CREATE INDEX ceiling_resource_scopes_by_scope ON ceiling_resource_scopes (tenant_id, scope_id);

CREATE TABLE ceiling_organization_scopes (
    tenant_id              varchar(21) NOT NULL,
    ceiling                varchar(16) NOT NULL CHECK (ceiling IN ('cimd', 'registration')),
    organization_scope_id  varchar(21) NOT NULL,
    PRIMARY KEY (tenant_id, ceiling, organization_scope_id),
    CONSTRAINT ceiling_organization_scopes_scope
        FOREIGN KEY (tenant_id, organization_scope_id) REFERENCES organization_scopes ON DELETE CASCADE
);
CREATE INDEX ceiling_organization_scopes_by_scope ON ceiling_organization_scopes (tenant_id, organization_scope_id);

-- In which organizations a client with a metadata document may act: each time the user is asked, and no longer than that
-- grant lives. (What applications with a row may do is in application_user_consent_organizations.)
CREATE TABLE grant_organizations (
    tenant_id        varchar(21) NOT NULL,
    grant_id         varchar(43) NOT NULL,
    user_id          varchar(12) NOT NULL,
    organization_id  varchar(21) NOT NULL,
    PRIMARY KEY (tenant_id, grant_id, organization_id),
    FOREIGN KEY (tenant_id, grant_id) REFERENCES grants ON DELETE CASCADE,
    CONSTRAINT grant_organizations_member FOREIGN KEY (tenant_id, user_id, organization_id)
        REFERENCES organization_users ON DELETE CASCADE
);
CREATE INDEX grant_organizations_of_member ON grant_organizations (tenant_id, user_id, organization_id);

DO $$
DECLARE fenced text;
BEGIN
    FOREACH fenced IN ARRAY ARRAY[
        'initial_access_tokens',
        'registered_clients',
        'registration_attempts',
        'ceiling_user_scopes',
        'ceiling_resource_scopes',
        'ceiling_organization_scopes',
        'grant_organizations']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', fenced);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', fenced);
        EXECUTE format('CREATE POLICY tenant_fence ON %I USING (tenant_id = current_setting(''ostiary.tenant'', true)'
            || ' OR current_setting(''ostiary.tenant'', true) = ''*'')', fenced);
    END LOOP;
END $$;
