-- Callers come in with one statement: it names the tenant that what they show leads to, and then
-- reads the row of it as the application may. Row by row and not in one query, for the policy has to
-- see the tenant that was just named.

CREATE FUNCTION enter_by_key(shown text) RETURNS SETOF api_keys
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.set_config('vivavoce.tenant', public.tenant_of_key(shown)::text, true);
    RETURN QUERY SELECT k.* FROM public.api_keys AS k WHERE k.kid = shown;
END
$$;

CREATE FUNCTION enter_by_session(shown bytea) RETURNS SETOF candidate_sessions
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.set_config('vivavoce.tenant', public.tenant_of_session(shown)::text, true);
    RETURN QUERY SELECT s.* FROM public.candidate_sessions AS s WHERE s.digest = shown;
END
$$;

REVOKE EXECUTE ON FUNCTION enter_by_key(text), enter_by_session(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enter_by_key(text), enter_by_session(bytea) TO :"app_role";
