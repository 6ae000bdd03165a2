-- What the worker looks for: running interviews with a sign of life, and interviews that are over
-- though nobody has said so. running_interviews() stays for the version that still asks it.

CREATE INDEX interviews_awaited ON interviews (expires_at) WHERE state IN ('invited', 'ready');

CREATE POLICY lookup ON leases FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION interviews_alive(since timestamptz) RETURNS TABLE (tenant uuid, interview uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT i.tenant, i.interview_id
    FROM public.interviews AS i LEFT JOIN public.leases AS l USING (tenant, interview_id)
    WHERE i.state IN ('live', 'paused')
        AND greatest(i.created_at, l.opened_at, l.heartbeat_at) >= interviews_alive.since
    ORDER BY i.created_at, i.interview_id;
END;

CREATE FUNCTION interviews_overdue(at timestamptz, quiet_since timestamptz, most int)
RETURNS TABLE (tenant uuid, interview uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT late.tenant, late.interview_id
    FROM (
        SELECT i.tenant, i.interview_id, i.created_at
        FROM public.interviews AS i LEFT JOIN public.leases AS l USING (tenant, interview_id)
        WHERE i.state IN ('live', 'paused')
            AND greatest(i.created_at, l.opened_at, l.heartbeat_at)
                < interviews_overdue.quiet_since
        UNION ALL
        SELECT i.tenant, i.interview_id, i.created_at FROM public.interviews AS i
        WHERE i.state IN ('invited', 'ready') AND i.expires_at <= interviews_overdue.at
    ) AS late
    ORDER BY late.created_at, late.interview_id LIMIT interviews_overdue.most;
END;

REVOKE EXECUTE ON FUNCTION
    interviews_alive(timestamptz), interviews_overdue(timestamptz, timestamptz, int)
FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
    interviews_alive(timestamptz), interviews_overdue(timestamptz, timestamptz, int)
TO :"app_role";
