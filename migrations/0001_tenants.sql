-- Tenants, their people and keys, and what interviews are made from.
--
-- Every table with a column `tenant` is bound by row-level security. Columns named `sealed_*` hold
-- AES-256-GCM ciphertext; what a candidate said or who they are is nowhere else. The runner puts the
-- application's role in the place of the psql variable `app_role`.

-- Binds tables with a column `tenant` to the tenant that the transaction names; every migration
-- that makes such a table calls it. FORCE binds the owner too.
CREATE FUNCTION bind_to_tenant(VARIADIC names regclass[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    name regclass;
BEGIN
    FOREACH name IN ARRAY names LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %s USING '
            '(tenant = nullif(current_setting(''vivavoce.tenant'', true), '''')::uuid)',
            name
        );
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION bind_to_tenant(regclass[]) FROM PUBLIC;

CREATE TABLE tenants (
    tenant uuid PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE members (
    tenant uuid NOT NULL REFERENCES tenants,
    member_id uuid NOT NULL,
    email text NOT NULL,
    role text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, member_id),
    UNIQUE (tenant, email),
    CONSTRAINT members_role CHECK (
        role IN ('owner', 'admin', 'recruiter', 'interviewer', 'reviewer', 'auditor')
    )
);

CREATE TABLE api_keys (
    kid text PRIMARY KEY,
    tenant uuid NOT NULL REFERENCES tenants,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    scopes text[] NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT api_keys_scopes CHECK (
        scopes <@ ARRAY[
            'jobs:write', 'kits:write', 'candidates:write', 'interviews:write', 'interviews:read',
            'review:read'
        ]
    )
);

-- One key per subject for ever: a destroyed key leaves its row, so that no new one takes its place.
CREATE TABLE data_keys (
    tenant uuid NOT NULL REFERENCES tenants,
    key_id uuid NOT NULL,
    kind text NOT NULL,
    subject uuid NOT NULL,
    wrapped bytea,
    created_at timestamptz NOT NULL,
    destroyed_at timestamptz,
    PRIMARY KEY (tenant, key_id),
    UNIQUE (tenant, kind, subject),
    CONSTRAINT data_keys_kind CHECK (kind IN ('tenant', 'interview', 'candidate')),
    CONSTRAINT data_keys_gone_or_there CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);

CREATE TABLE jobs (
    tenant uuid NOT NULL REFERENCES tenants,
    job_id uuid NOT NULL,
    title text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, job_id)
);
CREATE INDEX jobs_by_age ON jobs (tenant, created_at, job_id);

CREATE TABLE kits (
    tenant uuid NOT NULL,
    kit_id uuid NOT NULL,
    job_id uuid NOT NULL,
    kit jsonb NOT NULL,
    version int CHECK (version >= 1),
    created_at timestamptz NOT NULL,
    published_at timestamptz,
    PRIMARY KEY (tenant, kit_id),
    UNIQUE (tenant, job_id, version),
    UNIQUE (tenant, kit_id, version),
    FOREIGN KEY (tenant, job_id) REFERENCES jobs,
    CONSTRAINT kits_published_with_version CHECK ((version IS NULL) = (published_at IS NULL))
);
CREATE INDEX kits_by_age ON kits (tenant, created_at, kit_id);

CREATE FUNCTION kit_is_frozen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'kit % is published', OLD.kit_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'kit_is_frozen';
END
$$;
CREATE TRIGGER kit_is_frozen
    BEFORE UPDATE ON kits
    FOR EACH ROW WHEN (OLD.version IS NOT NULL) EXECUTE FUNCTION kit_is_frozen();

CREATE TABLE candidates (
    tenant uuid NOT NULL REFERENCES tenants,
    candidate_id uuid NOT NULL,
    sealed_name bytea NOT NULL,
    sealed_email bytea NOT NULL,
    language text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, candidate_id)
);
CREATE INDEX candidates_by_age ON candidates (tenant, created_at, candidate_id);

CREATE TABLE answers (
    tenant uuid NOT NULL REFERENCES tenants,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    status int NOT NULL,
    sealed_body bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, key)
);
CREATE INDEX answers_by_age ON answers (tenant, created_at);

SELECT bind_to_tenant(
    'tenants', 'members', 'api_keys', 'data_keys', 'jobs', 'kits', 'candidates', 'answers'
);

-- Look-ups before a tenant is known answer with ids alone. They run as the owner, whom FORCE binds
-- too: hence a policy for the owner on the tables that they read.

CREATE POLICY lookup ON tenants FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY lookup ON api_keys FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION all_tenants() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT t.tenant FROM public.tenants AS t ORDER BY t.created_at, t.tenant;
END;

CREATE FUNCTION tenant_of_key(kid text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT k.tenant FROM public.api_keys AS k WHERE k.kid = tenant_of_key.kid;
END;

REVOKE EXECUTE ON FUNCTION all_tenants(), tenant_of_key(text) FROM PUBLIC;

-- What the application may do: column by column where a row is otherwise for ever.

GRANT EXECUTE ON FUNCTION all_tenants(), tenant_of_key(text) TO :"app_role";
GRANT SELECT, INSERT ON
    tenants, members, api_keys, data_keys, jobs, kits, candidates, answers
TO :"app_role";
GRANT UPDATE (revoked_at) ON api_keys TO :"app_role";
GRANT UPDATE (wrapped, destroyed_at) ON data_keys TO :"app_role";
GRANT UPDATE (title) ON jobs TO :"app_role";
GRANT UPDATE (version, published_at) ON kits TO :"app_role";
GRANT DELETE ON answers TO :"app_role";
GRANT SELECT ON schema_migrations TO :"app_role";
