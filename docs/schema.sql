-- Written by `make docs` from the migrations. Do not edit.

CREATE TYPE public.pgqueuer_status AS ENUM (
    'queued',
    'picked',
    'successful',
    'exception',
    'canceled',
    'deleted',
    'failed'
);

CREATE TABLE public.tenants (
    tenant uuid NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.tenants FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.all_tenants() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT t.tenant
    FROM public.tenants t
   ORDER BY t.created_at, t.tenant;
END;

CREATE FUNCTION public.bind_to_tenant(VARIADIC names regclass[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    name regclass;
BEGIN
    FOREACH name IN ARRAY names LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %s USING '
            '(tenant = nullif(current_setting(''vivavoce.tenant'', true), '''')::uuid)',
            name
        );
    END LOOP;
END
$$;

CREATE TABLE public.api_keys (
    kid text NOT NULL,
    tenant uuid NOT NULL,
    digest bytea NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    name text DEFAULT ''::text NOT NULL,
    member_id uuid,
    last_used_at timestamp with time zone,
    CONSTRAINT api_keys_digest_check CHECK ((octet_length(digest) = 32)),
    CONSTRAINT api_keys_scopes CHECK ((scopes <@ ARRAY['jobs:write'::text, 'kits:write'::text, 'candidates:write'::text, 'interviews:write'::text, 'interviews:read'::text, 'review:read'::text, 'review:write'::text, 'decisions:write'::text, 'audit:read'::text, 'webhooks:read'::text, 'webhooks:write'::text, 'members:read'::text, 'members:write'::text, 'keys:read'::text, 'keys:write'::text, 'settings:read'::text, 'settings:write'::text]))
);

ALTER TABLE ONLY public.api_keys FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.enter_by_key(shown text) RETURNS SETOF public.api_keys
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM pg_catalog.set_config('vivavoce.tenant', public.tenant_of_key(shown)::text, true);
    RETURN QUERY SELECT k.* FROM public.api_keys AS k WHERE k.kid = shown;
END
$$;

CREATE TABLE public.candidate_sessions (
    tenant uuid NOT NULL,
    digest bytea NOT NULL,
    interview_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT candidate_sessions_digest_check CHECK ((octet_length(digest) = 32))
);

ALTER TABLE ONLY public.candidate_sessions FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.enter_by_session(shown bytea) RETURNS SETOF public.candidate_sessions
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM pg_catalog.set_config('vivavoce.tenant', public.tenant_of_session(shown)::text, true);
    RETURN QUERY SELECT s.* FROM public.candidate_sessions AS s WHERE s.digest = shown;
END
$$;

CREATE FUNCTION public.fn_pgqueuer_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    to_emit BOOLEAN := false;  -- Flag to decide whether to emit a notification
BEGIN
    -- Check operation type and set the emit flag accordingly
    IF TG_OP = 'UPDATE' AND OLD IS DISTINCT FROM NEW THEN
        to_emit := true;
    ELSIF TG_OP = 'DELETE' THEN
        to_emit := true;
    ELSIF TG_OP = 'INSERT' THEN
        to_emit := true;
    ELSIF TG_OP = 'TRUNCATE' THEN
        to_emit := true;
    END IF;

    -- Perform notification if the emit flag is set
    IF to_emit THEN
        PERFORM pg_notify(
            'ch_pgqueuer',
            json_build_object(
                'channel', 'ch_pgqueuer',
                'operation', lower(TG_OP),
                'sent_at', NOW(),
                'table', TG_TABLE_NAME,
                'type', 'table_changed_event'
            )::text
        );
    END IF;

    -- Return appropriate value based on the operation
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSE
        RETURN NULL; -- For TRUNCATE and other non-row-specific contexts
    END IF;

END;
$$;

CREATE TABLE public.interviews (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    kit_id uuid NOT NULL,
    kit_version integer NOT NULL,
    candidate_id uuid NOT NULL,
    state text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    starts_at timestamp with time zone,
    expires_at timestamp with time zone,
    clock_zero timestamp with time zone,
    ended_at timestamp with time zone,
    last_seq integer NOT NULL,
    head bytea NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    floor text DEFAULT 'ai'::text NOT NULL,
    covered text[] DEFAULT '{}'::text[] NOT NULL,
    assist_mode text DEFAULT 'ai_leads'::text NOT NULL,
    person_wanted_at timestamp with time zone,
    CONSTRAINT interviews_assist_mode CHECK ((assist_mode = ANY (ARRAY['ai_leads'::text, 'human_leads'::text, 'alternating'::text]))),
    CONSTRAINT interviews_floor CHECK ((floor ~ '^(ai|paused|human:[0-9a-f]{32})$'::text)),
    CONSTRAINT interviews_head_check CHECK ((octet_length(head) = 32)),
    CONSTRAINT interviews_last_seq_check CHECK ((last_seq >= 0)),
    CONSTRAINT interviews_state CHECK ((state = ANY (ARRAY['draft'::text, 'invited'::text, 'ready'::text, 'live'::text, 'paused'::text, 'ended'::text, 'scored'::text, 'decided'::text, 'declined'::text, 'expired'::text, 'cancelled'::text, 'human_path'::text])))
);

ALTER TABLE ONLY public.interviews FORCE ROW LEVEL SECURITY;

CREATE TABLE public.leases (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    epoch integer NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    agent text,
    token_digest bytea,
    claimed_at timestamp with time zone,
    heartbeat_at timestamp with time zone,
    closed boolean NOT NULL,
    previous_heartbeat_at timestamp with time zone,
    CONSTRAINT leases_epoch_check CHECK ((epoch >= 1)),
    CONSTRAINT leases_token_digest_check CHECK ((octet_length(token_digest) = 32))
);

ALTER TABLE ONLY public.leases FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.interviews_alive(since timestamp with time zone) RETURNS TABLE(tenant uuid, interview uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT i.tenant,
     i.interview_id
    FROM (public.interviews i
      LEFT JOIN public.leases l USING (tenant, interview_id))
   WHERE ((i.state = ANY (ARRAY['live'::text, 'paused'::text])) AND (GREATEST(i.created_at, l.opened_at, l.heartbeat_at) >= interviews_alive.since))
   ORDER BY i.created_at, i.interview_id;
END;

CREATE FUNCTION public.interviews_overdue(at timestamp with time zone, quiet_since timestamp with time zone, most integer) RETURNS TABLE(tenant uuid, interview uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT late.tenant,
     late.interview_id
    FROM ( SELECT i.tenant,
             i.interview_id,
             i.created_at
            FROM (public.interviews i
              LEFT JOIN public.leases l USING (tenant, interview_id))
           WHERE ((i.state = ANY (ARRAY['live'::text, 'paused'::text])) AND (GREATEST(i.created_at, l.opened_at, l.heartbeat_at) < interviews_overdue.quiet_since))
         UNION ALL
          SELECT i.tenant,
             i.interview_id,
             i.created_at
            FROM public.interviews i
           WHERE ((i.state = ANY (ARRAY['invited'::text, 'ready'::text])) AND (i.expires_at <= interviews_overdue.at))) late
   ORDER BY late.created_at, late.interview_id
  LIMIT interviews_overdue.most;
END;

CREATE TABLE public.tenant_settings (
    tenant uuid NOT NULL,
    allowed_origins text[] NOT NULL,
    sends_mail boolean NOT NULL,
    reply_to text,
    time_zone text NOT NULL,
    revision integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    blind_roles text[] DEFAULT '{interviewer,reviewer}'::text[] NOT NULL,
    shares_results boolean DEFAULT false NOT NULL,
    observers_may_hide boolean DEFAULT false NOT NULL,
    floor_returns_after_s integer DEFAULT 30 NOT NULL,
    interviewer_awaited_s integer DEFAULT 120 NOT NULL,
    CONSTRAINT tenant_settings_blind_roles_check CHECK ((blind_roles <@ '{recruiter,interviewer,reviewer}'::text[])),
    CONSTRAINT tenant_settings_floor_returns CHECK (((floor_returns_after_s >= 5) AND (floor_returns_after_s <= 600))),
    CONSTRAINT tenant_settings_interviewer_awaited CHECK (((interviewer_awaited_s >= 15) AND (interviewer_awaited_s <= 1800))),
    CONSTRAINT tenant_settings_revision_check CHECK ((revision > 1))
);

ALTER TABLE ONLY public.tenant_settings FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.is_allowed_origin(origin text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT (EXISTS ( SELECT
            FROM public.tenant_settings s
           WHERE (s.allowed_origins @> ARRAY[is_allowed_origin.origin]))) AS "exists";
END;

CREATE FUNCTION public.kit_is_frozen() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION 'kit % is published', OLD.kit_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'kit_is_frozen';
END
$$;

CREATE FUNCTION public.next_revision() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    RETURN NEW;
END
$$;

CREATE FUNCTION public.rating_needs_evidence() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.evidence AS e
        WHERE e.tenant = NEW.tenant AND e.scorecard_id = NEW.scorecard_id
            AND e.competency = NEW.competency
    ) THEN
        RAISE EXCEPTION 'a level needs evidence: % of scorecard %', NEW.competency, NEW.scorecard_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_needs_evidence';
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION public.rfc3339(at timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN replace(to_char((at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'::text), '.000000Z'::text, 'Z'::text);

CREATE FUNCTION public.running_interviews() RETURNS TABLE(tenant uuid, interview uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT i.tenant,
     i.interview_id
    FROM public.interviews i
   WHERE (i.state = ANY (ARRAY['live'::text, 'paused'::text]))
   ORDER BY i.created_at, i.interview_id;
END;

CREATE TABLE public.members (
    tenant uuid NOT NULL,
    member_id uuid NOT NULL,
    email text NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    password_hash text,
    on_call boolean DEFAULT false NOT NULL,
    CONSTRAINT members_role CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'recruiter'::text, 'interviewer'::text, 'reviewer'::text, 'auditor'::text])))
);

ALTER TABLE ONLY public.members FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.tenant_of_email(email text, among uuid) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT
         CASE count(*)
             WHEN 1 THEN (array_agg(m.tenant))[1]
             ELSE NULL::uuid
         END AS "case"
    FROM public.members m
   WHERE ((lower(m.email) = lower(tenant_of_email.email)) AND (m.removed_at IS NULL) AND (m.password_hash IS NOT NULL) AND ((tenant_of_email.among IS NULL) OR (m.tenant = tenant_of_email.among)));
END;

CREATE FUNCTION public.tenant_of_interview(interview uuid) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT i.tenant
    FROM public.interviews i
   WHERE (i.interview_id = tenant_of_interview.interview);
END;

CREATE TABLE public.invitations (
    tenant uuid NOT NULL,
    invitation_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    digest bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    redeemed_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    CONSTRAINT invitations_digest_check CHECK ((octet_length(digest) = 32))
);

ALTER TABLE ONLY public.invitations FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.tenant_of_invitation(digest bytea) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT i.tenant
    FROM public.invitations i
   WHERE (i.digest = tenant_of_invitation.digest);
END;

CREATE FUNCTION public.tenant_of_key(kid text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT k.tenant
    FROM public.api_keys k
   WHERE (k.kid = tenant_of_key.kid);
END;

CREATE TABLE public.member_sessions (
    tenant uuid NOT NULL,
    session_id uuid NOT NULL,
    member_id uuid NOT NULL,
    digest bytea NOT NULL,
    signed_in_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone NOT NULL,
    CONSTRAINT member_sessions_digest_check CHECK ((octet_length(digest) = 32)),
    CONSTRAINT member_sessions_signed_in_by CHECK ((signed_in_by = ANY (ARRAY['password'::text, 'setup_link'::text, 'oidc'::text])))
);

ALTER TABLE ONLY public.member_sessions FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.tenant_of_member_session(digest bytea) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT s.tenant
    FROM public.member_sessions s
   WHERE (s.digest = tenant_of_member_session.digest);
END;

CREATE FUNCTION public.tenant_of_session(digest bytea) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT s.tenant
    FROM public.candidate_sessions s
   WHERE (s.digest = tenant_of_session.digest);
END;

CREATE TABLE public.setup_links (
    tenant uuid NOT NULL,
    digest bytea NOT NULL,
    member_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT setup_links_digest_check CHECK ((octet_length(digest) = 32))
);

ALTER TABLE ONLY public.setup_links FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.tenant_of_setup_link(digest bytea) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT l.tenant
    FROM public.setup_links l
   WHERE (l.digest = tenant_of_setup_link.digest);
END;

CREATE TABLE public.accommodations (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    version integer NOT NULL,
    sealed_needs bytea NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    waits boolean DEFAULT false NOT NULL,
    CONSTRAINT accommodations_version_check CHECK ((version >= 1))
);

ALTER TABLE ONLY public.accommodations FORCE ROW LEVEL SECURITY;

CREATE TABLE public.answers (
    tenant uuid NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    status integer NOT NULL,
    sealed_body bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    about uuid
);

ALTER TABLE ONLY public.answers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.audit_ends (
    tenant uuid NOT NULL,
    seq integer NOT NULL,
    head bytea NOT NULL,
    mark bytea DEFAULT '\x'::bytea NOT NULL,
    CONSTRAINT audit_ends_head_check CHECK ((octet_length(head) = 32)),
    CONSTRAINT audit_ends_mark CHECK ((octet_length(mark) = ANY (ARRAY[0, 32]))),
    CONSTRAINT audit_ends_seq_check CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.audit_ends FORCE ROW LEVEL SECURITY;

CREATE TABLE public.audit_entries (
    tenant uuid NOT NULL,
    seq integer NOT NULL,
    entry_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_kind text NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    facts jsonb NOT NULL,
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_entries_actor CHECK ((actor_kind = ANY (ARRAY['member'::text, 'key'::text, 'candidate'::text, 'system'::text]))),
    CONSTRAINT audit_entries_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT audit_entries_prev_hash_check CHECK ((octet_length(prev_hash) = 32)),
    CONSTRAINT audit_entries_seq_check CHECK ((seq >= 1))
);

ALTER TABLE ONLY public.audit_entries FORCE ROW LEVEL SECURITY;

CREATE TABLE public.candidate_feedback (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    sealed_thought bytea NOT NULL,
    given_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.candidate_feedback FORCE ROW LEVEL SECURITY;

CREATE TABLE public.candidate_requests (
    tenant uuid NOT NULL,
    request_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    kind text NOT NULL,
    turn_id uuid,
    sealed_words bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    outcome text,
    sealed_answer bytea,
    settled_at timestamp with time zone,
    CONSTRAINT candidate_requests_kind CHECK ((kind = ANY (ARRAY['transcript'::text, 'access'::text, 'correction'::text, 'erasure'::text, 'human_review'::text, 'other'::text]))),
    CONSTRAINT candidate_requests_outcome CHECK ((outcome = ANY (ARRAY['granted'::text, 'refused'::text]))),
    CONSTRAINT candidate_requests_settled CHECK ((((outcome IS NULL) = (settled_at IS NULL)) AND ((outcome IS NULL) = (sealed_answer IS NULL)))),
    CONSTRAINT candidate_requests_turn CHECK (((kind = 'transcript'::text) = (turn_id IS NOT NULL)))
);

ALTER TABLE ONLY public.candidate_requests FORCE ROW LEVEL SECURITY;

CREATE TABLE public.candidates (
    tenant uuid NOT NULL,
    candidate_id uuid NOT NULL,
    sealed_name bytea NOT NULL,
    sealed_email bytea NOT NULL,
    language text,
    created_at timestamp with time zone NOT NULL,
    revision integer DEFAULT 1 NOT NULL
);

ALTER TABLE ONLY public.candidates FORCE ROW LEVEL SECURITY;

CREATE TABLE public.consents (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    number bigint NOT NULL,
    accepted boolean NOT NULL,
    notice_version text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.consents FORCE ROW LEVEL SECURITY;

ALTER TABLE public.consents ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.consents_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.data_keys (
    tenant uuid NOT NULL,
    key_id uuid NOT NULL,
    kind text NOT NULL,
    subject uuid NOT NULL,
    wrapped bytea,
    created_at timestamp with time zone NOT NULL,
    destroyed_at timestamp with time zone,
    CONSTRAINT data_keys_gone_or_there CHECK (((wrapped IS NULL) = (destroyed_at IS NOT NULL))),
    CONSTRAINT data_keys_kind CHECK ((kind = ANY (ARRAY['tenant'::text, 'interview'::text, 'candidate'::text])))
);

ALTER TABLE ONLY public.data_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE public.evidence (
    tenant uuid NOT NULL,
    scorecard_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    competency text NOT NULL,
    "position" integer NOT NULL,
    turn_id uuid NOT NULL,
    speaker text DEFAULT 'candidate'::text NOT NULL,
    start integer NOT NULL,
    sealed_quote bytea NOT NULL,
    CONSTRAINT evidence_speaker_check CHECK ((speaker = 'candidate'::text)),
    CONSTRAINT evidence_start_check CHECK ((start >= 0))
);

ALTER TABLE ONLY public.evidence FORCE ROW LEVEL SECURITY;

CREATE TABLE public.identity_providers (
    tenant uuid NOT NULL,
    issuer text NOT NULL,
    client_id text NOT NULL,
    sealed_client_secret bytea NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    revision integer DEFAULT (1 + (floor((random() * (1000000000)::double precision)))::integer) NOT NULL
);

ALTER TABLE ONLY public.identity_providers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.informed (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    since timestamp with time zone NOT NULL,
    CONSTRAINT informed_kind_check CHECK ((kind = ANY (ARRAY['member'::text, 'key'::text]))),
    CONSTRAINT informed_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)))
);

ALTER TABLE ONLY public.informed FORCE ROW LEVEL SECURITY;

CREATE TABLE public.interview_events (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    seq integer NOT NULL,
    event_id uuid NOT NULL,
    epoch integer NOT NULL,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    sealed_payload bytea NOT NULL,
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT interview_events_epoch_check CHECK ((epoch >= 0)),
    CONSTRAINT interview_events_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT interview_events_prev_hash_check CHECK ((octet_length(prev_hash) = 32)),
    CONSTRAINT interview_events_seq_check CHECK ((seq >= 1))
);

ALTER TABLE ONLY public.interview_events FORCE ROW LEVEL SECURITY;

CREATE TABLE public.jobs (
    tenant uuid NOT NULL,
    job_id uuid NOT NULL,
    title text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revision integer DEFAULT 1 NOT NULL
);

ALTER TABLE ONLY public.jobs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.kits (
    tenant uuid NOT NULL,
    kit_id uuid NOT NULL,
    job_id uuid NOT NULL,
    kit jsonb NOT NULL,
    version integer,
    created_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    revision integer DEFAULT 1 NOT NULL,
    CONSTRAINT kits_published_with_version CHECK (((version IS NULL) = (published_at IS NULL))),
    CONSTRAINT kits_version_check CHECK ((version >= 1))
);

ALTER TABLE ONLY public.kits FORCE ROW LEVEL SECURITY;

CREATE TABLE public.mails (
    tenant uuid NOT NULL,
    mail_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    kind text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    useless_after timestamp with time zone NOT NULL,
    next_at timestamp with time zone,
    calendar text,
    sequence integer,
    entry_at timestamp with time zone,
    state text NOT NULL,
    attempts integer NOT NULL,
    trouble text,
    ended_at timestamp with time zone,
    invitation_id uuid,
    sealed_link bytea,
    may_be_out boolean DEFAULT true NOT NULL,
    CONSTRAINT mails_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT mails_calendar CHECK ((calendar = ANY (ARRAY['request'::text, 'cancel'::text]))),
    CONSTRAINT mails_calendar_whole CHECK ((num_nulls(calendar, sequence, entry_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT mails_due CHECK (((state = 'waiting'::text) = (next_at IS NOT NULL))),
    CONSTRAINT mails_keep_no_link CHECK (((state = 'waiting'::text) OR (sealed_link IS NULL))),
    CONSTRAINT mails_kind CHECK ((kind = ANY (ARRAY['invitation'::text, 'reminder_24h'::text, 'reminder_1h'::text, 'rescheduled'::text, 'extended'::text, 'cancelled'::text, 'answered'::text]))),
    CONSTRAINT mails_over CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
    CONSTRAINT mails_sent_are_out CHECK (((state <> 'sent'::text) OR may_be_out)),
    CONSTRAINT mails_sequence_check CHECK ((sequence >= 0)),
    CONSTRAINT mails_state CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'dropped'::text]))),
    CONSTRAINT mails_trouble CHECK ((trouble = ANY (ARRAY['refused'::text, 'address'::text, 'not_configured'::text, 'busy'::text, 'unreachable'::text, 'timeout'::text, 'unanswered'::text, 'tls'::text, 'login'::text, 'folder'::text, 'erased'::text, 'overtaken'::text, 'late'::text])))
);

ALTER TABLE ONLY public.mails FORCE ROW LEVEL SECURITY;

CREATE TABLE public.model_replies (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    asked bytea NOT NULL,
    sealed_reply bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT model_replies_asked_check CHECK ((octet_length(asked) = 32))
);

ALTER TABLE ONLY public.model_replies FORCE ROW LEVEL SECURITY;

CREATE TABLE public.notes (
    tenant uuid NOT NULL,
    note_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    author_kind text NOT NULL,
    author text NOT NULL,
    at_ms integer,
    turn_id uuid,
    sealed_note bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT notes_at_ms_check CHECK ((at_ms >= 0)),
    CONSTRAINT notes_author CHECK ((author_kind = ANY (ARRAY['member'::text, 'key'::text])))
);

ALTER TABLE ONLY public.notes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.pgqueuer (
    id bigint NOT NULL,
    priority integer NOT NULL,
    queue_manager_id uuid,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    execute_after timestamp with time zone DEFAULT now() NOT NULL,
    status public.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL,
    dedupe_key text,
    payload bytea,
    headers jsonb,
    attempts integer DEFAULT 0 NOT NULL,
    slot bigint
);

CREATE SEQUENCE public.pgqueuer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.pgqueuer_id_seq OWNED BY public.pgqueuer.id;

CREATE TABLE public.pgqueuer_log (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    job_id bigint NOT NULL,
    status public.pgqueuer_status NOT NULL,
    priority integer NOT NULL,
    entrypoint text NOT NULL,
    traceback jsonb,
    aggregated boolean DEFAULT false
);

ALTER TABLE public.pgqueuer_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pgqueuer_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.pgqueuer_schedules (
    id bigint NOT NULL,
    expression text NOT NULL,
    entrypoint text NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    next_run timestamp with time zone DEFAULT now() NOT NULL,
    last_run timestamp with time zone,
    status public.pgqueuer_status DEFAULT 'queued'::public.pgqueuer_status
);

CREATE SEQUENCE public.pgqueuer_schedules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.pgqueuer_schedules_id_seq OWNED BY public.pgqueuer_schedules.id;

CREATE TABLE public.pgqueuer_statistics (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT date_trunc('sec'::text, now()) NOT NULL,
    count bigint NOT NULL,
    priority integer NOT NULL,
    status public.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL
);

CREATE SEQUENCE public.pgqueuer_statistics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.pgqueuer_statistics_id_seq OWNED BY public.pgqueuer_statistics.id;

CREATE TABLE public.providers (
    tenant uuid NOT NULL,
    sealed_chains bytea NOT NULL,
    revision integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT providers_revision_check CHECK ((revision > 1))
);

ALTER TABLE ONLY public.providers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.rater_trials (
    trial_id uuid NOT NULL,
    rater text NOT NULL,
    rater_version text NOT NULL,
    model text,
    prompt_hash text,
    gate text NOT NULL,
    reached text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    endpoint text
);

CREATE TABLE public.ratings (
    tenant uuid NOT NULL,
    scorecard_id uuid NOT NULL,
    competency text NOT NULL,
    "position" integer NOT NULL,
    level integer,
    not_assessed text,
    runs integer NOT NULL,
    spread integer NOT NULL,
    sealed_reason bytea NOT NULL,
    with_flagged_level integer,
    with_flagged_why text,
    carried_from uuid,
    CONSTRAINT ratings_level_check CHECK (((level >= 1) AND (level <= 5))),
    CONSTRAINT ratings_level_or_reason CHECK (((level IS NULL) = (not_assessed IS NOT NULL))),
    CONSTRAINT ratings_not_assessed CHECK ((not_assessed = ANY (ARRAY['no_evidence'::text, 'disagreement'::text, 'too_few_runs'::text, 'transcript'::text, 'not_asked'::text, 'not_filed'::text, 'no_indicators'::text]))),
    CONSTRAINT ratings_with_flagged CHECK (((with_flagged_level IS NULL) OR (with_flagged_why IS NULL))),
    CONSTRAINT ratings_with_flagged_level_check CHECK (((with_flagged_level >= 1) AND (with_flagged_level <= 5))),
    CONSTRAINT ratings_with_flagged_why CHECK ((with_flagged_why = ANY (ARRAY['no_evidence'::text, 'disagreement'::text, 'too_few_runs'::text, 'transcript'::text, 'not_asked'::text, 'not_filed'::text, 'no_indicators'::text])))
);

ALTER TABLE ONLY public.ratings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.recordings (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    participant text NOT NULL,
    index integer NOT NULL,
    epoch integer NOT NULL,
    started_ms integer NOT NULL,
    duration_ms integer NOT NULL,
    sha256 text NOT NULL,
    object_key text NOT NULL,
    CONSTRAINT recordings_index_check CHECK ((index >= 0))
);

ALTER TABLE ONLY public.recordings FORCE ROW LEVEL SECURITY;

CREATE TABLE public.schema_migrations (
    name text NOT NULL,
    checksum bytea NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.scorecards (
    tenant uuid NOT NULL,
    scorecard_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    kit_version integer NOT NULL,
    rater text NOT NULL,
    rater_version text NOT NULL,
    model text,
    prompt_hash text,
    transcript_seq integer NOT NULL,
    total numeric(3,2),
    coverage numeric(3,2) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sealed_person bytea,
    sealed_flags bytea,
    released boolean,
    CONSTRAINT scorecards_coverage_check CHECK (((coverage >= (0)::numeric) AND (coverage <= (1)::numeric))),
    CONSTRAINT scorecards_total_check CHECK (((total >= (1)::numeric) AND (total <= (5)::numeric)))
);

ALTER TABLE ONLY public.scorecards FORCE ROW LEVEL SECURITY;

CREATE TABLE public.seat_proofs (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    member_id uuid NOT NULL,
    mark text NOT NULL,
    session_id uuid,
    kid text,
    CONSTRAINT seat_proofs_one CHECK ((num_nonnulls(session_id, kid) = 1))
);

ALTER TABLE ONLY public.seat_proofs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.seats (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    member_id uuid NOT NULL,
    role text NOT NULL,
    hidden boolean NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    CONSTRAINT seats_role CHECK ((role = ANY (ARRAY['interviewer'::text, 'observer'::text])))
);

ALTER TABLE ONLY public.seats FORCE ROW LEVEL SECURITY;

CREATE TABLE public.signin_attempts (
    mark bytea NOT NULL,
    count integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    CONSTRAINT signin_attempts_count_check CHECK ((count >= 0)),
    CONSTRAINT signin_attempts_mark_check CHECK ((octet_length(mark) = 32))
);

CREATE TABLE public.turns (
    tenant uuid NOT NULL,
    interview_id uuid NOT NULL,
    turn_id uuid NOT NULL,
    seq integer NOT NULL,
    version integer NOT NULL,
    speaker text NOT NULL,
    identity text NOT NULL,
    question text,
    line text,
    sealed_speech bytea NOT NULL,
    started_ms integer NOT NULL,
    ended_ms integer,
    confidence double precision,
    cut_off boolean NOT NULL,
    withdrawn boolean NOT NULL,
    complete boolean NOT NULL,
    typed boolean DEFAULT false NOT NULL,
    CONSTRAINT turns_speaker CHECK ((speaker = ANY (ARRAY['ai'::text, 'candidate'::text, 'interviewer'::text])))
);

ALTER TABLE ONLY public.turns FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhook_attempts (
    tenant uuid NOT NULL,
    webhook_id uuid NOT NULL,
    event_id uuid NOT NULL,
    number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    status integer,
    failure text,
    duration_ms integer NOT NULL,
    CONSTRAINT webhook_attempts_failure CHECK ((failure = ANY (ARRAY['address'::text, 'dns'::text, 'connect'::text, 'tls'::text, 'timeout'::text, 'protocol'::text, 'too_large'::text, 'redirect'::text, 'gone'::text, 'status'::text]))),
    CONSTRAINT webhook_attempts_number_check CHECK ((number >= 1))
);

ALTER TABLE ONLY public.webhook_attempts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhook_deliveries (
    tenant uuid NOT NULL,
    webhook_id uuid NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    interview_id uuid NOT NULL,
    state text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    status text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone,
    attempts integer NOT NULL,
    tries integer NOT NULL,
    ended_at timestamp with time zone,
    on_call uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT webhook_deliveries_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT webhook_deliveries_due CHECK (((status = 'waiting'::text) = (next_at IS NOT NULL))),
    CONSTRAINT webhook_deliveries_over CHECK (((status = 'waiting'::text) = (ended_at IS NULL))),
    CONSTRAINT webhook_deliveries_status CHECK ((status = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text, 'held'::text]))),
    CONSTRAINT webhook_deliveries_tries_check CHECK ((tries >= 0))
);

ALTER TABLE ONLY public.webhook_deliveries FORCE ROW LEVEL SECURITY;

CREATE TABLE public.webhooks (
    tenant uuid NOT NULL,
    webhook_id uuid NOT NULL,
    sealed_url bytea NOT NULL,
    description text NOT NULL,
    types text[] NOT NULL,
    sealed_secret bytea NOT NULL,
    sealed_retired bytea,
    retired_until timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    disabled_reason text,
    disabled_at timestamp with time zone,
    failing_since timestamp with time zone,
    revision integer DEFAULT 1 NOT NULL,
    CONSTRAINT webhooks_reason CHECK ((disabled_reason = ANY (ARRAY['by_hand'::text, 'failing'::text, 'gone'::text]))),
    CONSTRAINT webhooks_reason_with_time CHECK (((disabled_reason IS NULL) = (disabled_at IS NULL))),
    CONSTRAINT webhooks_retired_with_time CHECK (((sealed_retired IS NULL) = (retired_until IS NULL))),
    CONSTRAINT webhooks_types CHECK ((types <@ ARRAY['interview.invited'::text, 'interview.ready'::text, 'interview.started'::text, 'interview.paused'::text, 'interview.resumed'::text, 'interview.ended'::text, 'interview.scored'::text, 'interview.decided'::text, 'interview.declined'::text, 'interview.expired'::text, 'interview.cancelled'::text, 'interview.human_path'::text, 'interview.requested'::text, 'interview.relief_wanted'::text])),
    CONSTRAINT webhooks_version_check CHECK ((version >= 1))
);

ALTER TABLE ONLY public.webhooks FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.pgqueuer ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_id_seq'::regclass);

ALTER TABLE ONLY public.pgqueuer_schedules ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_schedules_id_seq'::regclass);

ALTER TABLE ONLY public.pgqueuer_statistics ALTER COLUMN id SET DEFAULT nextval('public.pgqueuer_statistics_id_seq'::regclass);

ALTER TABLE ONLY public.accommodations
    ADD CONSTRAINT accommodations_pkey PRIMARY KEY (tenant, interview_id);

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (tenant, key);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_by_tenant UNIQUE (tenant, kid);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (kid);

ALTER TABLE ONLY public.audit_ends
    ADD CONSTRAINT audit_ends_pkey PRIMARY KEY (tenant);

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (tenant, seq);

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_tenant_entry_id_key UNIQUE (tenant, entry_id);

ALTER TABLE ONLY public.candidate_feedback
    ADD CONSTRAINT candidate_feedback_pkey PRIMARY KEY (tenant, interview_id);

ALTER TABLE ONLY public.candidate_requests
    ADD CONSTRAINT candidate_requests_pkey PRIMARY KEY (tenant, request_id);

ALTER TABLE ONLY public.candidate_sessions
    ADD CONSTRAINT candidate_sessions_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY public.candidates
    ADD CONSTRAINT candidates_pkey PRIMARY KEY (tenant, candidate_id);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_pkey PRIMARY KEY (tenant, interview_id, number);

ALTER TABLE ONLY public.data_keys
    ADD CONSTRAINT data_keys_pkey PRIMARY KEY (tenant, key_id);

ALTER TABLE ONLY public.data_keys
    ADD CONSTRAINT data_keys_tenant_kind_subject_key UNIQUE (tenant, kind, subject);

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_pkey PRIMARY KEY (tenant, scorecard_id, competency, "position");

ALTER TABLE ONLY public.identity_providers
    ADD CONSTRAINT identity_providers_pkey PRIMARY KEY (tenant);

ALTER TABLE ONLY public.informed
    ADD CONSTRAINT informed_pkey PRIMARY KEY (tenant, interview_id, kind, name);

ALTER TABLE ONLY public.interview_events
    ADD CONSTRAINT interview_events_by_id UNIQUE (event_id, interview_id, tenant);

ALTER TABLE ONLY public.interview_events
    ADD CONSTRAINT interview_events_pkey PRIMARY KEY (tenant, interview_id, seq);

ALTER TABLE ONLY public.interviews
    ADD CONSTRAINT interviews_interview_id_key UNIQUE (interview_id);

ALTER TABLE ONLY public.interviews
    ADD CONSTRAINT interviews_pkey PRIMARY KEY (tenant, interview_id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (tenant, invitation_id);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (tenant, job_id);

ALTER TABLE ONLY public.kits
    ADD CONSTRAINT kits_pkey PRIMARY KEY (tenant, kit_id);

ALTER TABLE ONLY public.kits
    ADD CONSTRAINT kits_tenant_job_id_version_key UNIQUE (tenant, job_id, version);

ALTER TABLE ONLY public.kits
    ADD CONSTRAINT kits_tenant_kit_id_version_key UNIQUE (tenant, kit_id, version);

ALTER TABLE ONLY public.leases
    ADD CONSTRAINT leases_pkey PRIMARY KEY (tenant, interview_id);

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_pkey PRIMARY KEY (tenant, mail_id);

ALTER TABLE ONLY public.member_sessions
    ADD CONSTRAINT member_sessions_digest_key UNIQUE (digest);

ALTER TABLE ONLY public.member_sessions
    ADD CONSTRAINT member_sessions_pkey PRIMARY KEY (tenant, session_id);

ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (tenant, member_id);

ALTER TABLE ONLY public.model_replies
    ADD CONSTRAINT model_replies_pkey PRIMARY KEY (tenant, interview_id, asked);

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (tenant, note_id);

ALTER TABLE ONLY public.pgqueuer_log
    ADD CONSTRAINT pgqueuer_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pgqueuer
    ADD CONSTRAINT pgqueuer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_expression_entrypoint_key UNIQUE (expression, entrypoint);

ALTER TABLE ONLY public.pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pgqueuer_statistics
    ADD CONSTRAINT pgqueuer_statistics_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers
    ADD CONSTRAINT providers_pkey PRIMARY KEY (tenant);

ALTER TABLE ONLY public.rater_trials
    ADD CONSTRAINT rater_trials_pkey PRIMARY KEY (trial_id);

ALTER TABLE ONLY public.ratings
    ADD CONSTRAINT ratings_pkey PRIMARY KEY (tenant, scorecard_id, competency);

ALTER TABLE ONLY public.recordings
    ADD CONSTRAINT recordings_pkey PRIMARY KEY (tenant, interview_id, participant, epoch, index);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.scorecards
    ADD CONSTRAINT scorecards_pkey PRIMARY KEY (tenant, scorecard_id);

ALTER TABLE ONLY public.scorecards
    ADD CONSTRAINT scorecards_tenant_scorecard_id_interview_id_key UNIQUE (tenant, scorecard_id, interview_id);

ALTER TABLE ONLY public.seat_proofs
    ADD CONSTRAINT seat_proofs_pkey PRIMARY KEY (tenant, interview_id, member_id, mark);

ALTER TABLE ONLY public.seats
    ADD CONSTRAINT seats_pkey PRIMARY KEY (tenant, interview_id, member_id);

ALTER TABLE ONLY public.setup_links
    ADD CONSTRAINT setup_links_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY public.signin_attempts
    ADD CONSTRAINT signin_attempts_pkey PRIMARY KEY (mark);

ALTER TABLE ONLY public.tenant_settings
    ADD CONSTRAINT tenant_settings_pkey PRIMARY KEY (tenant);

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (tenant);

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT turns_pkey PRIMARY KEY (tenant, interview_id, turn_id);

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT turns_tenant_interview_id_turn_id_speaker_key UNIQUE (tenant, interview_id, turn_id, speaker);

ALTER TABLE ONLY public.webhook_attempts
    ADD CONSTRAINT webhook_attempts_pkey PRIMARY KEY (tenant, webhook_id, event_id, number);

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (tenant, webhook_id, event_id);

ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhooks_pkey PRIMARY KEY (tenant, webhook_id);

CREATE INDEX accommodations_waiting ON public.accommodations USING btree (tenant, interview_id) WHERE waits;

CREATE INDEX answers_by_age ON public.answers USING btree (tenant, created_at);

CREATE INDEX api_keys_by_age ON public.api_keys USING btree (tenant, created_at, kid COLLATE "C");

CREATE INDEX audit_entries_of_subject ON public.audit_entries USING btree (tenant, subject, seq);

CREATE INDEX candidate_requests_by_age ON public.candidate_requests USING btree (tenant, created_at, request_id);

CREATE INDEX candidate_requests_of_interview ON public.candidate_requests USING btree (tenant, interview_id, created_at, request_id);

CREATE INDEX candidate_requests_open ON public.candidate_requests USING btree (tenant, created_at, request_id) WHERE (outcome IS NULL);

CREATE INDEX candidate_sessions_of_interview ON public.candidate_sessions USING btree (tenant, interview_id);

CREATE INDEX candidates_by_age ON public.candidates USING btree (tenant, created_at, candidate_id);

CREATE INDEX decisions_of_interview ON public.interview_events USING btree (tenant, interview_id, seq) WHERE (kind = 'decision_made'::text);

CREATE INDEX interviews_awaited ON public.interviews USING btree (expires_at) WHERE (state = ANY (ARRAY['invited'::text, 'ready'::text]));

CREATE INDEX interviews_by_age ON public.interviews USING btree (tenant, created_at, interview_id);

CREATE INDEX interviews_by_start ON public.interviews USING btree (tenant, COALESCE(starts_at, '9999-01-01 00:00:00+00'::timestamp with time zone), interview_id);

CREATE INDEX interviews_in_state ON public.interviews USING btree (tenant, state, created_at, interview_id);

CREATE INDEX interviews_of_candidate ON public.interviews USING btree (tenant, candidate_id, created_at, interview_id);

CREATE INDEX interviews_of_kit ON public.interviews USING btree (tenant, kit_id, created_at, interview_id);

CREATE INDEX interviews_of_kit_by_name ON public.interviews USING btree (tenant, kit_id, interview_id);

CREATE INDEX interviews_running ON public.interviews USING btree (interview_id) WHERE (state = ANY (ARRAY['live'::text, 'paused'::text]));

CREATE INDEX interviews_wanting_a_person ON public.interviews USING btree (tenant, person_wanted_at) WHERE (person_wanted_at IS NOT NULL);

CREATE INDEX invitations_of_interview ON public.invitations USING btree (tenant, interview_id);

CREATE INDEX jobs_by_age ON public.jobs USING btree (tenant, created_at, job_id);

CREATE INDEX kits_by_age ON public.kits USING btree (tenant, created_at, kit_id);

CREATE INDEX kits_of_job ON public.kits USING btree (tenant, job_id, created_at, kit_id);

CREATE INDEX kits_of_job_by_name ON public.kits USING btree (tenant, job_id, kit_id);

CREATE INDEX mails_of_interview ON public.mails USING btree (tenant, interview_id, created_at, mail_id);

CREATE INDEX mails_waiting ON public.mails USING btree (tenant, next_at) WHERE (state = 'waiting'::text);

CREATE INDEX member_sessions_of_member ON public.member_sessions USING btree (tenant, member_id, expires_at);

CREATE INDEX members_by_age ON public.members USING btree (tenant, created_at, member_id);

CREATE UNIQUE INDEX members_by_email ON public.members USING btree (lower(email), tenant) WHERE (removed_at IS NULL);

CREATE INDEX notes_by_age ON public.notes USING btree (tenant, interview_id, created_at, note_id);

CREATE INDEX notes_of_interview_by_name ON public.notes USING btree (tenant, interview_id, note_id);

CREATE INDEX pgqueuer_ep_ea_idx ON public.pgqueuer USING btree (entrypoint, execute_after) WHERE (status = 'queued'::public.pgqueuer_status);

CREATE INDEX pgqueuer_ep_prio_id_idx ON public.pgqueuer USING btree (entrypoint, priority DESC, id) WHERE (status = 'queued'::public.pgqueuer_status);

CREATE INDEX pgqueuer_log_created ON public.pgqueuer_log USING btree (created);

CREATE INDEX pgqueuer_log_job_id_status ON public.pgqueuer_log USING btree (job_id, created DESC);

CREATE INDEX pgqueuer_log_not_aggregated ON public.pgqueuer_log USING btree ((1)) WHERE (NOT aggregated);

CREATE INDEX pgqueuer_log_status ON public.pgqueuer_log USING btree (status);

CREATE INDEX pgqueuer_picked_heartbeat_idx ON public.pgqueuer USING btree (heartbeat) WHERE (status = 'picked'::public.pgqueuer_status);

CREATE UNIQUE INDEX pgqueuer_picked_slot_idx ON public.pgqueuer USING btree (entrypoint, slot) WHERE ((status = 'picked'::public.pgqueuer_status) AND (slot IS NOT NULL));

CREATE INDEX pgqueuer_priority_id_id1_idx ON public.pgqueuer USING btree (priority, id DESC) INCLUDE (id) WHERE (status = 'queued'::public.pgqueuer_status);

CREATE INDEX pgqueuer_queue_manager_id_idx ON public.pgqueuer USING btree (queue_manager_id) WHERE (queue_manager_id IS NOT NULL);

CREATE UNIQUE INDEX pgqueuer_statistics_unique_count ON public.pgqueuer_statistics USING btree (priority, date_trunc('sec'::text, timezone('UTC'::text, created)), status, entrypoint);

CREATE UNIQUE INDEX pgqueuer_unique_dedupe_key ON public.pgqueuer USING btree (dedupe_key) WHERE ((status = ANY (ARRAY['queued'::public.pgqueuer_status, 'picked'::public.pgqueuer_status])) AND (dedupe_key IS NOT NULL));

CREATE INDEX pgqueuer_updated_id_id1_idx ON public.pgqueuer USING btree (updated, id DESC) INCLUDE (id) WHERE (status = 'picked'::public.pgqueuer_status);

CREATE INDEX rater_trials_of ON public.rater_trials USING btree (rater, rater_version, created_at DESC, trial_id DESC);

CREATE INDEX scorecards_of_interview ON public.scorecards USING btree (tenant, interview_id, created_at);

CREATE INDEX seats_of_member ON public.seats USING btree (tenant, member_id);

CREATE INDEX setup_links_of_member ON public.setup_links USING btree (tenant, member_id);

CREATE INDEX signin_attempts_by_age ON public.signin_attempts USING btree (last_at);

CREATE INDEX tenant_settings_by_origin ON public.tenant_settings USING gin (allowed_origins);

CREATE INDEX webhook_deliveries_by_age ON public.webhook_deliveries USING btree (tenant, webhook_id, created_at, event_id);

CREATE INDEX webhook_deliveries_over ON public.webhook_deliveries USING btree (tenant, ended_at);

CREATE INDEX webhook_deliveries_waiting ON public.webhook_deliveries USING btree (tenant, next_at) WHERE (status = 'waiting'::text);

CREATE INDEX webhooks_by_age ON public.webhooks USING btree (tenant, created_at, webhook_id);

CREATE TRIGGER kit_is_frozen BEFORE UPDATE ON public.kits FOR EACH ROW WHEN ((old.version IS NOT NULL)) EXECUTE FUNCTION public.kit_is_frozen();

CREATE TRIGGER kit_stays_when_published BEFORE DELETE ON public.kits FOR EACH ROW WHEN ((old.version IS NOT NULL)) EXECUTE FUNCTION public.kit_is_frozen();

CREATE TRIGGER next_revision BEFORE UPDATE ON public.candidates FOR EACH ROW EXECUTE FUNCTION public.next_revision();

CREATE TRIGGER next_revision BEFORE UPDATE ON public.identity_providers FOR EACH ROW EXECUTE FUNCTION public.next_revision();

CREATE TRIGGER next_revision BEFORE UPDATE ON public.interviews FOR EACH ROW WHEN ((((((old.state IS DISTINCT FROM new.state) OR (old.starts_at IS DISTINCT FROM new.starts_at)) OR (old.expires_at IS DISTINCT FROM new.expires_at)) OR (old.clock_zero IS DISTINCT FROM new.clock_zero)) OR (old.ended_at IS DISTINCT FROM new.ended_at))) EXECUTE FUNCTION public.next_revision();

CREATE TRIGGER next_revision BEFORE UPDATE ON public.jobs FOR EACH ROW EXECUTE FUNCTION public.next_revision();

CREATE TRIGGER next_revision BEFORE UPDATE ON public.kits FOR EACH ROW EXECUTE FUNCTION public.next_revision();

CREATE TRIGGER next_revision BEFORE UPDATE ON public.webhooks FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.next_revision();

CREATE CONSTRAINT TRIGGER rating_needs_evidence AFTER INSERT OR UPDATE ON public.ratings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.level IS NOT NULL)) EXECUTE FUNCTION public.rating_needs_evidence();

CREATE TRIGGER tg_pgqueuer_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.pgqueuer FOR EACH STATEMENT EXECUTE FUNCTION public.fn_pgqueuer_changed();

ALTER TABLE ONLY public.accommodations
    ADD CONSTRAINT accommodations_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_about_a_candidate FOREIGN KEY (tenant, about) REFERENCES public.candidates(tenant, candidate_id);

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(tenant);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_of_member FOREIGN KEY (tenant, member_id) REFERENCES public.members(tenant, member_id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(tenant);

ALTER TABLE ONLY public.audit_ends
    ADD CONSTRAINT audit_ends_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(tenant);

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(tenant);

ALTER TABLE ONLY public.candidate_feedback
    ADD CONSTRAINT candidate_feedback_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.candidate_requests
    ADD CONSTRAINT candidate_requests_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.candidate_requests
    ADD CONSTRAINT candidate_requests_tenant_interview_id_turn_id_fkey FOREIGN KEY (tenant, interview_id, turn_id) REFERENCES public.turns(tenant, interview_id, turn_id);

ALTER TABLE ONLY public.candidate_sessions
    ADD CONSTRAINT candidate_sessions_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.candidates
    ADD CONSTRAINT candidates_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(tenant);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.data_keys
    ADD CONSTRAINT data_keys_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(tenant);

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_is_a_turn_of_the_candidate FOREIGN KEY (tenant, interview_id, turn_id, speaker) REFERENCES public.turns(tenant, interview_id, turn_id, speaker);

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_tenant_scorecard_id_competency_fkey FOREIGN KEY (tenant, scorecard_id, competency) REFERENCES public.ratings(tenant, scorecard_id, competency);

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT evidence_tenant_scorecard_id_interview_id_fkey FOREIGN KEY (tenant, scorecard_id, interview_id) REFERENCES public.scorecards(tenant, scorecard_id, interview_id);

ALTER TABLE ONLY public.identity_providers
    ADD CONSTRAINT identity_providers_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(tenant);

ALTER TABLE ONLY public.informed
    ADD CONSTRAINT informed_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.interview_events
    ADD CONSTRAINT interview_events_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.interviews
    ADD CONSTRAINT interviews_tenant_candidate_id_fkey FOREIGN KEY (tenant, candidate_id) REFERENCES public.candidates(tenant, candidate_id);

ALTER TABLE ONLY public.interviews
    ADD CONSTRAINT interviews_tenant_kit_id_kit_version_fkey FOREIGN KEY (tenant, kit_id, kit_version) REFERENCES public.kits(tenant, kit_id, version);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(tenant);

ALTER TABLE ONLY public.kits
    ADD CONSTRAINT kits_tenant_job_id_fkey FOREIGN KEY (tenant, job_id) REFERENCES public.jobs(tenant, job_id);

ALTER TABLE ONLY public.leases
    ADD CONSTRAINT leases_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_tenant_candidate_id_fkey FOREIGN KEY (tenant, candidate_id) REFERENCES public.candidates(tenant, candidate_id);

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_tenant_invitation_id_fkey FOREIGN KEY (tenant, invitation_id) REFERENCES public.invitations(tenant, invitation_id);

ALTER TABLE ONLY public.member_sessions
    ADD CONSTRAINT member_sessions_tenant_member_id_fkey FOREIGN KEY (tenant, member_id) REFERENCES public.members(tenant, member_id);

ALTER TABLE ONLY public.members
    ADD CONSTRAINT members_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(tenant);

ALTER TABLE ONLY public.model_replies
    ADD CONSTRAINT model_replies_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_tenant_interview_id_turn_id_fkey FOREIGN KEY (tenant, interview_id, turn_id) REFERENCES public.turns(tenant, interview_id, turn_id);

ALTER TABLE ONLY public.providers
    ADD CONSTRAINT providers_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(tenant);

ALTER TABLE ONLY public.ratings
    ADD CONSTRAINT ratings_carried_from FOREIGN KEY (tenant, carried_from) REFERENCES public.scorecards(tenant, scorecard_id);

ALTER TABLE ONLY public.ratings
    ADD CONSTRAINT ratings_tenant_scorecard_id_fkey FOREIGN KEY (tenant, scorecard_id) REFERENCES public.scorecards(tenant, scorecard_id);

ALTER TABLE ONLY public.recordings
    ADD CONSTRAINT recordings_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.scorecards
    ADD CONSTRAINT scorecards_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.seat_proofs
    ADD CONSTRAINT seat_proofs_tenant_interview_id_member_id_fkey FOREIGN KEY (tenant, interview_id, member_id) REFERENCES public.seats(tenant, interview_id, member_id);

ALTER TABLE ONLY public.seat_proofs
    ADD CONSTRAINT seat_proofs_tenant_kid_fkey FOREIGN KEY (tenant, kid) REFERENCES public.api_keys(tenant, kid);

ALTER TABLE ONLY public.seat_proofs
    ADD CONSTRAINT seat_proofs_tenant_session_id_fkey FOREIGN KEY (tenant, session_id) REFERENCES public.member_sessions(tenant, session_id);

ALTER TABLE ONLY public.seats
    ADD CONSTRAINT seats_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.seats
    ADD CONSTRAINT seats_tenant_member_id_fkey FOREIGN KEY (tenant, member_id) REFERENCES public.members(tenant, member_id);

ALTER TABLE ONLY public.setup_links
    ADD CONSTRAINT setup_links_tenant_member_id_fkey FOREIGN KEY (tenant, member_id) REFERENCES public.members(tenant, member_id);

ALTER TABLE ONLY public.tenant_settings
    ADD CONSTRAINT tenant_settings_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(tenant);

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT turns_tenant_interview_id_seq_fkey FOREIGN KEY (tenant, interview_id, seq) REFERENCES public.interview_events(tenant, interview_id, seq);

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT turns_tenant_interview_id_version_fkey FOREIGN KEY (tenant, interview_id, version) REFERENCES public.interview_events(tenant, interview_id, seq);

ALTER TABLE ONLY public.webhook_attempts
    ADD CONSTRAINT webhook_attempts_tenant_webhook_id_event_id_fkey FOREIGN KEY (tenant, webhook_id, event_id) REFERENCES public.webhook_deliveries(tenant, webhook_id, event_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_tenant_interview_id_fkey FOREIGN KEY (tenant, interview_id) REFERENCES public.interviews(tenant, interview_id);

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_tenant_webhook_id_fkey FOREIGN KEY (tenant, webhook_id) REFERENCES public.webhooks(tenant, webhook_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhooks_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(tenant);

ALTER TABLE public.accommodations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.answers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.api_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_ends ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_entries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.candidate_feedback ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.candidate_requests ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.candidate_sessions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.candidates ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.consents ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.data_keys ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.evidence ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.identity_providers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.informed ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.interview_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.interviews ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.invitations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.kits ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.leases ENABLE ROW LEVEL SECURITY;

CREATE POLICY lookup ON public.api_keys FOR SELECT TO vivavoce_owner USING (true);

CREATE POLICY lookup ON public.candidate_sessions FOR SELECT TO vivavoce_owner USING (true);

CREATE POLICY lookup ON public.interviews FOR SELECT TO vivavoce_owner USING (true);

CREATE POLICY lookup ON public.invitations FOR SELECT TO vivavoce_owner USING (true);

CREATE POLICY lookup ON public.leases FOR SELECT TO vivavoce_owner USING (true);

CREATE POLICY lookup ON public.member_sessions FOR SELECT TO vivavoce_owner USING (true);

CREATE POLICY lookup ON public.members FOR SELECT TO vivavoce_owner USING (true);

CREATE POLICY lookup ON public.setup_links FOR SELECT TO vivavoce_owner USING (true);

CREATE POLICY lookup ON public.tenant_settings FOR SELECT TO vivavoce_owner USING (true);

CREATE POLICY lookup ON public.tenants FOR SELECT TO vivavoce_owner USING (true);

ALTER TABLE public.mails ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.member_sessions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.members ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.model_replies ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;

CREATE POLICY of_tenant ON public.accommodations USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.answers USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.api_keys USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.audit_ends USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.audit_entries USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.candidate_feedback USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.candidate_requests USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.candidate_sessions USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.candidates USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.consents USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.data_keys USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.evidence USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.identity_providers USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.informed USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.interview_events USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.interviews USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.invitations USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.jobs USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.kits USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.leases USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.mails USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.member_sessions USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.members USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.model_replies USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.notes USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.providers USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.ratings USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.recordings USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.scorecards USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.seat_proofs USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.seats USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.setup_links USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.tenant_settings USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.tenants USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.turns USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.webhook_attempts USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.webhook_deliveries USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

CREATE POLICY of_tenant ON public.webhooks USING ((tenant = (NULLIF(current_setting('vivavoce.tenant'::text, true), ''::text))::uuid));

ALTER TABLE public.providers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ratings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.recordings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.scorecards ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.seat_proofs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.seats ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.setup_links ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.tenant_settings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.tenants ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.turns ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.webhook_attempts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.webhook_deliveries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.webhooks ENABLE ROW LEVEL SECURITY;

GRANT SELECT,INSERT ON TABLE public.tenants TO vivavoce_app;

REVOKE ALL ON FUNCTION public.all_tenants() FROM PUBLIC;
GRANT ALL ON FUNCTION public.all_tenants() TO vivavoce_app;

REVOKE ALL ON FUNCTION public.bind_to_tenant(VARIADIC names regclass[]) FROM PUBLIC;

GRANT SELECT,INSERT ON TABLE public.api_keys TO vivavoce_app;

GRANT UPDATE(revoked_at) ON TABLE public.api_keys TO vivavoce_app;

GRANT UPDATE(last_used_at) ON TABLE public.api_keys TO vivavoce_app;

REVOKE ALL ON FUNCTION public.enter_by_key(shown text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.enter_by_key(shown text) TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.candidate_sessions TO vivavoce_app;

GRANT UPDATE(expires_at) ON TABLE public.candidate_sessions TO vivavoce_app;

GRANT UPDATE(withdrawn_at) ON TABLE public.candidate_sessions TO vivavoce_app;

REVOKE ALL ON FUNCTION public.enter_by_session(shown bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.enter_by_session(shown bytea) TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.interviews TO vivavoce_app;

GRANT UPDATE(state) ON TABLE public.interviews TO vivavoce_app;

GRANT UPDATE(starts_at) ON TABLE public.interviews TO vivavoce_app;

GRANT UPDATE(expires_at) ON TABLE public.interviews TO vivavoce_app;

GRANT UPDATE(clock_zero) ON TABLE public.interviews TO vivavoce_app;

GRANT UPDATE(ended_at) ON TABLE public.interviews TO vivavoce_app;

GRANT UPDATE(last_seq) ON TABLE public.interviews TO vivavoce_app;

GRANT UPDATE(head) ON TABLE public.interviews TO vivavoce_app;

GRANT UPDATE(floor) ON TABLE public.interviews TO vivavoce_app;

GRANT UPDATE(covered) ON TABLE public.interviews TO vivavoce_app;

GRANT UPDATE(person_wanted_at) ON TABLE public.interviews TO vivavoce_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.leases TO vivavoce_app;

REVOKE ALL ON FUNCTION public.interviews_alive(since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.interviews_alive(since timestamp with time zone) TO vivavoce_app;

REVOKE ALL ON FUNCTION public.interviews_overdue(at timestamp with time zone, quiet_since timestamp with time zone, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.interviews_overdue(at timestamp with time zone, quiet_since timestamp with time zone, most integer) TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.tenant_settings TO vivavoce_app;

GRANT UPDATE(allowed_origins) ON TABLE public.tenant_settings TO vivavoce_app;

GRANT UPDATE(sends_mail) ON TABLE public.tenant_settings TO vivavoce_app;

GRANT UPDATE(reply_to) ON TABLE public.tenant_settings TO vivavoce_app;

GRANT UPDATE(time_zone) ON TABLE public.tenant_settings TO vivavoce_app;

GRANT UPDATE(revision) ON TABLE public.tenant_settings TO vivavoce_app;

GRANT UPDATE(changed_at) ON TABLE public.tenant_settings TO vivavoce_app;

GRANT UPDATE(blind_roles) ON TABLE public.tenant_settings TO vivavoce_app;

GRANT UPDATE(shares_results) ON TABLE public.tenant_settings TO vivavoce_app;

GRANT UPDATE(observers_may_hide) ON TABLE public.tenant_settings TO vivavoce_app;

GRANT UPDATE(floor_returns_after_s) ON TABLE public.tenant_settings TO vivavoce_app;

GRANT UPDATE(interviewer_awaited_s) ON TABLE public.tenant_settings TO vivavoce_app;

REVOKE ALL ON FUNCTION public.is_allowed_origin(origin text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.is_allowed_origin(origin text) TO vivavoce_app;

REVOKE ALL ON FUNCTION public.running_interviews() FROM PUBLIC;
GRANT ALL ON FUNCTION public.running_interviews() TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.members TO vivavoce_app;

GRANT UPDATE(role) ON TABLE public.members TO vivavoce_app;

GRANT UPDATE(removed_at) ON TABLE public.members TO vivavoce_app;

GRANT UPDATE(password_hash) ON TABLE public.members TO vivavoce_app;

GRANT UPDATE(on_call) ON TABLE public.members TO vivavoce_app;

REVOKE ALL ON FUNCTION public.tenant_of_email(email text, among uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tenant_of_email(email text, among uuid) TO vivavoce_app;

REVOKE ALL ON FUNCTION public.tenant_of_interview(interview uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tenant_of_interview(interview uuid) TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.invitations TO vivavoce_app;

GRANT UPDATE(expires_at) ON TABLE public.invitations TO vivavoce_app;

GRANT UPDATE(redeemed_at) ON TABLE public.invitations TO vivavoce_app;

GRANT UPDATE(withdrawn_at) ON TABLE public.invitations TO vivavoce_app;

REVOKE ALL ON FUNCTION public.tenant_of_invitation(digest bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tenant_of_invitation(digest bytea) TO vivavoce_app;

REVOKE ALL ON FUNCTION public.tenant_of_key(kid text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tenant_of_key(kid text) TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.member_sessions TO vivavoce_app;

GRANT UPDATE(expires_at) ON TABLE public.member_sessions TO vivavoce_app;

GRANT UPDATE(last_used_at) ON TABLE public.member_sessions TO vivavoce_app;

REVOKE ALL ON FUNCTION public.tenant_of_member_session(digest bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tenant_of_member_session(digest bytea) TO vivavoce_app;

REVOKE ALL ON FUNCTION public.tenant_of_session(digest bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tenant_of_session(digest bytea) TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.setup_links TO vivavoce_app;

GRANT UPDATE(expires_at) ON TABLE public.setup_links TO vivavoce_app;

GRANT UPDATE(used_at) ON TABLE public.setup_links TO vivavoce_app;

REVOKE ALL ON FUNCTION public.tenant_of_setup_link(digest bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tenant_of_setup_link(digest bytea) TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.accommodations TO vivavoce_app;

GRANT UPDATE(version) ON TABLE public.accommodations TO vivavoce_app;

GRANT UPDATE(sealed_needs) ON TABLE public.accommodations TO vivavoce_app;

GRANT UPDATE(changed_at) ON TABLE public.accommodations TO vivavoce_app;

GRANT UPDATE(waits) ON TABLE public.accommodations TO vivavoce_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.answers TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.audit_ends TO vivavoce_app;

GRANT UPDATE(seq) ON TABLE public.audit_ends TO vivavoce_app;

GRANT UPDATE(head) ON TABLE public.audit_ends TO vivavoce_app;

GRANT UPDATE(mark) ON TABLE public.audit_ends TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.audit_entries TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.candidate_feedback TO vivavoce_app;

GRANT UPDATE(sealed_thought) ON TABLE public.candidate_feedback TO vivavoce_app;

GRANT UPDATE(given_at) ON TABLE public.candidate_feedback TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.candidate_requests TO vivavoce_app;

GRANT UPDATE(outcome) ON TABLE public.candidate_requests TO vivavoce_app;

GRANT UPDATE(sealed_answer) ON TABLE public.candidate_requests TO vivavoce_app;

GRANT UPDATE(settled_at) ON TABLE public.candidate_requests TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.candidates TO vivavoce_app;

GRANT UPDATE(sealed_name) ON TABLE public.candidates TO vivavoce_app;

GRANT UPDATE(sealed_email) ON TABLE public.candidates TO vivavoce_app;

GRANT UPDATE(language) ON TABLE public.candidates TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.consents TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.data_keys TO vivavoce_app;

GRANT UPDATE(wrapped) ON TABLE public.data_keys TO vivavoce_app;

GRANT UPDATE(destroyed_at) ON TABLE public.data_keys TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.evidence TO vivavoce_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.identity_providers TO vivavoce_app;

GRANT UPDATE(issuer) ON TABLE public.identity_providers TO vivavoce_app;

GRANT UPDATE(client_id) ON TABLE public.identity_providers TO vivavoce_app;

GRANT UPDATE(sealed_client_secret) ON TABLE public.identity_providers TO vivavoce_app;

GRANT UPDATE(changed_at) ON TABLE public.identity_providers TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.informed TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.interview_events TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.jobs TO vivavoce_app;

GRANT UPDATE(title) ON TABLE public.jobs TO vivavoce_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.kits TO vivavoce_app;

GRANT UPDATE(job_id) ON TABLE public.kits TO vivavoce_app;

GRANT UPDATE(kit) ON TABLE public.kits TO vivavoce_app;

GRANT UPDATE(version) ON TABLE public.kits TO vivavoce_app;

GRANT UPDATE(published_at) ON TABLE public.kits TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.mails TO vivavoce_app;

GRANT UPDATE(useless_after) ON TABLE public.mails TO vivavoce_app;

GRANT UPDATE(next_at) ON TABLE public.mails TO vivavoce_app;

GRANT UPDATE(calendar) ON TABLE public.mails TO vivavoce_app;

GRANT UPDATE(sequence) ON TABLE public.mails TO vivavoce_app;

GRANT UPDATE(entry_at) ON TABLE public.mails TO vivavoce_app;

GRANT UPDATE(state) ON TABLE public.mails TO vivavoce_app;

GRANT UPDATE(attempts) ON TABLE public.mails TO vivavoce_app;

GRANT UPDATE(trouble) ON TABLE public.mails TO vivavoce_app;

GRANT UPDATE(ended_at) ON TABLE public.mails TO vivavoce_app;

GRANT UPDATE(invitation_id) ON TABLE public.mails TO vivavoce_app;

GRANT UPDATE(sealed_link) ON TABLE public.mails TO vivavoce_app;

GRANT UPDATE(may_be_out) ON TABLE public.mails TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.model_replies TO vivavoce_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.notes TO vivavoce_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pgqueuer TO vivavoce_app;

GRANT USAGE ON SEQUENCE public.pgqueuer_id_seq TO vivavoce_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pgqueuer_log TO vivavoce_app;

GRANT USAGE ON SEQUENCE public.pgqueuer_log_id_seq TO vivavoce_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pgqueuer_schedules TO vivavoce_app;

GRANT USAGE ON SEQUENCE public.pgqueuer_schedules_id_seq TO vivavoce_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pgqueuer_statistics TO vivavoce_app;

GRANT USAGE ON SEQUENCE public.pgqueuer_statistics_id_seq TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.providers TO vivavoce_app;

GRANT UPDATE(sealed_chains) ON TABLE public.providers TO vivavoce_app;

GRANT UPDATE(revision) ON TABLE public.providers TO vivavoce_app;

GRANT UPDATE(changed_at) ON TABLE public.providers TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.rater_trials TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.ratings TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.recordings TO vivavoce_app;

GRANT SELECT ON TABLE public.schema_migrations TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.scorecards TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.seat_proofs TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.seats TO vivavoce_app;

GRANT UPDATE(role) ON TABLE public.seats TO vivavoce_app;

GRANT UPDATE(hidden) ON TABLE public.seats TO vivavoce_app;

GRANT UPDATE(taken_at) ON TABLE public.seats TO vivavoce_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.signin_attempts TO vivavoce_app;

GRANT UPDATE(count) ON TABLE public.signin_attempts TO vivavoce_app;

GRANT UPDATE(last_at) ON TABLE public.signin_attempts TO vivavoce_app;

GRANT SELECT,INSERT ON TABLE public.turns TO vivavoce_app;

GRANT UPDATE(version) ON TABLE public.turns TO vivavoce_app;

GRANT UPDATE(speaker) ON TABLE public.turns TO vivavoce_app;

GRANT UPDATE(identity) ON TABLE public.turns TO vivavoce_app;

GRANT UPDATE(question) ON TABLE public.turns TO vivavoce_app;

GRANT UPDATE(line) ON TABLE public.turns TO vivavoce_app;

GRANT UPDATE(sealed_speech) ON TABLE public.turns TO vivavoce_app;

GRANT UPDATE(started_ms) ON TABLE public.turns TO vivavoce_app;

GRANT UPDATE(ended_ms) ON TABLE public.turns TO vivavoce_app;

GRANT UPDATE(confidence) ON TABLE public.turns TO vivavoce_app;

GRANT UPDATE(cut_off) ON TABLE public.turns TO vivavoce_app;

GRANT UPDATE(withdrawn) ON TABLE public.turns TO vivavoce_app;

GRANT UPDATE(complete) ON TABLE public.turns TO vivavoce_app;

GRANT UPDATE(typed) ON TABLE public.turns TO vivavoce_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.webhook_attempts TO vivavoce_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.webhook_deliveries TO vivavoce_app;

GRANT UPDATE(status) ON TABLE public.webhook_deliveries TO vivavoce_app;

GRANT UPDATE(next_at) ON TABLE public.webhook_deliveries TO vivavoce_app;

GRANT UPDATE(attempts) ON TABLE public.webhook_deliveries TO vivavoce_app;

GRANT UPDATE(tries) ON TABLE public.webhook_deliveries TO vivavoce_app;

GRANT UPDATE(ended_at) ON TABLE public.webhook_deliveries TO vivavoce_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhooks TO vivavoce_app;
