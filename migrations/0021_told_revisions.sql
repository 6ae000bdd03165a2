-- The revision of an interview counts changes of what is told of it. Its log grows several times a
-- second while it is live, and is no part of that.

CREATE OR REPLACE TRIGGER next_revision BEFORE UPDATE ON interviews
    FOR EACH ROW WHEN (
        (OLD.state, OLD.starts_at, OLD.expires_at, OLD.clock_zero, OLD.ended_at)
        IS DISTINCT FROM
        (NEW.state, NEW.starts_at, NEW.expires_at, NEW.clock_zero, NEW.ended_at)
    ) EXECUTE FUNCTION next_revision();
