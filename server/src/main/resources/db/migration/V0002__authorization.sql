-- What authorization needs: signing keys that follow each other by time, counts that stay exact, organizations, and what
-- applications may ask users for. A database of before keeps all it has.

SELECT set_config('ostiary.tenant', '*', true); -- the fence, for this transaction

-- keys ----------------------------------------------------------------------------------------------------------------

-- position counts the keys of a tenant: of two that are made at once, one is refused. A key signs from active_from on, until
-- a later key does: which one is Next, Current, Previous follows from the time.
ALTER TABLE signing_keys ADD COLUMN position integer, ADD COLUMN active_from timestamptz;
-- nothing was ever signed with a Next
DELETE FROM signing_keys WHERE status = 'Next';
UPDATE signing_keys k SET position = o.position, active_from = k.created_at
FROM (SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id ORDER BY status = 'Current', created_at) AS position
    FROM signing_keys) AS o
WHERE o.tenant_id = k.tenant_id AND o.id = k.id;
ALTER TABLE signing_keys ALTER COLUMN position SET NOT NULL, ALTER COLUMN active_from SET NOT NULL, DROP COLUMN status;
CREATE UNIQUE INDEX signing_keys_position ON signing_keys (tenant_id, position);

-- What signed cookies and forms are signed with: the newest signs, the one before still verifies.
CREATE TABLE cookie_keys (
    tenant_id     varchar(21) NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id            varchar(21) NOT NULL,
    position      integer     NOT NULL,
    sealed_value  text        NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX cookie_keys_position ON cookie_keys (tenant_id, position);

-- users ---------------------------------------------------------------------------------------------------------------

-- The same for each day (UTC): how many users are new, and how many have signed in. Of these it is kept after how many
-- days without: then the different users of a week or a month are a sum as well, and nobody's days need be remembered.
-- gap: days since the last day of the same user, 1 to 30; 30 also stands for more, and for the first time.
CREATE TABLE user_days (
    tenant_id   varchar(21) NOT NULL,
    day         date        NOT NULL,
    measure     varchar(8)  NOT NULL CHECK (measure IN ('new', 'active')),
    gap         smallint    NOT NULL DEFAULT 0,
    difference  bigint      NOT NULL,
    is_folded   boolean     NOT NULL DEFAULT false
);
CREATE INDEX user_days_tenant ON user_days (tenant_id, day);
CREATE INDEX user_days_fresh ON user_days (day) WHERE NOT is_folded;

CREATE OR REPLACE FUNCTION users_counted_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO user_counts SELECT tenant_id, count(*) FROM added GROUP BY tenant_id;
    INSERT INTO user_days (tenant_id, day, measure, difference)
    SELECT tenant_id, (created_at AT TIME ZONE 'UTC')::date, 'new', count(*) FROM added GROUP BY 1, 2;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION users_counted_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO user_counts SELECT tenant_id, -count(*) FROM removed GROUP BY tenant_id;
    INSERT INTO user_days (tenant_id, day, measure, difference)
    SELECT tenant_id, (created_at AT TIME ZONE 'UTC')::date, 'new', -count(*) FROM removed GROUP BY 1, 2;
    RETURN NULL;
END $$;

-- Who is there already: the day each was made, and of those who have signed in the last day they did.
INSERT INTO user_days (tenant_id, day, measure, difference, is_folded)
SELECT tenant_id, (created_at AT TIME ZONE 'UTC')::date, 'new', count(*), true FROM users GROUP BY 1, 2;
INSERT INTO user_days (tenant_id, day, measure, gap, difference, is_folded)
SELECT tenant_id, (last_sign_in_at AT TIME ZONE 'UTC')::date, 'active', 30, count(*), true FROM users
WHERE last_sign_in_at IS NOT NULL GROUP BY 1, 2;

-- Who owns an account at a social provider. The accounts themselves are in users.identities; triggers keep this table,
-- whose key makes it impossible that two users own one.
CREATE TABLE user_identities (
    tenant_id    varchar(21)   NOT NULL,
    target       varchar(128)  NOT NULL,
    identity_id  varchar(256)  NOT NULL,
    user_id      varchar(12)   NOT NULL,
    CONSTRAINT user_identities_account PRIMARY KEY (tenant_id, target, identity_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
);
CREATE INDEX user_identities_user ON user_identities (tenant_id, user_id);

CREATE FUNCTION users_to_identities() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM user_identities WHERE tenant_id = NEW.tenant_id AND user_id = NEW.id;
    INSERT INTO user_identities (tenant_id, target, identity_id, user_id)
    SELECT NEW.tenant_id, key, value ->> 'userId', NEW.id FROM jsonb_each(NEW.identities);
    RETURN NULL;
END $$;
CREATE TRIGGER users_to_identities_on_insert AFTER INSERT ON users
    FOR EACH ROW WHEN (NEW.identities <> '{}') EXECUTE FUNCTION users_to_identities();
CREATE TRIGGER users_to_identities_on_update AFTER UPDATE OF identities ON users
    FOR EACH ROW WHEN (OLD.identities IS DISTINCT FROM NEW.identities) EXECUTE FUNCTION users_to_identities();

-- value_hash finds the token that is presented, sealed_value shows it to administrators again.
CREATE TABLE personal_access_tokens (
    tenant_id     varchar(21)  NOT NULL,
    user_id       varchar(12)  NOT NULL,
    name          varchar(256) NOT NULL,
    value_hash    bytea        NOT NULL,
    sealed_value  text         NOT NULL,
    created_at    timestamptz  NOT NULL DEFAULT now(),
    expires_at    timestamptz,
    CONSTRAINT personal_access_tokens_name PRIMARY KEY (tenant_id, user_id, name),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
);
CREATE UNIQUE INDEX personal_access_tokens_value ON personal_access_tokens (tenant_id, value_hash);

-- Tokens that stand for a user while somebody else acts for them. id is the SHA-256 of the value.
CREATE TABLE subject_tokens (
    tenant_id    varchar(21) NOT NULL,
    id           bytea       NOT NULL,
    user_id      varchar(12) NOT NULL,
    context      jsonb       NOT NULL DEFAULT '{}',
    consumed_at  timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE
);
CREATE INDEX subject_tokens_user ON subject_tokens (tenant_id, user_id);
CREATE INDEX subject_tokens_expiry ON subject_tokens (expires_at);

INSERT INTO user_identities (tenant_id, target, identity_id, user_id)
SELECT u.tenant_id, i.key, i.value ->> 'userId', u.id FROM users u, jsonb_each(u.identities) AS i ON CONFLICT DO NOTHING;

-- roles, applications, sign-in ----------------------------------------------------------------------------------------

-- How many users hold a role, as a ledger like user_counts: a default role has as many holders as there are users.
CREATE TABLE role_user_counts (
    tenant_id   varchar(21) NOT NULL,
    role_id     varchar(21) NOT NULL,
    difference  bigint      NOT NULL,
    FOREIGN KEY (tenant_id, role_id) REFERENCES roles ON DELETE CASCADE
);
CREATE INDEX role_user_counts_of ON role_user_counts (tenant_id, role_id) INCLUDE (difference);

CREATE FUNCTION user_roles_counted_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO role_user_counts SELECT tenant_id, role_id, count(*) FROM added GROUP BY tenant_id, role_id;
    RETURN NULL;
END $$;
-- Not for holders who lose it because the role goes: its ledger goes along.
CREATE FUNCTION user_roles_counted_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO role_user_counts
    SELECT h.tenant_id, h.role_id, -count(*) FROM removed h
    JOIN roles r ON r.tenant_id = h.tenant_id AND r.id = h.role_id GROUP BY h.tenant_id, h.role_id;
    RETURN NULL;
END $$;
CREATE TRIGGER user_roles_counted_in AFTER INSERT ON user_roles
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION user_roles_counted_in();
CREATE TRIGGER user_roles_counted_out AFTER DELETE ON user_roles
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION user_roles_counted_out();

INSERT INTO role_user_counts SELECT tenant_id, role_id, count(*) FROM user_roles GROUP BY tenant_id, role_id;

-- How an application shows itself on the sign-in pages; what is not set is as the tenant has it.
CREATE TABLE application_sign_in_experiences (
    tenant_id           varchar(21)   NOT NULL,
    application_id      varchar(21)   NOT NULL,
    color               jsonb         NOT NULL DEFAULT '{}',
    branding            jsonb         NOT NULL DEFAULT '{}',
    custom_css          text,
    terms_of_use_url    varchar(2048),
    privacy_policy_url  varchar(2048),
    display_name        varchar(256),
    PRIMARY KEY (tenant_id, application_id),
    FOREIGN KEY (tenant_id, application_id) REFERENCES applications ON DELETE CASCADE
);

-- Sign-in pages that tenants have uploaded. expires_at is null for those in use.
CREATE TABLE custom_ui_assets (
    tenant_id   varchar(21) NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id          varchar(21) NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX custom_ui_assets_expiry ON custom_ui_assets (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE custom_ui_files (
    tenant_id     varchar(21)  NOT NULL,
    asset_id      varchar(21)  NOT NULL,
    path          varchar(512) NOT NULL,
    content_type  varchar(64)  NOT NULL,
    tag           varchar(64)  NOT NULL,
    content       bytea        NOT NULL,
    PRIMARY KEY (tenant_id, asset_id, path),
    FOREIGN KEY (tenant_id, asset_id) REFERENCES custom_ui_assets ON DELETE CASCADE
);

-- What an exchanged token hangs on: who acts, with what it was got. Null for what a user has consented to, which is all that
-- lists show.
ALTER TABLE grants ADD COLUMN exchange jsonb;

-- connectors, messages ------------------------------------------------------------------------------------------------

-- One connector of a factory. config is complete but for the password, which is sealed.
CREATE TABLE connectors (
    tenant_id      varchar(21)  NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id             varchar(128) NOT NULL,
    connector_id   varchar(128) NOT NULL,
    config         jsonb        NOT NULL,
    sealed_secret  text,
    created_at     timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX connectors_factory ON connectors (tenant_id, connector_id);

-- When messages of one kind were sent to one recipient lately. target is the SHA-256 of the recipient.
CREATE TABLE message_sends (
    tenant_id   varchar(21)   NOT NULL REFERENCES tenants ON DELETE CASCADE,
    target      bytea         NOT NULL,
    action      varchar(64)   NOT NULL,
    sent_at     timestamptz[] NOT NULL,
    expires_at  timestamptz   NOT NULL,
    PRIMARY KEY (tenant_id, target, action)
);
CREATE INDEX message_sends_expiry ON message_sends (expires_at);

-- organizations -------------------------------------------------------------------------------------------------------

CREATE TABLE organizations (
    tenant_id        varchar(21)  NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id               varchar(21)  NOT NULL,
    name             varchar(128) NOT NULL,
    description      varchar(256),
    custom_data      jsonb        NOT NULL DEFAULT '{}',
    is_mfa_required  boolean      NOT NULL DEFAULT false,
    color            jsonb        NOT NULL DEFAULT '{}',
    branding         jsonb        NOT NULL DEFAULT '{}',
    custom_css       text,
    created_at       timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX organizations_created ON organizations (tenant_id, created_at DESC, id DESC);

-- As user_search, and for the same reason outside row security. One folded text of all that is searched: one index.
CREATE TABLE organization_search (
    tenant_id        varchar(21) NOT NULL,
    organization_id  varchar(21) NOT NULL,
    folded           text        NOT NULL,
    created_at       timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, organization_id),
    FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations ON DELETE CASCADE
);
CREATE INDEX organization_search_created ON organization_search (tenant_id, created_at DESC, organization_id DESC);
CREATE INDEX organization_search_folded ON organization_search USING gin (folded gin_trgm_ops);

CREATE FUNCTION organizations_to_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO organization_search (tenant_id, organization_id, folded, created_at)
    VALUES (NEW.tenant_id, NEW.id, lower(concat_ws(chr(31), NEW.name, NEW.id, NEW.description)), NEW.created_at)
    ON CONFLICT (tenant_id, organization_id) DO UPDATE SET folded = excluded.folded;
    RETURN NULL;
END $$;
CREATE TRIGGER organizations_to_search_on_insert AFTER INSERT ON organizations
    FOR EACH ROW EXECUTE FUNCTION organizations_to_search();
CREATE TRIGGER organizations_to_search_on_update AFTER UPDATE OF name, description ON organizations
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.description IS DISTINCT FROM NEW.description)
    EXECUTE FUNCTION organizations_to_search();

-- The key serves "is this user a member" and the organizations of a user; the other index the members, newest first. The
-- key has the time as well: without, the planner looks one member up in the other index, by reading all of it.
CREATE TABLE organization_users (
    tenant_id        varchar(21) NOT NULL,
    user_id          varchar(12) NOT NULL,
    organization_id  varchar(21) NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, user_id, organization_id) INCLUDE (created_at),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations ON DELETE CASCADE
);
CREATE INDEX organization_users_joined
    ON organization_users (tenant_id, organization_id, created_at DESC, user_id DESC);

-- How many members an organization has, as a ledger like user_counts: nobody who joins waits for a counter's lock.
CREATE TABLE organization_user_counts (
    tenant_id        varchar(21) NOT NULL,
    organization_id  varchar(21) NOT NULL,
    difference       bigint      NOT NULL,
    FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations ON DELETE CASCADE
);
CREATE INDEX organization_user_counts_of
    ON organization_user_counts (tenant_id, organization_id) INCLUDE (difference);

CREATE FUNCTION organization_users_counted_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO organization_user_counts
    SELECT tenant_id, organization_id, count(*) FROM added GROUP BY tenant_id, organization_id;
    RETURN NULL;
END $$;
-- Not for members who go because their organization goes: its ledger goes along.
CREATE FUNCTION organization_users_counted_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO organization_user_counts
    SELECT r.tenant_id, r.organization_id, -count(*) FROM removed r
    JOIN organizations o ON o.tenant_id = r.tenant_id AND o.id = r.organization_id
    GROUP BY r.tenant_id, r.organization_id;
    RETURN NULL;
END $$;
CREATE TRIGGER organization_users_counted_in AFTER INSERT ON organization_users
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION organization_users_counted_in();
CREATE TRIGGER organization_users_counted_out AFTER DELETE ON organization_users
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION organization_users_counted_out();

CREATE TABLE organization_applications (
    tenant_id        varchar(21) NOT NULL,
    application_id   varchar(21) NOT NULL,
    organization_id  varchar(21) NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, application_id, organization_id),
    FOREIGN KEY (tenant_id, application_id) REFERENCES applications ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations ON DELETE CASCADE
);
CREATE INDEX organization_applications_joined
    ON organization_applications (tenant_id, organization_id, created_at DESC, application_id DESC);

-- The template of all organizations. The second key is what holders point at: neither can a role be given to the wrong
-- kind of member nor its type be changed while it is held.
CREATE TABLE organization_roles (
    tenant_id    varchar(21)  NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id           varchar(21)  NOT NULL,
    name         varchar(128) NOT NULL,
    description  varchar(256),
    type         varchar(16)  NOT NULL CHECK (type IN ('User', 'MachineToMachine')),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT organization_roles_type UNIQUE (tenant_id, id, type)
);
CREATE UNIQUE INDEX organization_roles_name ON organization_roles (tenant_id, name);

CREATE TABLE organization_scopes (
    tenant_id    varchar(21)  NOT NULL REFERENCES tenants ON DELETE CASCADE,
    id           varchar(21)  NOT NULL,
    name         varchar(128) NOT NULL,
    description  varchar(256),
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX organization_scopes_name ON organization_scopes (tenant_id, name);

CREATE TABLE organization_role_scopes (
    tenant_id              varchar(21) NOT NULL,
    organization_role_id   varchar(21) NOT NULL,
    organization_scope_id  varchar(21) NOT NULL,
    PRIMARY KEY (tenant_id, organization_role_id, organization_scope_id),
    FOREIGN KEY (tenant_id, organization_role_id) REFERENCES organization_roles ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, organization_scope_id) REFERENCES organization_scopes ON DELETE CASCADE
);
CREATE INDEX organization_role_scopes_by_scope ON organization_role_scopes (tenant_id, organization_scope_id);

CREATE TABLE organization_role_resource_scopes (
    tenant_id             varchar(21) NOT NULL,
    organization_role_id  varchar(21) NOT NULL,
    scope_id              varchar(21) NOT NULL,
    PRIMARY KEY (tenant_id, organization_role_id, scope_id),
    FOREIGN KEY (tenant_id, organization_role_id) REFERENCES organization_roles ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, scope_id) REFERENCES scopes ON DELETE CASCADE
);
CREATE INDEX organization_role_resource_scopes_by_scope ON organization_role_resource_scopes (tenant_id, scope_id);

CREATE TABLE organization_user_roles (
    tenant_id             varchar(21) NOT NULL,
    user_id               varchar(12) NOT NULL,
    organization_id       varchar(21) NOT NULL,
    organization_role_id  varchar(21) NOT NULL,
    role_type             varchar(16) NOT NULL DEFAULT 'User' CHECK (role_type = 'User'),
    PRIMARY KEY (tenant_id, user_id, organization_id, organization_role_id),
    FOREIGN KEY (tenant_id, user_id, organization_id) REFERENCES organization_users ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, organization_role_id, role_type)
        REFERENCES organization_roles (tenant_id, id, type) ON DELETE CASCADE
);
CREATE INDEX organization_user_roles_by_role
    ON organization_user_roles (tenant_id, organization_role_id, organization_id, user_id);

