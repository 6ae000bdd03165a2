-- Members of these roles see what others judged of an interview once they have rated it themselves.

ALTER TABLE tenant_settings
    ADD COLUMN blind_roles text[] NOT NULL DEFAULT '{interviewer,reviewer}'
    CHECK (blind_roles <@ '{recruiter,interviewer,reviewer}');

GRANT UPDATE (blind_roles) ON tenant_settings TO :"app_role";
