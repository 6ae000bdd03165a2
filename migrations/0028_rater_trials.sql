-- Rater configurations before the gate, and whether a card's rater had passed it.

ALTER TABLE scorecards ADD COLUMN released boolean;

-- Of the installation, not of a tenant: it holds nothing that anybody said.
CREATE TABLE rater_trials (
    trial_id uuid PRIMARY KEY,
    rater text NOT NULL,
    rater_version text NOT NULL,
    model text,
    prompt_hash text,
    gate text NOT NULL,
    reached text NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE INDEX rater_trials_of ON rater_trials (rater, rater_version, created_at DESC, trial_id DESC);

GRANT SELECT, INSERT ON rater_trials TO :"app_role";