CREATE TABLE organization_application_roles (
    tenant_id             varchar(21) NOT NULL,
    application_id        varchar(21) NOT NULL,
    organization_id       varchar(21) NOT NULL,
    organization_role_id  varchar(21) NOT NULL,
    role_type             varchar(16) NOT NULL DEFAULT 'MachineToMachine' CHECK (role_type = 'MachineToMachine'),
    PRIMARY KEY (tenant_id, application_id, organization_id, organization_role_id),
    FOREIGN KEY (tenant_id, application_id, organization_id) REFERENCES organization_applications ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, organization_role_id, role_type)
        REFERENCES organization_roles (tenant_id, id, type) ON DELETE CASCADE
);
CREATE INDEX organization_application_roles_by_role
    ON organization_application_roles (tenant_id, organization_role_id, organization_id, application_id);

-- Just-in-time joining: by the domain of a proven address, by an enterprise connector; with which roles.
CREATE TABLE organization_jit_email_domains (
    tenant_id        varchar(21)  NOT NULL,
    organization_id  varchar(21)  NOT NULL,
    email_domain     varchar(253) NOT NULL,
    PRIMARY KEY (tenant_id, organization_id, email_domain),
    FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations ON DELETE CASCADE
);
CREATE INDEX organization_jit_email_domains_by_domain
    ON organization_jit_email_domains (tenant_id, email_domain, organization_id);

