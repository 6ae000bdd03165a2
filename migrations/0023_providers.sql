-- The chains of endpoints that a tenant names, sealed under its key; who has named none has no row.

CREATE TABLE providers (
    tenant uuid PRIMARY KEY REFERENCES tenants,
    sealed_chains bytea NOT NULL,
    revision int NOT NULL CHECK (revision > 1),
    changed_at timestamptz NOT NULL
);
SELECT bind_to_tenant('providers');

GRANT SELECT, INSERT ON providers TO :"app_role";
GRANT UPDATE (sealed_chains, revision, changed_at) ON providers TO :"app_role";
