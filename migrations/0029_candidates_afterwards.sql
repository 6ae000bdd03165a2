-- What candidates ask for and say afterwards, what tenants share with them, and answers in writing.

CREATE TABLE candidate_requests (
    tenant uuid NOT NULL,
    request_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    kind text NOT NULL,
    turn_id uuid,
    sealed_words bytea NOT NULL,
    created_at timestamptz NOT NULL,
    outcome text,
    sealed_answer bytea,
    settled_at timestamptz,
    PRIMARY KEY (tenant, request_id),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews,
    FOREIGN KEY (tenant, interview_id, turn_id) REFERENCES turns,
    CONSTRAINT candidate_requests_kind CHECK (
        kind IN ('transcript', 'access', 'correction', 'erasure', 'human_review', 'other')
    ),
    CONSTRAINT candidate_requests_turn CHECK ((kind = 'transcript') = (turn_id IS NOT NULL)),
    CONSTRAINT candidate_requests_outcome CHECK (outcome IN ('granted', 'refused')),
    CONSTRAINT candidate_requests_settled CHECK (
        (outcome IS NULL) = (settled_at IS NULL) AND (outcome IS NULL) = (sealed_answer IS NULL)
    )
);
CREATE INDEX candidate_requests_by_age ON candidate_requests (tenant, created_at, request_id);
CREATE INDEX candidate_requests_of_interview
    ON candidate_requests (tenant, interview_id, created_at, request_id);
CREATE INDEX candidate_requests_open
    ON candidate_requests (tenant, created_at, request_id) WHERE outcome IS NULL;
SELECT bind_to_tenant('candidate_requests');

GRANT SELECT, INSERT ON candidate_requests TO :"app_role";
GRANT UPDATE (outcome, sealed_answer, settled_at) ON candidate_requests TO :"app_role";

CREATE TABLE candidate_feedback (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    sealed_thought bytea NOT NULL,
    given_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, interview_id),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews
);
SELECT bind_to_tenant('candidate_feedback');

GRANT SELECT, INSERT ON candidate_feedback TO :"app_role";
GRANT UPDATE (sealed_thought, given_at) ON candidate_feedback TO :"app_role";

ALTER TABLE tenant_settings ADD COLUMN shares_results boolean NOT NULL DEFAULT false;
GRANT UPDATE (shares_results) ON tenant_settings TO :"app_role";

ALTER TABLE turns ADD COLUMN typed boolean NOT NULL DEFAULT false;
GRANT UPDATE (typed) ON turns TO :"app_role";

ALTER TABLE webhooks DROP CONSTRAINT webhooks_types;
ALTER TABLE webhooks ADD CONSTRAINT webhooks_types CHECK (
    types <@ ARRAY[
        'interview.invited', 'interview.ready', 'interview.started', 'interview.paused',
        'interview.resumed', 'interview.ended', 'interview.scored', 'interview.decided',
        'interview.declined', 'interview.expired', 'interview.cancelled',
        'interview.human_path', 'interview.requested'
    ]
) NOT VALID;
ALTER TABLE webhooks VALIDATE CONSTRAINT webhooks_types;
