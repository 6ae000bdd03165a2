-- Who leads a talk, and the people of a tenant who may be in its room.
-- What `covered` names was asked by a person, and is not asked again.

ALTER TABLE interviews
    ADD COLUMN floor text NOT NULL DEFAULT 'ai',
    ADD COLUMN covered text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT interviews_floor CHECK (floor ~ '^(ai|paused|human:[0-9a-f]{32})$');

GRANT UPDATE (floor, covered) ON interviews TO :"app_role";

CREATE TABLE seats (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    member_id uuid NOT NULL,
    role text NOT NULL CONSTRAINT seats_role CHECK (role IN ('interviewer', 'observer')),
    hidden boolean NOT NULL,
    taken_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, interview_id, member_id),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews,
    FOREIGN KEY (tenant, member_id) REFERENCES members
);
CREATE INDEX seats_of_member ON seats (tenant, member_id);

SELECT bind_to_tenant('seats');

GRANT SELECT, INSERT ON seats TO :"app_role";
GRANT UPDATE (role, hidden, taken_at) ON seats TO :"app_role";

ALTER TABLE tenant_settings
    ADD COLUMN observers_may_hide boolean NOT NULL DEFAULT false,
    ADD COLUMN floor_returns_after_s int NOT NULL DEFAULT 30
        CONSTRAINT tenant_settings_floor_returns CHECK (floor_returns_after_s BETWEEN 5 AND 600);

GRANT UPDATE (observers_may_hide, floor_returns_after_s) ON tenant_settings TO :"app_role";
