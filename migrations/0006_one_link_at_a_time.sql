-- A new link ends the older ones, and whoever redeems it the sessions before: both end early.
CREATE INDEX invitations_of_interview ON invitations (tenant, interview_id);
CREATE INDEX candidate_sessions_of_interview ON candidate_sessions (tenant, interview_id);

GRANT UPDATE (expires_at) ON invitations, candidate_sessions TO :"app_role";
