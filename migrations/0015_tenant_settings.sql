-- What a tenant sets for itself; a tenant that has set nothing has no row.

CREATE TABLE tenant_settings (
    tenant uuid PRIMARY KEY REFERENCES tenants,
    allowed_origins text[] NOT NULL,
    sends_mail boolean NOT NULL,
    reply_to text,
    time_zone text NOT NULL,
    revision int NOT NULL CHECK (revision > 1),
    changed_at timestamptz NOT NULL
);
SELECT bind_to_tenant('tenant_settings');

GRANT SELECT, INSERT ON tenant_settings TO :"app_role";
GRANT UPDATE (allowed_origins, sends_mail, reply_to, time_zone, revision, changed_at)
    ON tenant_settings TO :"app_role";
