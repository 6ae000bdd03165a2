-- What people change has a revision: 1 when it was made, one more with each change, whoever makes
-- it. Drafts of kits can be changed and deleted; candidates and positions can be corrected.

ALTER TABLE jobs ADD COLUMN revision int NOT NULL DEFAULT 1;
ALTER TABLE kits ADD COLUMN revision int NOT NULL DEFAULT 1;
ALTER TABLE candidates ADD COLUMN revision int NOT NULL DEFAULT 1;
ALTER TABLE interviews ADD COLUMN revision int NOT NULL DEFAULT 1;

CREATE FUNCTION next_revision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    RETURN NEW;
END
$$;
CREATE TRIGGER next_revision BEFORE UPDATE ON jobs
    FOR EACH ROW EXECUTE FUNCTION next_revision();
CREATE TRIGGER next_revision BEFORE UPDATE ON kits
    FOR EACH ROW EXECUTE FUNCTION next_revision();
CREATE TRIGGER next_revision BEFORE UPDATE ON candidates
    FOR EACH ROW EXECUTE FUNCTION next_revision();
CREATE TRIGGER next_revision BEFORE UPDATE ON interviews
    FOR EACH ROW EXECUTE FUNCTION next_revision();

CREATE TRIGGER kit_stays_when_published
    BEFORE DELETE ON kits
    FOR EACH ROW WHEN (OLD.version IS NOT NULL) EXECUTE FUNCTION kit_is_frozen();

GRANT UPDATE (job_id, kit) ON kits TO :"app_role";
GRANT DELETE ON kits TO :"app_role";
GRANT UPDATE (sealed_name, sealed_email, language) ON candidates TO :"app_role";

-- Lists: one index for each filter by which few of many are looked for, in the order of the list.

CREATE INDEX kits_of_job ON kits (tenant, job_id, created_at, kit_id);
CREATE INDEX interviews_of_kit ON interviews (tenant, kit_id, created_at, interview_id);
CREATE INDEX interviews_of_candidate ON interviews (tenant, candidate_id, created_at, interview_id);
CREATE INDEX interviews_in_state ON interviews (tenant, state, created_at, interview_id);
CREATE INDEX interviews_by_start ON interviews (
    tenant, (coalesce(starts_at, '9999-01-01T00:00:00Z'::timestamptz)), interview_id
);
