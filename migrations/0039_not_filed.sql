-- A person has asked, and which words answer it is not known: no lack of a question.

ALTER TABLE ratings
    DROP CONSTRAINT ratings_not_assessed,
    DROP CONSTRAINT ratings_with_flagged_why,
    ADD CONSTRAINT ratings_not_assessed CHECK (
        not_assessed IN (
            'no_evidence', 'disagreement', 'too_few_runs', 'transcript', 'not_asked', 'not_filed',
            'no_indicators'
        )
    ),
    ADD CONSTRAINT ratings_with_flagged_why CHECK (
        with_flagged_why IN (
            'no_evidence', 'disagreement', 'too_few_runs', 'transcript', 'not_asked', 'not_filed',
            'no_indicators'
        )
    );
