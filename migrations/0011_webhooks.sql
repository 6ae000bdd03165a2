-- Webhooks: endpoints, what is on its way to them, and the log of every try.

CREATE TABLE webhooks (
    tenant uuid NOT NULL REFERENCES tenants,
    webhook_id uuid NOT NULL,
    sealed_url bytea NOT NULL,
    description text NOT NULL,
    types text[] NOT NULL,
    sealed_secret bytea NOT NULL,
    sealed_retired bytea,
    retired_until timestamptz,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    version int NOT NULL CHECK (version >= 1),
    disabled_reason text,
    disabled_at timestamptz,
    failing_since timestamptz,
    PRIMARY KEY (tenant, webhook_id),
    CONSTRAINT webhooks_types CHECK (
        types <@ ARRAY[
            'interview.invited', 'interview.ready', 'interview.started', 'interview.paused',
            'interview.resumed', 'interview.ended', 'interview.scored', 'interview.decided',
            'interview.declined', 'interview.expired', 'interview.cancelled',
            'interview.human_path'
        ]
    ),
    CONSTRAINT webhooks_reason CHECK (disabled_reason IN ('by_hand', 'failing', 'gone')),
    CONSTRAINT webhooks_reason_with_time CHECK ((disabled_reason IS NULL) = (disabled_at IS NULL)),
    CONSTRAINT webhooks_retired_with_time CHECK ((sealed_retired IS NULL) = (retired_until IS NULL))
);
CREATE INDEX webhooks_by_age ON webhooks (tenant, created_at, webhook_id);

CREATE TABLE webhook_deliveries (
    tenant uuid NOT NULL,
    webhook_id uuid NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    interview_id uuid NOT NULL,
    state text NOT NULL,
    occurred_at timestamptz NOT NULL,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    next_at timestamptz,
    attempts int NOT NULL CHECK (attempts >= 0),
    tries int NOT NULL CHECK (tries >= 0),
    ended_at timestamptz,
    PRIMARY KEY (tenant, webhook_id, event_id),
    FOREIGN KEY (tenant, webhook_id) REFERENCES webhooks ON DELETE CASCADE,
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews,
    CONSTRAINT webhook_deliveries_status CHECK (
        status IN ('waiting', 'delivered', 'failed', 'held')
    ),
    CONSTRAINT webhook_deliveries_due CHECK ((status = 'waiting') = (next_at IS NOT NULL)),
    CONSTRAINT webhook_deliveries_over CHECK ((status = 'waiting') = (ended_at IS NULL))
);
CREATE INDEX webhook_deliveries_by_age
    ON webhook_deliveries (tenant, webhook_id, created_at, event_id);
CREATE INDEX webhook_deliveries_waiting
    ON webhook_deliveries (tenant, next_at) WHERE status = 'waiting';
CREATE INDEX webhook_deliveries_over ON webhook_deliveries (tenant, ended_at);

CREATE TABLE webhook_attempts (
    tenant uuid NOT NULL,
    webhook_id uuid NOT NULL,
    event_id uuid NOT NULL,
    number int NOT NULL CHECK (number >= 1),
    at timestamptz NOT NULL,
    status int,
    failure text,
    duration_ms int NOT NULL,
    PRIMARY KEY (tenant, webhook_id, event_id, number),
    FOREIGN KEY (tenant, webhook_id, event_id) REFERENCES webhook_deliveries ON DELETE CASCADE,
    CONSTRAINT webhook_attempts_failure CHECK (
        failure IN (
            'address', 'dns', 'connect', 'tls', 'timeout', 'protocol', 'too_large', 'redirect',
            'gone', 'status'
        )
    )
);

SELECT bind_to_tenant('webhooks', 'webhook_deliveries', 'webhook_attempts');

GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks TO :"app_role";
GRANT SELECT, INSERT, DELETE ON webhook_deliveries, webhook_attempts TO :"app_role";
GRANT UPDATE (status, next_at, attempts, tries, ended_at) ON webhook_deliveries TO :"app_role";

ALTER TABLE api_keys DROP CONSTRAINT api_keys_scopes;
ALTER TABLE api_keys ADD CONSTRAINT api_keys_scopes CHECK (
    scopes <@ ARRAY[
        'jobs:write', 'kits:write', 'candidates:write', 'interviews:write', 'interviews:read',
        'review:read', 'review:write', 'decisions:write', 'audit:read', 'webhooks:read',
        'webhooks:write'
    ]
) NOT VALID;
ALTER TABLE api_keys VALIDATE CONSTRAINT api_keys_scopes;
