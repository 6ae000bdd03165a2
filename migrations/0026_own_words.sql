-- A kit without indicators is no lack of evidence: a reason of its own.

ALTER TABLE ratings
    DROP CONSTRAINT ratings_not_assessed,
    DROP CONSTRAINT ratings_with_flagged_why,
    ADD CONSTRAINT ratings_not_assessed CHECK (
        not_assessed IN (
            'no_evidence', 'disagreement', 'too_few_runs', 'transcript', 'not_asked', 'no_indicators'
        )
    ),
    ADD CONSTRAINT ratings_with_flagged_why CHECK (
        with_flagged_why IN (
            'no_evidence', 'disagreement', 'too_few_runs', 'transcript', 'not_asked', 'no_indicators'
        )
    );

-- More time is told in words of its own.
ALTER TABLE mails
    DROP CONSTRAINT mails_kind,
    ADD CONSTRAINT mails_kind CHECK (
        kind IN (
            'invitation', 'reminder_24h', 'reminder_1h', 'rescheduled', 'extended', 'cancelled'
        )
    );
