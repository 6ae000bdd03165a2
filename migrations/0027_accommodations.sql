-- What candidates are given to take an interview as others do, sealed under the interview's key.
-- It stands apart from everything that a rater may read.

CREATE TABLE accommodations (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    version int NOT NULL CHECK (version >= 1),
    sealed_needs bytea NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, interview_id),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews
);

SELECT bind_to_tenant('accommodations');

GRANT SELECT, INSERT ON accommodations TO :"app_role";
GRANT UPDATE (version, sealed_needs, changed_at) ON accommodations TO :"app_role";
