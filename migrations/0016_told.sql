-- Lists are told as JSON by the database itself: a time as RFC 3339 writes it, in UTC, with a
-- fraction only where there is one. Inlined, for it has neither rights nor settings of its own.
CREATE FUNCTION rfc3339(at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN replace(
    to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z'
);
