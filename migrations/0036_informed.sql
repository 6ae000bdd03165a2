-- Who knows what a candidate was given, and so does not rate the interview: a member by id, a key by
-- its kid. What was given stands sealed beside it.

CREATE TABLE informed (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('member', 'key')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    since timestamptz NOT NULL,
    PRIMARY KEY (tenant, interview_id, kind, name),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews
);

SELECT bind_to_tenant('informed');

GRANT SELECT, INSERT ON informed TO :"app_role";
