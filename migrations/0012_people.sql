-- Members sign in and are removed, keys have a name and an end, candidates lose their access.

ALTER TABLE members
    ADD COLUMN removed_at timestamptz,
    ADD COLUMN password_hash text,
    DROP CONSTRAINT members_tenant_email_key;
CREATE UNIQUE INDEX members_by_email ON members (lower(email), tenant) WHERE removed_at IS NULL;
CREATE INDEX members_by_age ON members (tenant, created_at, member_id);

CREATE TABLE setup_links (
    tenant uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    member_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (digest),
    FOREIGN KEY (tenant, member_id) REFERENCES members
);
CREATE INDEX setup_links_of_member ON setup_links (tenant, member_id);

CREATE TABLE member_sessions (
    tenant uuid NOT NULL,
    session_id uuid NOT NULL,
    member_id uuid NOT NULL,
    digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
    signed_in_by text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, session_id),
    FOREIGN KEY (tenant, member_id) REFERENCES members,
    CONSTRAINT member_sessions_signed_in_by
        CHECK (signed_in_by IN ('password', 'setup_link', 'oidc'))
);
CREATE INDEX member_sessions_of_member ON member_sessions (tenant, member_id, expires_at);

-- Where a tenant's members sign in: one provider, pinned by its issuer.
CREATE TABLE identity_providers (
    tenant uuid PRIMARY KEY REFERENCES tenants,
    issuer text NOT NULL,
    client_id text NOT NULL,
    sealed_client_secret bytea NOT NULL,
    changed_at timestamptz NOT NULL
);

SELECT bind_to_tenant('setup_links', 'member_sessions', 'identity_providers');

-- Attempts to sign in are counted before it is known whose they are: by a keyed mark alone.
CREATE TABLE signin_attempts (
    mark bytea PRIMARY KEY CHECK (octet_length(mark) = 32),
    count int NOT NULL CHECK (count >= 0),
    last_at timestamptz NOT NULL
);
CREATE INDEX signin_attempts_by_age ON signin_attempts (last_at);

ALTER TABLE api_keys
    ADD COLUMN name text NOT NULL DEFAULT '',
    ADD COLUMN member_id uuid,
    ADD COLUMN last_used_at timestamptz,
    ADD CONSTRAINT api_keys_of_member FOREIGN KEY (tenant, member_id) REFERENCES members,
    DROP CONSTRAINT api_keys_scopes;
ALTER TABLE api_keys ADD CONSTRAINT api_keys_scopes CHECK (
    scopes <@ ARRAY[
        'jobs:write', 'kits:write', 'candidates:write', 'interviews:write', 'interviews:read',
        'review:read', 'review:write', 'decisions:write', 'audit:read', 'webhooks:read',
        'webhooks:write', 'members:read', 'members:write', 'keys:read', 'keys:write',
        'settings:read', 'settings:write'
    ]
) NOT VALID;
ALTER TABLE api_keys VALIDATE CONSTRAINT api_keys_scopes;
CREATE INDEX api_keys_by_age ON api_keys (tenant, created_at, kid COLLATE "C");

-- Of an interview whose every session was withdrawn the candidate is barred, until a new link.
ALTER TABLE candidate_sessions ADD COLUMN withdrawn_at timestamptz;

CREATE POLICY lookup ON members FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY lookup ON setup_links FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY lookup ON member_sessions FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION tenant_of_member_session(digest bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT s.tenant FROM public.member_sessions AS s
    WHERE s.digest = tenant_of_member_session.digest;
END;

CREATE FUNCTION tenant_of_setup_link(digest bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT l.tenant FROM public.setup_links AS l WHERE l.digest = tenant_of_setup_link.digest;
END;

-- The one tenant in which somebody with this address has a password; of several, none.
CREATE FUNCTION tenant_of_email(email text, among uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT CASE count(*) WHEN 1 THEN (array_agg(m.tenant))[1] END
    FROM public.members AS m
    WHERE lower(m.email) = lower(tenant_of_email.email) AND m.removed_at IS NULL
        AND m.password_hash IS NOT NULL
        AND (tenant_of_email.among IS NULL OR m.tenant = tenant_of_email.among);
END;

REVOKE EXECUTE ON FUNCTION
    tenant_of_member_session(bytea), tenant_of_setup_link(bytea), tenant_of_email(text, uuid)
FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
    tenant_of_member_session(bytea), tenant_of_setup_link(bytea), tenant_of_email(text, uuid)
TO :"app_role";
GRANT SELECT, INSERT ON setup_links, member_sessions, identity_providers TO :"app_role";
GRANT UPDATE (role, removed_at, password_hash) ON members TO :"app_role";
GRANT UPDATE (used_at, expires_at) ON setup_links TO :"app_role";
GRANT UPDATE (expires_at, last_used_at) ON member_sessions TO :"app_role";
GRANT UPDATE (issuer, client_id, sealed_client_secret, changed_at), DELETE
    ON identity_providers TO :"app_role";
GRANT SELECT, INSERT, DELETE, UPDATE (count, last_at) ON signin_attempts TO :"app_role";
GRANT UPDATE (last_used_at) ON api_keys TO :"app_role";
GRANT UPDATE (withdrawn_at) ON candidate_sessions TO :"app_role";
