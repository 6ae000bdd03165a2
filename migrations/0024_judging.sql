-- Judging by models: their answers, what was flagged on a card, and where a rating comes from.

ALTER TABLE scorecards ADD COLUMN sealed_flags bytea;

-- What a rating would be with the flagged words; both are null where nothing was flagged.
ALTER TABLE ratings
    ADD COLUMN with_flagged_level int CHECK (with_flagged_level BETWEEN 1 AND 5),
    ADD COLUMN with_flagged_why text,
    ADD COLUMN carried_from uuid,
    ADD CONSTRAINT ratings_with_flagged_why CHECK (
        with_flagged_why IN ('no_evidence', 'disagreement', 'too_few_runs', 'transcript', 'not_asked')
    ),
    ADD CONSTRAINT ratings_with_flagged CHECK (
        with_flagged_level IS NULL OR with_flagged_why IS NULL
    ),
    ADD CONSTRAINT ratings_carried_from
        FOREIGN KEY (tenant, carried_from) REFERENCES scorecards (tenant, scorecard_id);

CREATE TABLE model_replies (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    asked bytea NOT NULL CHECK (octet_length(asked) = 32),
    sealed_reply bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, interview_id, asked),
    FOREIGN KEY (tenant, interview_id) REFERENCES interviews
);

SELECT bind_to_tenant('model_replies');

GRANT SELECT, INSERT ON model_replies TO :"app_role";
