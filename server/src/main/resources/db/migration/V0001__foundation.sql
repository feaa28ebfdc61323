-- The ground that everything stands on. Primary keys begin with tenant_id; row-level security is the second fence.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE tenants (
    id          varchar(21) PRIMARY KEY,
    created_at  timestamptz NOT NULL DEFAULT now()
);

-- Settings of a tenant that are one JSON document each: session lifetime, claims of the ID token, …
CREATE TABLE settings (
    tenant_id   varchar(21) NOT NULL REFERENCES tenants ON DELETE CASCADE,
    key         varchar(64) NOT NULL,
    value       jsonb       NOT NULL,
    PRIMARY KEY (tenant_id, key)
);

-- When a job of the program ran last; who moves the time forward runs it.
CREATE TABLE job_runs (
    name    varchar(64) PRIMARY KEY,
    ran_at  timestamptz NOT NULL
);

CREATE TABLE signing_keys (
    tenant_id   varchar(21) NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id          varchar(64) NOT NULL,
    algorithm   varchar(16) NOT NULL,
    sealed_key  text        NOT NULL,
    public_jwk  jsonb       NOT NULL,
    status      varchar(16) NOT NULL CHECK (status IN ('Next', 'Current', 'Previous')),
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX signing_keys_current ON signing_keys (tenant_id, status);

-- users ---------------------------------------------------------------------------------------------------------------

CREATE TABLE users (
    tenant_id           varchar(21)   NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id                  varchar(12)   NOT NULL,
    username            varchar(128),
    username_folded     text GENERATED ALWAYS AS (lower(username)) STORED,
    primary_email       varchar(128),
    primary_email_folded text GENERATED ALWAYS AS (lower(primary_email)) STORED,
    primary_phone       varchar(128),
    name                varchar(128),
    avatar              varchar(2048),
    profile             jsonb         NOT NULL DEFAULT '{}',
    custom_data         jsonb         NOT NULL DEFAULT '{}',
    identities          jsonb         NOT NULL DEFAULT '{}',
    logto_config        jsonb         NOT NULL DEFAULT '{}',
    mfa_verifications   jsonb         NOT NULL DEFAULT '[]',
    password_digest     varchar(256),
    password_algorithm  varchar(16),
    password_updated_at timestamptz,
    is_password_expired boolean       NOT NULL DEFAULT false,
    application_id      varchar(21),
    is_suspended        boolean       NOT NULL DEFAULT false,
    last_sign_in_at     timestamptz,
    created_at          timestamptz   NOT NULL DEFAULT now(),
    updated_at          timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CHECK ((password_digest IS NULL) = (password_algorithm IS NULL))
);
-- On columns and not on expressions: lower() is not leakproof, so behind row security an index on it is never used.
CREATE UNIQUE INDEX users_username ON users (tenant_id, username);
CREATE INDEX users_username_folded ON users (tenant_id, username_folded);
CREATE UNIQUE INDEX users_primary_email ON users (tenant_id, primary_email_folded);
CREATE UNIQUE INDEX users_primary_phone ON users (tenant_id, primary_phone);
CREATE INDEX users_created ON users (tenant_id, created_at DESC, id DESC);

-- What a user is searched by, kept by triggers. A table of its own and without row security, for two reasons: through
-- the barrier of row security PostgreSQL may not use a trigram index (ILIKE is not leakproof), and a sign-in that
-- stamps users.last_sign_in_at need not touch these large indexes. Searches take only ids from here; the rows come
-- from users, behind its fence.
CREATE TABLE user_search (
    tenant_id      varchar(21)  NOT NULL,
    user_id        varchar(12)  NOT NULL,
    username       varchar(128),
    primary_email  varchar(128),
    primary_phone  varchar(128),
    name           varchar(128),
    created_at     timestamptz  NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
);
CREATE INDEX user_search_created ON user_search (tenant_id, created_at DESC, user_id DESC);
CREATE INDEX user_search_username ON user_search USING gin (username gin_trgm_ops);
CREATE INDEX user_search_primary_email ON user_search USING gin (primary_email gin_trgm_ops);
CREATE INDEX user_search_primary_phone ON user_search USING gin (primary_phone gin_trgm_ops);
CREATE INDEX user_search_name ON user_search USING gin (name gin_trgm_ops);
CREATE INDEX user_search_user_id ON user_search USING gin (user_id gin_trgm_ops);

CREATE FUNCTION users_to_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO user_search (tenant_id, user_id, username, primary_email, primary_phone, name, created_at)
    VALUES (NEW.tenant_id, NEW.id, NEW.username, NEW.primary_email, NEW.primary_phone, NEW.name, NEW.created_at)
    ON CONFLICT (tenant_id, user_id) DO UPDATE SET
        username = excluded.username, primary_email = excluded.primary_email,
        primary_phone = excluded.primary_phone, name = excluded.name;
    RETURN NULL;
END $$;
CREATE TRIGGER users_to_search_on_insert AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION users_to_search();
CREATE TRIGGER users_to_search_on_update
    AFTER UPDATE OF username, primary_email, primary_phone, name ON users
    FOR EACH ROW WHEN (OLD.username IS DISTINCT FROM NEW.username
        OR OLD.primary_email IS DISTINCT FROM NEW.primary_email
        OR OLD.primary_phone IS DISTINCT FROM NEW.primary_phone
        OR OLD.name IS DISTINCT FROM NEW.name)
    EXECUTE FUNCTION users_to_search();

-- How many users a tenant has, as a ledger: each statement adds a row with its difference, the sum is exact, nobody
-- waits for a counter's lock, and a job folds old rows together. Counting a million rows would take 50 ms.
CREATE TABLE user_counts (
    tenant_id   varchar(21) NOT NULL,
    difference  bigint      NOT NULL
);
CREATE INDEX user_counts_tenant ON user_counts (tenant_id);

CREATE FUNCTION users_counted_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO user_counts SELECT tenant_id, count(*) FROM added GROUP BY tenant_id;
    RETURN NULL;
END $$;
CREATE FUNCTION users_counted_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO user_counts SELECT tenant_id, -count(*) FROM removed GROUP BY tenant_id;
    RETURN NULL;
END $$;
CREATE TRIGGER users_counted_in AFTER INSERT ON users
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION users_counted_in();
CREATE TRIGGER users_counted_out AFTER DELETE ON users
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION users_counted_out();

-- API resources, roles ------------------------------------------------------------------------------------------------

CREATE TABLE resources (
    tenant_id         varchar(21)   NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id                varchar(21)   NOT NULL,
    name              varchar(256)  NOT NULL,
    indicator         varchar(2048) NOT NULL,
    is_default        boolean       NOT NULL DEFAULT false,
    access_token_ttl  bigint        NOT NULL DEFAULT 3600,
    created_at        timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX resources_indicator ON resources (tenant_id, indicator);
CREATE UNIQUE INDEX resources_one_default ON resources (tenant_id) WHERE is_default;

CREATE TABLE scopes (
    tenant_id    varchar(21)  NOT NULL,
    id           varchar(21)  NOT NULL,
    resource_id  varchar(21)  NOT NULL,
    name         varchar(256) NOT NULL,
    description  text,
    created_at   timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, resource_id) REFERENCES resources ON DELETE CASCADE
);
CREATE UNIQUE INDEX scopes_name ON scopes (tenant_id, resource_id, name);

CREATE TABLE roles (
    tenant_id    varchar(21)  NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id           varchar(21)  NOT NULL,
    name         varchar(128) NOT NULL,
    description  varchar(128) NOT NULL,
    type         varchar(16)  NOT NULL CHECK (type IN ('User', 'MachineToMachine')),
    is_default   boolean      NOT NULL DEFAULT false,
    created_at   timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX roles_name ON roles (tenant_id, name);

CREATE TABLE role_scopes (
    tenant_id  varchar(21) NOT NULL,
    role_id    varchar(21) NOT NULL,
    scope_id   varchar(21) NOT NULL,
    PRIMARY KEY (tenant_id, role_id, scope_id),
    CONSTRAINT role_scopes_role FOREIGN KEY (tenant_id, role_id) REFERENCES roles ON DELETE CASCADE,
    CONSTRAINT role_scopes_scope FOREIGN KEY (tenant_id, scope_id) REFERENCES scopes ON DELETE CASCADE
);
CREATE INDEX role_scopes_by_scope ON role_scopes (tenant_id, scope_id);

CREATE TABLE user_roles (
    tenant_id  varchar(21) NOT NULL,
    user_id    varchar(12) NOT NULL,
    role_id    varchar(21) NOT NULL,
    PRIMARY KEY (tenant_id, user_id, role_id),
    CONSTRAINT user_roles_user FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE,
    CONSTRAINT user_roles_role FOREIGN KEY (tenant_id, role_id) REFERENCES roles ON DELETE CASCADE
);
CREATE INDEX user_roles_by_role ON user_roles (tenant_id, role_id, user_id);

-- applications --------------------------------------------------------------------------------------------------------

CREATE TABLE applications (
    tenant_id                       varchar(21)  NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id                              varchar(21)  NOT NULL,
    name                            varchar(256) NOT NULL,
    description                     text,
    type                            varchar(24)  NOT NULL,
    oidc_client_metadata            jsonb        NOT NULL,
    custom_client_metadata          jsonb        NOT NULL DEFAULT '{}',
    protected_app_metadata          jsonb,
    custom_data                     jsonb        NOT NULL DEFAULT '{}',
    is_third_party                  boolean      NOT NULL DEFAULT false,
    app_level_access_control_enabled boolean     NOT NULL DEFAULT false,
    created_at                      timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX applications_created ON applications (tenant_id, created_at DESC, id DESC);

CREATE TABLE application_secrets (
    tenant_id       varchar(21)  NOT NULL,
    application_id  varchar(21)  NOT NULL,
    name            varchar(256) NOT NULL,
    sealed_value    text         NOT NULL,
    value_hash      bytea        NOT NULL,
    created_at      timestamptz  NOT NULL DEFAULT now(),
    expires_at      timestamptz,
    CONSTRAINT application_secrets_name PRIMARY KEY (tenant_id, application_id, name),
    FOREIGN KEY (tenant_id, application_id) REFERENCES applications ON DELETE CASCADE
);

CREATE TABLE application_roles (
    tenant_id       varchar(21) NOT NULL,
    application_id  varchar(21) NOT NULL,
    role_id         varchar(21) NOT NULL,
    PRIMARY KEY (tenant_id, application_id, role_id),
    CONSTRAINT application_roles_application FOREIGN KEY (tenant_id, application_id) REFERENCES applications ON DELETE CASCADE,
    CONSTRAINT application_roles_role FOREIGN KEY (tenant_id, role_id) REFERENCES roles ON DELETE CASCADE
);
CREATE INDEX application_roles_by_role ON application_roles (tenant_id, role_id);

-- sign-in -------------------------------------------------------------------------------------------------------------

-- The settings of the sign-in pages: what differs from the defaults of the program.
CREATE TABLE sign_in_experiences (
    tenant_id  varchar(21) PRIMARY KEY REFERENCES tenants ON DELETE CASCADE,
    value      jsonb       NOT NULL
);

-- One authorization request that waits for its visitor. id is the SHA-256 of the bearer value in cookie and URL.
CREATE TABLE interactions (
    tenant_id    varchar(21) NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id           bytea       NOT NULL,
    client_id    varchar(2048) NOT NULL,
    request      jsonb       NOT NULL,
    experience   jsonb,
    answer       jsonb,
    -- Sealed: what the answer of an identity provider will be checked by. One at most, and it is taken once.
    connector_session text,
    session_uid  varchar(43),
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITH (fillfactor = 70);
CREATE INDEX interactions_expiry ON interactions (expires_at);

-- Parameters that a client has left itself (RFC 9126), waiting for the browser. id is the SHA-256 of the reference.
CREATE TABLE pushed_requests (
    tenant_id    varchar(21) NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id           bytea       NOT NULL,
    client_id    varchar(2048) NOT NULL,
    params       jsonb       NOT NULL,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX pushed_requests_expiry ON pushed_requests (expires_at);

-- Failed proofs within a fixed window, one row per identifier and kind of proof.
CREATE TABLE failed_attempts (
    tenant_id     varchar(21) NOT NULL REFERENCES tenants ON DELETE CASCADE,
    target        bytea       NOT NULL,
    action        varchar(32) NOT NULL,
    attempts      integer     NOT NULL,
    window_ends_at timestamptz NOT NULL,
    locked_until  timestamptz,
    PRIMARY KEY (tenant_id, target, action)
);
CREATE INDEX failed_attempts_expiry ON failed_attempts (window_ends_at);

-- id is the SHA-256 of the cookie's value and changes at each sign-in; uid stays.
CREATE TABLE sessions (
    tenant_id       varchar(21) NOT NULL REFERENCES tenants ON DELETE CASCADE,
    uid             varchar(43) NOT NULL,
    id              bytea       NOT NULL,
    user_id         varchar(12),
    signed_in_at    timestamptz,
    authorizations  jsonb       NOT NULL DEFAULT '{}',
    last_submission jsonb,
    client_info     jsonb       NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, uid),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX sessions_id ON sessions (tenant_id, id);
CREATE INDEX sessions_user ON sessions (tenant_id, user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE grants (
    tenant_id      varchar(21)   NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id             varchar(43)   NOT NULL,
    user_id        varchar(12)   NOT NULL,
    client_id      varchar(2048) NOT NULL,
    session_uid    varchar(43),
    scopes         text[]        NOT NULL DEFAULT '{}',
    resource_scopes jsonb        NOT NULL DEFAULT '{}',
    created_at     timestamptz   NOT NULL DEFAULT now(),
    expires_at     timestamptz   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
);
CREATE INDEX grants_user ON grants (tenant_id, user_id, client_id);
CREATE INDEX grants_expiry ON grants (expires_at);

-- Bearer secrets below: id is the SHA-256 of the value. A revoked grant takes its tokens along (ON DELETE CASCADE).
CREATE TABLE authorization_codes (
    tenant_id     varchar(21)   NOT NULL,
    id            bytea         NOT NULL,
    grant_id      varchar(43)   NOT NULL,
    user_id       varchar(12)   NOT NULL,
    client_id     varchar(2048) NOT NULL,
    session_uid   varchar(43),
    request       jsonb         NOT NULL,
    consumed_at   timestamptz,
    created_at    timestamptz   NOT NULL DEFAULT now(),
    expires_at    timestamptz   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, grant_id) REFERENCES grants ON DELETE CASCADE
);
CREATE INDEX authorization_codes_grant ON authorization_codes (tenant_id, grant_id);
CREATE INDEX authorization_codes_expiry ON authorization_codes (expires_at);

CREATE TABLE refresh_tokens (
    tenant_id     varchar(21)   NOT NULL,
    id            bytea         NOT NULL,
    grant_id      varchar(43)   NOT NULL,
    user_id       varchar(12)   NOT NULL,
    client_id     varchar(2048) NOT NULL,
    session_uid   varchar(43),
    expires_with_session boolean NOT NULL DEFAULT false,
    scope         text          NOT NULL,
    resources     text[]        NOT NULL DEFAULT '{}',
    claims        jsonb         NOT NULL DEFAULT '{}',
    chain_began_at timestamptz  NOT NULL,
    consumed_at   timestamptz,
    created_at    timestamptz   NOT NULL DEFAULT now(),
    expires_at    timestamptz   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, grant_id) REFERENCES grants ON DELETE CASCADE
);
CREATE INDEX refresh_tokens_grant ON refresh_tokens (tenant_id, grant_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);

CREATE TABLE access_tokens (
    tenant_id     varchar(21)   NOT NULL,
    id            bytea         NOT NULL,
    grant_id      varchar(43)   NOT NULL,
    user_id       varchar(12)   NOT NULL,
    client_id     varchar(2048) NOT NULL,
    session_uid   varchar(43),
    expires_with_session boolean NOT NULL DEFAULT false,
    scope         text          NOT NULL,
    claims        jsonb         NOT NULL DEFAULT '{}',
    created_at    timestamptz   NOT NULL DEFAULT now(),
    expires_at    timestamptz   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, grant_id) REFERENCES grants ON DELETE CASCADE
);
CREATE INDEX access_tokens_grant ON access_tokens (tenant_id, grant_id);
CREATE INDEX access_tokens_expiry ON access_tokens (expires_at);

-- enterprise SSO ------------------------------------------------------------------------------------------------------

-- config is null for a draft, and otherwise complete but for the secret, which is sealed.
CREATE TABLE sso_connectors (
    tenant_id            varchar(21)  NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id                   varchar(128) NOT NULL,
    provider_name        varchar(128) NOT NULL
        CHECK (provider_name IN ('OIDC', 'SAML', 'AzureAD', 'AzureAdOidc', 'GoogleWorkspace', 'Okta')),
    connector_name       varchar(128) NOT NULL,
    config               jsonb,
    sealed_secret        text,
    branding             jsonb        NOT NULL DEFAULT '{}',
    sync_profile         boolean      NOT NULL DEFAULT false,
    enable_token_storage boolean      NOT NULL DEFAULT false,
    created_at           timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CHECK (sealed_secret IS NULL OR config IS NOT NULL)
);
CREATE UNIQUE INDEX sso_connectors_name ON sso_connectors (tenant_id, connector_name);
CREATE INDEX sso_connectors_created ON sso_connectors (tenant_id, created_at DESC, id DESC);
CREATE INDEX sso_connectors_complete ON sso_connectors (tenant_id, created_at, id)
    WHERE config IS NOT NULL AND provider_name IN ('OIDC', 'AzureAdOidc', 'GoogleWorkspace', 'Okta');

-- Several connectors may share a domain: the visitor chooses.
CREATE TABLE sso_connector_domains (
    tenant_id     varchar(21)  NOT NULL,
    connector_id  varchar(128) NOT NULL,
    domain        varchar(253) NOT NULL,
    position      integer      NOT NULL,
    PRIMARY KEY (tenant_id, connector_id, domain),
    FOREIGN KEY (tenant_id, connector_id) REFERENCES sso_connectors ON DELETE CASCADE
);
CREATE INDEX sso_connector_domains_domain ON sso_connector_domains (tenant_id, domain, connector_id);

-- identity_id holds a sub, which has at most 255 characters (OpenID Connect Core section 2).
CREATE TABLE user_sso_identities (
    tenant_id         varchar(21)  NOT NULL,
    id                varchar(21)  NOT NULL,
    user_id           varchar(12)  NOT NULL,
    issuer            varchar(256) NOT NULL,
    identity_id       varchar(255) NOT NULL,
    detail            jsonb        NOT NULL DEFAULT '{}',
    sso_connector_id  varchar(128) NOT NULL,
    created_at        timestamptz  NOT NULL DEFAULT now(),
    updated_at        timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, sso_connector_id) REFERENCES sso_connectors ON DELETE CASCADE
);
CREATE UNIQUE INDEX user_sso_identities_account ON user_sso_identities (tenant_id, issuer, identity_id);
CREATE INDEX user_sso_identities_user ON user_sso_identities (tenant_id, user_id);
CREATE INDEX user_sso_identities_connector ON user_sso_identities (tenant_id, sso_connector_id);

-- Tokens that a provider has issued to a user for its own API, sealed; the latest set of each identity.
CREATE TABLE sso_token_sets (
    tenant_id          varchar(21) NOT NULL,
    id                 varchar(21) NOT NULL,
    identity_id        varchar(21) NOT NULL,
    sealed_tokens      text        NOT NULL,
    scope              text        NOT NULL,
    has_refresh_token  boolean     NOT NULL,
    expires_at         timestamptz,
    -- while one node asks the provider, no other does
    refreshing_until   timestamptz,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, identity_id) REFERENCES user_sso_identities ON DELETE CASCADE
);
CREATE UNIQUE INDEX sso_token_sets_identity ON sso_token_sets (tenant_id, identity_id);

-- A connection test of an administrator. ticket, state and cookie are hashes of bearer values.
CREATE TABLE sso_tests (
    tenant_id     varchar(21)  NOT NULL,
    ticket        bytea        NOT NULL,
    connector_id  varchar(128) NOT NULL,
    state         bytea,
    cookie        bytea,
    kept          jsonb,
    expires_at    timestamptz  NOT NULL,
    PRIMARY KEY (tenant_id, ticket),
    FOREIGN KEY (tenant_id, connector_id) REFERENCES sso_connectors ON DELETE CASCADE
);
CREATE UNIQUE INDEX sso_tests_state ON sso_tests (tenant_id, state);
CREATE INDEX sso_tests_connector ON sso_tests (tenant_id, connector_id);
CREATE INDEX sso_tests_expiry ON sso_tests (expires_at);

-- audit ---------------------------------------------------------------------------------------------------------------

CREATE TABLE logs (
    tenant_id       varchar(21)  NOT NULL,
    id              varchar(21)  NOT NULL,
    key             varchar(128) NOT NULL,
    payload         jsonb        NOT NULL,
    user_id         varchar(21),
    application_id  varchar(2048),
    created_at      timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX logs_created ON logs (tenant_id, created_at DESC, id DESC);
CREATE INDEX logs_key ON logs (tenant_id, key, created_at DESC);
CREATE INDEX logs_user ON logs (tenant_id, user_id, created_at DESC) WHERE user_id IS NOT NULL;
CREATE INDEX logs_application ON logs (tenant_id, application_id, created_at DESC) WHERE application_id IS NOT NULL;

-- the second fence ----------------------------------------------------------------------------------------------------

-- '*' is the program itself: migrations, start, jobs over all tenants. It is never set from a request.
DO $$
DECLARE fenced text;
BEGIN
    FOREACH fenced IN ARRAY ARRAY['settings', 'signing_keys', 'users', 'resources', 'scopes', 'roles', 'role_scopes',
        'user_roles', 'applications', 'application_secrets', 'application_roles', 'sign_in_experiences', 'interactions',
        'pushed_requests',
        'failed_attempts', 'sessions', 'grants', 'authorization_codes', 'refresh_tokens', 'access_tokens',
        'sso_connectors', 'sso_connector_domains', 'user_sso_identities', 'sso_token_sets', 'sso_tests', 'logs']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', fenced);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', fenced);
        EXECUTE format('CREATE POLICY tenant_fence ON %I USING (tenant_id = current_setting(''ostiary.tenant'', true)'
            || ' OR current_setting(''ostiary.tenant'', true) = ''*'')', fenced);
    END LOOP;
END $$;
