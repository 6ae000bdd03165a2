-- Who is called when the AI wants a person, and which interviews want one now.

ALTER TABLE members ADD COLUMN on_call boolean NOT NULL DEFAULT false;
GRANT UPDATE (on_call) ON members TO :"app_role";

ALTER TABLE interviews ADD COLUMN person_wanted_at timestamptz;
GRANT UPDATE (person_wanted_at) ON interviews TO :"app_role";
CREATE INDEX interviews_wanting_a_person ON interviews (tenant, person_wanted_at)
    WHERE person_wanted_at IS NOT NULL;

ALTER TABLE webhook_deliveries ADD COLUMN on_call uuid[] NOT NULL DEFAULT '{}';
