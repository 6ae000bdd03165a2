-- Whoever asked for something in their own right is told that there is an answer.

ALTER TABLE mails
    DROP CONSTRAINT mails_kind,
    ADD CONSTRAINT mails_kind CHECK (
        kind IN (
            'invitation', 'reminder_24h', 'reminder_1h', 'rescheduled', 'extended', 'cancelled',
            'answered'
        )
    );
