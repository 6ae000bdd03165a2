-- While a table is small, or its statistics are old, every index that begins with the same columns
-- looks as good to the planner, and the plans of foreign keys live as long as their connection: the
-- log was then read whole for each turn that was written. Only one index may begin with the
-- interview; the other is looked up by the event's id, which is new to nearly every row.
ALTER TABLE interview_events
    DROP CONSTRAINT interview_events_tenant_interview_id_event_id_key,
    ADD CONSTRAINT interview_events_by_id UNIQUE (event_id, interview_id, tenant);