CREATE TABLE organization_jit_roles (
    tenant_id             varchar(21) NOT NULL,
    organization_id       varchar(21) NOT NULL,
    organization_role_id  varchar(21) NOT NULL,
    role_type             varchar(16) NOT NULL DEFAULT 'User' CHECK (role_type = 'User'),
    PRIMARY KEY (tenant_id, organization_id, organization_role_id),
    FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, organization_role_id, role_type)
        REFERENCES organization_roles (tenant_id, id, type) ON DELETE CASCADE
);
CREATE INDEX organization_jit_roles_by_role ON organization_jit_roles (tenant_id, organization_role_id);

CREATE TABLE organization_jit_sso_connectors (
    tenant_id         varchar(21)  NOT NULL,
    organization_id   varchar(21)  NOT NULL,
    sso_connector_id  varchar(128) NOT NULL,
    PRIMARY KEY (tenant_id, organization_id, sso_connector_id),
    FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, sso_connector_id) REFERENCES sso_connectors ON DELETE CASCADE
);
CREATE INDEX organization_jit_sso_connectors_by_connector
    ON organization_jit_sso_connectors (tenant_id, sso_connector_id, organization_id);

-- token_hash is the SHA-256 of the link's bearer value. One invitation of an address to an organization waits at a time.
CREATE TABLE organization_invitations (
    tenant_id         varchar(21)  NOT NULL,
    id                varchar(21)  NOT NULL,
    organization_id   varchar(21)  NOT NULL,
    inviter_id        varchar(12),
    invitee           varchar(256) NOT NULL,
    invitee_folded    text GENERATED ALWAYS AS (lower(invitee)) STORED,
    accepted_user_id  varchar(12),
    status            varchar(16)  NOT NULL CHECK (status IN ('Pending', 'Accepted', 'Expired', 'Revoked')),
    token_hash        bytea,
    created_at        timestamptz  NOT NULL DEFAULT now(),
    updated_at        timestamptz  NOT NULL DEFAULT now(),
    expires_at        timestamptz  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, inviter_id) REFERENCES users ON DELETE SET NULL (inviter_id),
    FOREIGN KEY (tenant_id, accepted_user_id) REFERENCES users ON DELETE SET NULL (accepted_user_id)
);
CREATE UNIQUE INDEX organization_invitations_pending
    ON organization_invitations (tenant_id, organization_id, invitee_folded) WHERE status = 'Pending';
