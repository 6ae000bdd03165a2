-- By which session or key a member came into a room; with its end they have to leave it.
-- Seats that were taken before know none: there the member's right alone counts.

ALTER TABLE api_keys ADD CONSTRAINT api_keys_by_tenant UNIQUE (tenant, kid);

CREATE TABLE seat_proofs (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    member_id uuid NOT NULL,
    mark text NOT NULL,
    session_id uuid,
    kid text,
    PRIMARY KEY (tenant, interview_id, member_id, mark),
    FOREIGN KEY (tenant, interview_id, member_id) REFERENCES seats,
    FOREIGN KEY (tenant, session_id) REFERENCES member_sessions,
    FOREIGN KEY (tenant, kid) REFERENCES api_keys (tenant, kid),
    CONSTRAINT seat_proofs_one CHECK (num_nonnulls(session_id, kid) = 1)
);

SELECT bind_to_tenant('seat_proofs');

GRANT SELECT, INSERT ON seat_proofs TO :"app_role";
