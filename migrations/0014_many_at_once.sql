-- What a nested question asks for: the kits of several jobs, the interviews of several kits.
CREATE INDEX kits_of_job_by_name ON kits (tenant, job_id, kit_id);
CREATE INDEX interviews_of_kit_by_name ON interviews (tenant, kit_id, interview_id);
