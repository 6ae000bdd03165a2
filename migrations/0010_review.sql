-- Review: other times for interviews, links that people withdraw, ratings by named people, notes.

ALTER TABLE invitations ADD COLUMN withdrawn_at timestamptz;
GRANT UPDATE (withdrawn_at) ON invitations TO :"app_role";
GRANT UPDATE (starts_at, expires_at) ON interviews TO :"app_role";

-- A person's card names the person, sealed; a rater that is a program has a name of its own.
ALTER TABLE scorecards ADD COLUMN sealed_person bytea;

CREATE TABLE notes (
    tenant uuid NOT NULL,
    note_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    author_kind text NOT NULL,
    author text NOT NULL,
    at_ms int CHECK (at_ms >= 0),
    turn_id uuid,
    sealed_note bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, note_id),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews,
    FOREIGN KEY (tenant, interview_id, turn_id) REFERENCES turns,
    CONSTRAINT notes_author CHECK (author_kind IN ('member', 'key'))
);
CREATE INDEX notes_by_age ON notes (tenant, interview_id, created_at, note_id);

SELECT bind_to_tenant('notes');

GRANT SELECT, INSERT ON notes TO :"app_role";

ALTER TABLE api_keys DROP CONSTRAINT api_keys_scopes;
ALTER TABLE api_keys ADD CONSTRAINT api_keys_scopes CHECK (
    scopes <@ ARRAY[
        'jobs:write', 'kits:write', 'candidates:write', 'interviews:write', 'interviews:read',
        'review:read', 'review:write', 'decisions:write', 'audit:read'
    ]
) NOT VALID;
ALTER TABLE api_keys VALIDATE CONSTRAINT api_keys_scopes;