CREATE UNIQUE INDEX organization_invitations_token ON organization_invitations (tenant_id, token_hash);
CREATE INDEX organization_invitations_created ON organization_invitations (tenant_id, created_at DESC, id DESC);
CREATE INDEX organization_invitations_organization
    ON organization_invitations (tenant_id, organization_id, created_at DESC, id DESC);
CREATE INDEX organization_invitations_inviter ON organization_invitations (tenant_id, inviter_id);
CREATE INDEX organization_invitations_accepted ON organization_invitations (tenant_id, accepted_user_id);

CREATE TABLE organization_invitation_roles (
    tenant_id             varchar(21) NOT NULL,
    invitation_id         varchar(21) NOT NULL,
    organization_role_id  varchar(21) NOT NULL,
    role_type             varchar(16) NOT NULL DEFAULT 'User' CHECK (role_type = 'User'),
    PRIMARY KEY (tenant_id, invitation_id, organization_role_id),
    FOREIGN KEY (tenant_id, invitation_id) REFERENCES organization_invitations ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, organization_role_id, role_type)
        REFERENCES organization_roles (tenant_id, id, type) ON DELETE CASCADE
);
CREATE INDEX organization_invitation_roles_by_role
    ON organization_invitation_roles (tenant_id, organization_role_id);

