-- An end of an audit trail bears a mark that nobody can make without the installation's key. One of
-- before has none: who answers for it says `vivavoce admin vouch`.

ALTER TABLE audit_ends
    ADD COLUMN mark bytea NOT NULL DEFAULT ''
        CONSTRAINT audit_ends_mark CHECK (octet_length(mark) IN (0, 32));

GRANT UPDATE (mark) ON audit_ends TO :"app_role";

-- Where members sign in has a revision, too. One that is set again is none of before, so they do not
-- begin with 1.

ALTER TABLE identity_providers
    ADD COLUMN revision int NOT NULL DEFAULT 1 + floor(random() * 1000000000)::int;
CREATE TRIGGER next_revision BEFORE UPDATE ON identity_providers
    FOR EACH ROW EXECUTE FUNCTION next_revision();
