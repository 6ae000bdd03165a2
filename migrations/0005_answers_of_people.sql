-- A kept answer that tells of a candidate is sealed under the candidate's key, and goes with it.
--
-- What was kept until now names people under their tenant's key, beside a hash that anybody could
-- recompute. It would live for a day; it goes at once. (TRUNCATE: a DELETE sees no tenant's rows.)
TRUNCATE answers;
ALTER TABLE answers
    ADD COLUMN about uuid,
    ADD CONSTRAINT answers_about_a_candidate
        FOREIGN KEY (tenant, about) REFERENCES candidates (tenant, candidate_id);