-- In which of a user's organizations a third-party application may act for the user.
CREATE TABLE application_user_consent_organizations (
    tenant_id        varchar(21) NOT NULL,
    application_id   varchar(21) NOT NULL,
    user_id          varchar(12) NOT NULL,
    organization_id  varchar(21) NOT NULL,
    PRIMARY KEY (tenant_id, application_id, user_id, organization_id),
    FOREIGN KEY (tenant_id, application_id) REFERENCES applications ON DELETE CASCADE,
    CONSTRAINT application_user_consent_organizations_member FOREIGN KEY (tenant_id, user_id, organization_id)
        REFERENCES organization_users ON DELETE CASCADE
);
CREATE INDEX application_user_consent_organizations_of_member
    ON application_user_consent_organizations (tenant_id, user_id, organization_id);

-- what applications may ask users for, and who may use them ------------------------------------------------------------

CREATE TABLE application_user_scopes (
    tenant_id       varchar(21) NOT NULL,
    application_id  varchar(21) NOT NULL,
    name            varchar(64) NOT NULL,
    PRIMARY KEY (tenant_id, application_id, name),
    FOREIGN KEY (tenant_id, application_id) REFERENCES applications ON DELETE CASCADE
);

-- in_organizations: where users act for an organization; the same scope may be there for users acting for themselves.
CREATE TABLE application_resource_scopes (
    tenant_id         varchar(21) NOT NULL,
    application_id    varchar(21) NOT NULL,
    in_organizations  boolean     NOT NULL,
    scope_id          varchar(21) NOT NULL,
    PRIMARY KEY (tenant_id, application_id, in_organizations, scope_id),
    FOREIGN KEY (tenant_id, application_id) REFERENCES applications ON DELETE CASCADE,
    CONSTRAINT application_resource_scopes_scope FOREIGN KEY (tenant_id, scope_id) REFERENCES scopes ON DELETE CASCADE
);
CREATE INDEX application_resource_scopes_by_scope ON application_resource_scopes (tenant_id, scope_id);

