-- Who is written to again depends on what may have reached them. Of mails from before nobody knows
-- how their tries ended; of those that code which still runs puts in, neither.

ALTER TABLE mails ADD COLUMN may_be_out boolean NOT NULL DEFAULT true;

ALTER TABLE mails DROP CONSTRAINT mails_trouble;
ALTER TABLE mails ADD CONSTRAINT mails_trouble CHECK (
    trouble IN (
        'refused', 'address', 'not_configured', 'busy', 'unreachable', 'timeout', 'unanswered',
        'tls', 'login', 'folder', 'erased', 'overtaken', 'late'
    )
);
ALTER TABLE mails ADD CONSTRAINT mails_sent_are_out CHECK (state <> 'sent' OR may_be_out);

-- An invitation that waits tells of another time by itself.
GRANT UPDATE (may_be_out, useless_after, calendar, sequence, entry_at) ON mails TO :"app_role";
