-- A trial is of a model where it was asked: a name alone is whatever a server calls itself.
-- Earlier trials have no endpoint, and release nobody any more.

ALTER TABLE rater_trials ADD COLUMN endpoint text;