CREATE TABLE application_organization_scopes (
    tenant_id              varchar(21) NOT NULL,
    application_id         varchar(21) NOT NULL,
    organization_scope_id  varchar(21) NOT NULL,
    PRIMARY KEY (tenant_id, application_id, organization_scope_id),
    FOREIGN KEY (tenant_id, application_id) REFERENCES applications ON DELETE CASCADE,
    CONSTRAINT application_organization_scopes_scope
        FOREIGN KEY (tenant_id, organization_scope_id) REFERENCES organization_scopes ON DELETE CASCADE
);
CREATE INDEX application_organization_scopes_by_scope
    ON application_organization_scopes (tenant_id, organization_scope_id);

-- Each row lets in one user, the holders of one role, the members of one organization, or those with one role there.
CREATE TABLE application_access_rules (
    tenant_id             varchar(21) NOT NULL,
    application_id        varchar(21) NOT NULL,
    user_id               varchar(12),
    role_id               varchar(21),
    organization_id       varchar(21),
    organization_role_id  varchar(21),
    UNIQUE NULLS NOT DISTINCT (tenant_id, application_id, user_id, role_id, organization_id, organization_role_id),
    CHECK (num_nonnulls(user_id, role_id, organization_id) = 1),
    CHECK (organization_role_id IS NULL OR organization_id IS NOT NULL),
    FOREIGN KEY (tenant_id, application_id) REFERENCES applications ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, user_id) REFERENCES users ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, role_id) REFERENCES roles ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, organization_role_id) REFERENCES organization_roles ON DELETE CASCADE
);
CREATE INDEX application_access_rules_user ON application_access_rules (tenant_id, user_id, application_id)
    WHERE user_id IS NOT NULL;
