-- Scorecards: never changed, and no level without evidence.

CREATE TABLE scorecards (
    tenant uuid NOT NULL,
    scorecard_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    kit_version int NOT NULL,
    rater text NOT NULL,
    rater_version text NOT NULL,
    model text,
    prompt_hash text,
    transcript_seq int NOT NULL,
    total numeric(3, 2) CHECK (total BETWEEN 1 AND 5),
    coverage numeric(3, 2) NOT NULL CHECK (coverage BETWEEN 0 AND 1),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, scorecard_id),
    UNIQUE (tenant, scorecard_id, interview_id),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews
);
CREATE INDEX scorecards_of_interview ON scorecards (tenant, interview_id, created_at);

CREATE TABLE ratings (
    tenant uuid NOT NULL,
    scorecard_id uuid NOT NULL,
    competency text NOT NULL,
    position int NOT NULL,
    level int CHECK (level BETWEEN 1 AND 5),
    not_assessed text,
    runs int NOT NULL,
    spread int NOT NULL,
    sealed_reason bytea NOT NULL,
    PRIMARY KEY (tenant, scorecard_id, competency),
    FOREIGN KEY (tenant, scorecard_id) REFERENCES scorecards,
    CONSTRAINT ratings_not_assessed CHECK (
        not_assessed IN ('no_evidence', 'disagreement', 'too_few_runs', 'transcript', 'not_asked')
    ),
    CONSTRAINT ratings_level_or_reason CHECK ((level IS NULL) = (not_assessed IS NOT NULL))
);

-- `speaker` is here for the reference alone: evidence is what the candidate said.
CREATE TABLE evidence (
    tenant uuid NOT NULL,
    scorecard_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    competency text NOT NULL,
    position int NOT NULL,
    turn_id uuid NOT NULL,
    speaker text NOT NULL DEFAULT 'candidate' CHECK (speaker = 'candidate'),
    start int NOT NULL CHECK (start >= 0),
    sealed_quote bytea NOT NULL,
    PRIMARY KEY (tenant, scorecard_id, competency, position),
    FOREIGN KEY (tenant, scorecard_id, competency) REFERENCES ratings,
    FOREIGN KEY (tenant, scorecard_id, interview_id)
        REFERENCES scorecards (tenant, scorecard_id, interview_id),
    CONSTRAINT evidence_is_a_turn_of_the_candidate
        FOREIGN KEY (tenant, interview_id, turn_id, speaker)
        REFERENCES turns (tenant, interview_id, turn_id, speaker)
);

CREATE FUNCTION rating_needs_evidence() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.evidence AS e
        WHERE e.tenant = NEW.tenant AND e.scorecard_id = NEW.scorecard_id
            AND e.competency = NEW.competency
    ) THEN
        RAISE EXCEPTION 'a level needs evidence: % of scorecard %', NEW.competency, NEW.scorecard_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_needs_evidence';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER rating_needs_evidence
    AFTER INSERT OR UPDATE ON ratings DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.level IS NOT NULL) EXECUTE FUNCTION rating_needs_evidence();

SELECT bind_to_tenant('scorecards', 'ratings', 'evidence');

GRANT SELECT, INSERT ON scorecards, ratings, evidence TO :"app_role";
