-- An endpoint has a revision like everything else that people change. How it stands is told of it, so
-- that counts, too; what is written as it was does not.

ALTER TABLE webhooks ADD COLUMN revision int NOT NULL DEFAULT 1;

CREATE TRIGGER next_revision BEFORE UPDATE ON webhooks
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION next_revision();
