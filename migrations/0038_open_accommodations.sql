-- That a candidate waits for an answer to what they asked for, so that nobody has to look for it.
-- What they asked for stays sealed. What was asked before this column was read where it stands.

ALTER TABLE accommodations ADD COLUMN waits boolean NOT NULL DEFAULT false;

CREATE INDEX accommodations_waiting ON accommodations (tenant, interview_id) WHERE waits;

GRANT UPDATE (waits) ON accommodations TO :"app_role";
