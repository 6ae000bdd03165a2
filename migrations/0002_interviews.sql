-- Interviews: who may come in, what happened, who leads, what was recorded.

-- The reference to (kit, version) admits published kits only.
CREATE TABLE interviews (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL UNIQUE,
    kit_id uuid NOT NULL,
    kit_version int NOT NULL,
    candidate_id uuid NOT NULL,
    state text NOT NULL,
    created_at timestamptz NOT NULL,
    starts_at timestamptz,
    expires_at timestamptz,
    clock_zero timestamptz,
    ended_at timestamptz,
    last_seq int NOT NULL CHECK (last_seq >= 0),
    head bytea NOT NULL CHECK (octet_length(head) = 32),
    PRIMARY KEY (tenant, interview_id),
    FOREIGN KEY (tenant, kit_id, kit_version) REFERENCES kits (tenant, kit_id, version),
    FOREIGN KEY (tenant, candidate_id) REFERENCES candidates,
    CONSTRAINT interviews_state CHECK (
        state IN (
            'draft', 'invited', 'ready', 'live', 'paused', 'ended', 'scored', 'decided',
            'declined', 'expired', 'cancelled', 'human_path'
        )
    )
);
CREATE INDEX interviews_by_age ON interviews (tenant, created_at, interview_id);
CREATE INDEX interviews_running ON interviews (interview_id) WHERE state IN ('live', 'paused');

CREATE TABLE invitations (
    tenant uuid NOT NULL,
    invitation_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    redeemed_at timestamptz,
    PRIMARY KEY (tenant, invitation_id),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews
);

CREATE TABLE candidate_sessions (
    tenant uuid NOT NULL,
    digest bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    interview_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews
);

CREATE TABLE consents (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY,
    accepted boolean NOT NULL,
    notice_version text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant, interview_id, number),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews
);

CREATE TABLE interview_events (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    seq int NOT NULL CHECK (seq >= 1),
    event_id uuid NOT NULL,
    epoch int NOT NULL CHECK (epoch >= 0),
    kind text NOT NULL,
    at timestamptz NOT NULL,
    sealed_payload bytea NOT NULL,
    prev_hash bytea NOT NULL CHECK (octet_length(prev_hash) = 32),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (tenant, interview_id, seq),
    UNIQUE (tenant, interview_id, event_id),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews
);

-- A projection of interview_events; `version` is the event that changed the turn last.
CREATE TABLE turns (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    turn_id uuid NOT NULL,
    seq int NOT NULL,
    version int NOT NULL,
    speaker text NOT NULL,
    identity text NOT NULL,
    question text,
    line text,
    sealed_speech bytea NOT NULL,
    started_ms int NOT NULL,
    ended_ms int,
    confidence double precision,
    cut_off boolean NOT NULL,
    withdrawn boolean NOT NULL,
    complete boolean NOT NULL,
    PRIMARY KEY (tenant, interview_id, turn_id),
    UNIQUE (tenant, interview_id, turn_id, speaker),
    FOREIGN KEY (tenant, interview_id, seq) REFERENCES interview_events,
    FOREIGN KEY (tenant, interview_id, version) REFERENCES interview_events,
    CONSTRAINT turns_speaker CHECK (speaker IN ('ai', 'candidate', 'interviewer'))
);

CREATE TABLE leases (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    epoch int NOT NULL CHECK (epoch >= 1),
    opened_at timestamptz NOT NULL,
    agent text,
    token_digest bytea CHECK (octet_length(token_digest) = 32),
    claimed_at timestamptz,
    heartbeat_at timestamptz,
    closed boolean NOT NULL,
    previous_heartbeat_at timestamptz,
    PRIMARY KEY (tenant, interview_id),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews
);

CREATE TABLE recordings (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    participant text NOT NULL,
    index int NOT NULL CHECK (index >= 0),
    epoch int NOT NULL,
    started_ms int NOT NULL,
    duration_ms int NOT NULL,
    sha256 text NOT NULL,
    object_key text NOT NULL,
    PRIMARY KEY (tenant, interview_id, participant, epoch, index),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews
);

SELECT bind_to_tenant(
    'interviews', 'invitations', 'candidate_sessions', 'consents', 'interview_events', 'turns',
    'leases', 'recordings'
);

CREATE POLICY lookup ON interviews FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY lookup ON invitations FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY lookup ON candidate_sessions FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION tenant_of_invitation(digest bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT i.tenant FROM public.invitations AS i WHERE i.digest = tenant_of_invitation.digest;
END;

CREATE FUNCTION tenant_of_session(digest bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT s.tenant FROM public.candidate_sessions AS s WHERE s.digest = tenant_of_session.digest;
END;

CREATE FUNCTION tenant_of_interview(interview uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT i.tenant FROM public.interviews AS i WHERE i.interview_id = tenant_of_interview.interview;
END;

CREATE FUNCTION running_interviews() RETURNS TABLE (tenant uuid, interview uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT i.tenant, i.interview_id FROM public.interviews AS i
    WHERE i.state IN ('live', 'paused') ORDER BY i.created_at, i.interview_id;
END;

REVOKE EXECUTE ON FUNCTION
    tenant_of_invitation(bytea), tenant_of_session(bytea), tenant_of_interview(uuid),
    running_interviews()
FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
    tenant_of_invitation(bytea), tenant_of_session(bytea), tenant_of_interview(uuid),
    running_interviews()
TO :"app_role";
GRANT SELECT, INSERT ON
    interviews, invitations, candidate_sessions, consents, interview_events, turns, leases,
    recordings
TO :"app_role";
GRANT UPDATE (state, clock_zero, ended_at, last_seq, head) ON interviews TO :"app_role";
GRANT UPDATE (redeemed_at) ON invitations TO :"app_role";
GRANT UPDATE (
    version, speaker, identity, question, line, sealed_speech, started_ms, ended_ms, confidence,
    cut_off, withdrawn, complete
) ON turns TO :"app_role";
GRANT UPDATE ON leases TO :"app_role";
