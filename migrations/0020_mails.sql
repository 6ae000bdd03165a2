-- Mails to candidates. Names and addresses are read when a mail is sent; its link lies here sealed
-- under the candidate's key until it is over.

CREATE TABLE mails (
    tenant uuid NOT NULL,
    mail_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    kind text NOT NULL,
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    useless_after timestamptz NOT NULL,
    next_at timestamptz,
    calendar text,
    sequence int CHECK (sequence >= 0),
    entry_at timestamptz,
    state text NOT NULL,
    attempts int NOT NULL CHECK (attempts >= 0),
    trouble text,
    ended_at timestamptz,
    invitation_id uuid,
    sealed_link bytea,
    PRIMARY KEY (tenant, mail_id),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews,
    FOREIGN KEY (tenant, candidate_id) REFERENCES candidates,
    FOREIGN KEY (tenant, invitation_id) REFERENCES invitations,
    CONSTRAINT mails_kind CHECK (
        kind IN ('invitation', 'reminder_24h', 'reminder_1h', 'rescheduled', 'cancelled')
    ),
    CONSTRAINT mails_calendar CHECK (calendar IN ('request', 'cancel')),
    CONSTRAINT mails_state CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
    CONSTRAINT mails_trouble CHECK (
        trouble IN (
            'refused', 'address', 'not_configured', 'busy', 'unreachable', 'timeout', 'tls',
            'login', 'folder', 'erased', 'overtaken', 'late'
        )
    ),
    CONSTRAINT mails_calendar_whole CHECK (num_nulls(calendar, sequence, entry_at) IN (0, 3)),
    CONSTRAINT mails_due CHECK ((state = 'waiting') = (next_at IS NOT NULL)),
    CONSTRAINT mails_over CHECK ((state = 'waiting') = (ended_at IS NULL)),
    CONSTRAINT mails_keep_no_link CHECK (state = 'waiting' OR sealed_link IS NULL)
);
CREATE INDEX mails_of_interview ON mails (tenant, interview_id, created_at, mail_id);
CREATE INDEX mails_waiting ON mails (tenant, next_at) WHERE state = 'waiting';

SELECT bind_to_tenant('mails');

GRANT SELECT, INSERT ON mails TO :"app_role";
GRANT UPDATE (state, next_at, attempts, trouble, ended_at, invitation_id, sealed_link) ON mails
    TO :"app_role";
