-- Pages of other origins are answered when a tenant allows theirs; notes can be deleted.

CREATE INDEX tenant_settings_by_origin ON tenant_settings USING gin (allowed_origins);
CREATE POLICY lookup ON tenant_settings FOR SELECT TO CURRENT_USER USING (true);

-- What a browser asks before it sends a key names no tenant, and neither does the answer.
CREATE FUNCTION is_allowed_origin(origin text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT EXISTS (
        SELECT FROM public.tenant_settings AS s
        WHERE s.allowed_origins @> ARRAY[is_allowed_origin.origin]
    );
END;

REVOKE EXECUTE ON FUNCTION is_allowed_origin(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_allowed_origin(text) TO :"app_role";

GRANT DELETE ON notes TO :"app_role";
