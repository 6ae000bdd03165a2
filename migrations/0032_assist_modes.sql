-- Who leads an interview: the AI, a person with the AI at their side, or each the sections that are
-- theirs. How long a person is waited for, and that people are told when one is wanted.

ALTER TABLE interviews
    ADD COLUMN assist_mode text NOT NULL DEFAULT 'ai_leads',
    ADD CONSTRAINT interviews_assist_mode
        CHECK (assist_mode IN ('ai_leads', 'human_leads', 'alternating'));

ALTER TABLE tenant_settings
    ADD COLUMN interviewer_awaited_s int NOT NULL DEFAULT 120
        CONSTRAINT tenant_settings_interviewer_awaited
        CHECK (interviewer_awaited_s BETWEEN 15 AND 1800);

GRANT UPDATE (interviewer_awaited_s) ON tenant_settings TO :"app_role";

ALTER TABLE webhooks DROP CONSTRAINT webhooks_types;
ALTER TABLE webhooks ADD CONSTRAINT webhooks_types CHECK (
    types <@ ARRAY[
        'interview.invited', 'interview.ready', 'interview.started', 'interview.paused',
        'interview.resumed', 'interview.ended', 'interview.scored', 'interview.decided',
        'interview.declined', 'interview.expired', 'interview.cancelled',
        'interview.human_path', 'interview.requested', 'interview.relief_wanted'
    ]
) NOT VALID;
ALTER TABLE webhooks VALIDATE CONSTRAINT webhooks_types;