CREATE INDEX application_access_rules_role ON application_access_rules (tenant_id, role_id, application_id)
    WHERE role_id IS NOT NULL;
CREATE INDEX application_access_rules_organization
    ON application_access_rules (tenant_id, organization_id, application_id) WHERE organization_id IS NOT NULL;
CREATE INDEX application_access_rules_organization_role
    ON application_access_rules (tenant_id, organization_role_id) WHERE organization_role_id IS NOT NULL;

-- the fence -----------------------------------------------------------------------------------------------------------

DO $$
DECLARE fenced text;
BEGIN
    FOREACH fenced IN ARRAY ARRAY[
        'cookie_keys',
        'user_days',
        'user_identities',
        'personal_access_tokens',
        'subject_tokens',
        'role_user_counts',
        'application_sign_in_experiences',
        'custom_ui_assets',
        'custom_ui_files',
        'connectors',
        'message_sends',
        'organizations',
        'organization_users',
        'organization_user_counts',
        'organization_applications',
        'organization_roles',
        'organization_scopes',
        'organization_role_scopes',
        'organization_role_resource_scopes',
        'organization_user_roles',
        'organization_application_roles',
        'organization_jit_email_domains',
        'organization_jit_roles',
        'organization_jit_sso_connectors',
        'organization_invitations',
        'organization_invitation_roles',
        'application_user_consent_organizations',
        'application_user_scopes',
        'application_resource_scopes',
        'application_organization_scopes',
        'application_access_rules']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', fenced);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', fenced);
        EXECUTE format('CREATE POLICY tenant_fence ON %I USING (tenant_id = current_setting(''ostiary.tenant'', true)'
            || ' OR current_setting(''ostiary.tenant'', true) = ''*'')', fenced);
    END LOOP;
END $$;
