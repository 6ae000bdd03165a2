-- The audit trail: who changed what. Entries are added and read; an end per tenant shows a cut tail.

CREATE TABLE audit_entries (
    tenant uuid NOT NULL REFERENCES tenants,
    seq int NOT NULL CHECK (seq >= 1),
    entry_id uuid NOT NULL,
    at timestamptz NOT NULL,
    actor_kind text NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    facts jsonb NOT NULL,
    prev_hash bytea NOT NULL CHECK (octet_length(prev_hash) = 32),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (tenant, seq),
    UNIQUE (tenant, entry_id),
    CONSTRAINT audit_entries_actor CHECK (actor_kind IN ('member', 'key', 'candidate', 'system'))
);
CREATE INDEX audit_entries_of_subject ON audit_entries (tenant, subject, seq);

CREATE TABLE audit_ends (
    tenant uuid PRIMARY KEY REFERENCES tenants,
    seq int NOT NULL CHECK (seq >= 0),
    head bytea NOT NULL CHECK (octet_length(head) = 32)
);

SELECT bind_to_tenant('audit_entries', 'audit_ends');

GRANT SELECT, INSERT ON audit_entries, audit_ends TO :"app_role";
GRANT UPDATE (seq, head) ON audit_ends TO :"app_role";

ALTER TABLE api_keys DROP CONSTRAINT api_keys_scopes;
ALTER TABLE api_keys ADD CONSTRAINT api_keys_scopes CHECK (
    scopes <@ ARRAY[
        'jobs:write', 'kits:write', 'candidates:write', 'interviews:write', 'interviews:read',
        'review:read', 'audit:read'
    ]
) NOT VALID;
ALTER TABLE api_keys VALIDATE CONSTRAINT api_keys_scopes;
